package store

import (
	"errors"
	"strings"
)

// What a store method may answer besides nil. They are wrapped: ask with
// errors.Is and errors.As.
var (
	// ErrNotFound says that there is no such record.
	ErrNotFound = errors.New("not found")
	// ErrForbidden says that the actor may not do this.
	ErrForbidden = errors.New("forbidden")
	// ErrSetUp says that the owner has been made already.
	ErrSetUp = errors.New("set up already")
	// ErrConfirm says that the actor may do this, but has to give the password
	// once more first: it is dangerous, and the last time is too long ago.
	ErrConfirm = errors.New("to be confirmed")
	// ErrBadLink says that a one-time link or code is made up, used or expired.
	ErrBadLink = errors.New("link not valid")
)

// Problem is one thing wrong with what was asked for: Field is the form's name
// for it ("" for the whole form), Message a sentence for the screen.
type Problem struct {
	Field   string
	Message string
	Holder  Holder // who stands in the way, so that the screen can lead there
}

// Holder is who has a name or an e-mail that somebody else is to get; the zero
// Holder is nobody.
type Holder struct {
	ID   int64
	Name string
	Kind Kind
}

// Invalid is an error that lists everything wrong with an input.
type Invalid struct {
	Problems []Problem
}

// Error lists the messages.
func (e *Invalid) Error() string {
	messages := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		messages[i] = p.Message
	}
	return strings.Join(messages, " ")
}

// Add notes a problem at a field; an empty message is no problem.
func (e *Invalid) Add(field, message string) {
	if message != "" {
		e.Problems = append(e.Problems, Problem{Field: field, Message: message})
	}
}

// Err is e, or nil when nothing is wrong.
func (e *Invalid) Err() error {
	if len(e.Problems) == 0 {
		return nil
	}
	return e
}

// Refuse is an Invalid with one problem that concerns the whole form.
func Refuse(message string) error {
	return &Invalid{Problems: []Problem{{Message: message}}}
}
