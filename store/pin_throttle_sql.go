package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// pinDoor is where the PIN of a user is typed: five wrong ones are a pause of a
// minute, which doubles to an hour.
func pinDoor(userID int64, address string) Door {
	door := NewDoor(fmt.Sprintf("\x00pin %d", userID), address)
	door.pace = pace{free: 5, first: time.Minute, longest: time.Hour}
	return door
}

// crowdDoor is where all devices together count on which the user has never
// signed in: with 50 wrong PINs they have an hour's pause, and another after each
// that follows.
func crowdDoor(userID int64) Door {
	door := NewDoor("\x00pin crowd", fmt.Sprintf("user %d", userID))
	door.pace = pace{free: 50, first: time.Hour, longest: time.Hour}
	return door
}

// PINDoor is where the PIN of a user is typed in this browser, by the SHA-256 of
// the token in its own cookie. A browser that is a device of the user counts for
// itself, so that nobody else’s guesses are in its way. All others count by their
// address and, besides, together.
func (s *Store) PINDoor(ctx context.Context, userID int64, browser []byte, address string) (Door, error) {
	var device int64
	err := s.reader.QueryRowContext(ctx, `SELECT id FROM devices WHERE user_id = ? AND browser_hash = ?`, userID, browser).Scan(&device)
	if errors.Is(err, sql.ErrNoRows) {
		door := pinDoor(userID, address)
		door.crowd = userID
		return door, nil
	}
	if err != nil {
		return Door{}, fmt.Errorf("look up device of user %d: %w", userID, err)
	}
	return pinDoor(userID, fmt.Sprintf("device %d", device)), nil
}

// TriesLeft is how many failures the door bears before it shuts, and how long it
// stays shut, if it does.
func (s *Store) TriesLeft(ctx context.Context, door Door) (left int, wait time.Duration, err error) {
	for i, d := range door.counts() {
		failures, shut, err := failuresAt(ctx, s.reader, d, s.now())
		if err != nil {
			return 0, 0, err
		}
		bears := max(d.pace.free-failures, 0)
		if i == 0 || bears < left {
			left = bears
		}
		wait = max(wait, shut)
	}
	return left, wait, nil
}
