package store

import (
	"context"
	"fmt"
	"strings"
	"unicode"
)

// MaxWord is how long a word to somebody whose play is stopped may be, in
// characters.
const MaxWord = 200

// PlayStop asks to stop what a user plays on a device, with a word to them; ""
// for none.
type PlayStop struct {
	UserID int64
	Device string // its name
	Word   string
}

// StopPlay records that the actor stops what a user plays, but neither what it is
// nor the word, and has stop do it, which gets the word as it is to be shown and
// answers false where that play is over already. It answers Invalid with the
// field word, ErrForbidden, or ErrNotFound, also where the play is over.
func (s *Store) StopPlay(ctx context.Context, actor Actor, in PlayStop, stop func(word string) bool) error {
	word, message := cleanWord(in.Word)
	var bad Invalid
	bad.Add("word", message)
	if err := bad.Err(); err != nil {
		return err
	}
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, in.UserID, Actor.MayStop)
		if err != nil {
			return err
		}
		if err := t.record(ctx, actor, aboutUser(ActionPlayStopped, u.ID, u.Name, in.Device)); err != nil {
			return err
		}
		if !stop(word) {
			return fmt.Errorf("stop what user %d plays: %w", u.ID, ErrNotFound)
		}
		return nil
	})
}

// cleanWord is a word to somebody as one line of text, without what turns the
// sentence around it.
func cleanWord(word string) (clean, message string) {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, word)
	return cleanLines("word", strings.Join(strings.Fields(plain), " "), MaxWord)
}
