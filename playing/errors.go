package playing

import "fmt"

// TooMany is why a play may not begin: its user has as many as they may.
type TooMany struct {
	Limit int
	Plays []Play // the oldest first
}

func (e *TooMany) Error() string {
	return fmt.Sprintf("%d plays already, of at most %d", len(e.Plays), e.Limit)
}

// Stopped is why a play may not go on: an administrator has stopped it.
type Stopped struct {
	Word string // what they said to its viewer; "" for nothing
}

func (e *Stopped) Error() string { return "stopped by an administrator" }
