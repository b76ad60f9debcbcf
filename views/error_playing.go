package views

import (
	"strings"

	"usher/playing"
	"usher/views/ui"
)

// PlainError is an error for a script that asks for JSON.
type PlainError struct {
	Message string      `json:"message"`           // a sentence or two for the viewer
	Stopped *string     `json:"stopped,omitempty"` // what the administrator says who has stopped it, which may be ""
	Playing []PlainPlay `json:"playing,omitempty"` // what stands in the way of another play
}

// PlainPlay is what plays somewhere, for its own viewer.
type PlainPlay struct {
	Name   string `json:"name"`
	Device string `json:"device"`
}

// Plain is the error for a script.
func (p ErrorPage) Plain() PlainError {
	plain := PlainError{Message: p.sentence()}
	if p.Stopped != nil {
		plain.Stopped = &p.Stopped.Word
	}
	if p.Many != nil {
		for _, play := range p.Many.Plays {
			plain.Playing = append(plain.Playing, PlainPlay{play.Name, play.DeviceName})
		}
	}
	return plain
}

// tooMany says what plays where, and how to make room.
func tooMany(many *playing.TooMany) string {
	plays := make([]string, len(many.Plays))
	for i, play := range many.Plays {
		plays[i] = "“" + play.Name + "” plays on " + play.DeviceName
	}
	return strings.Join(plays, ", and ") + ". Your account may play " + ui.CountOf(many.Limit, "thing", "things") +
		" at once. Leave what you do not need there: half a minute later there is room here."
}

// stoppedWord is what an administrator says to whose play they have stopped.
func stoppedWord(stopped *playing.Stopped) string {
	if stopped.Word == "" {
		return "It can be played again in a minute. Ask an administrator if you wonder why."
	}
	return "It can be played again in a minute. They say: “" + stopped.Word + "”"
}
