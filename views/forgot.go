package views

import (
	"time"

	"usher/views/ui"
)

// ForgotPage asks whose password was forgotten.
type ForgotPage struct {
	ServerName string
	Name       string        // as typed
	Problem    string        // what is wrong with it
	Wait       time.Duration // how long to wait after too many tries
	Asked      bool          // it has been asked for
}

func (p ForgotPage) problem() string {
	if p.Wait == 0 {
		return p.Problem
	}
	return "This was asked for very often. Try again in " + ui.Wait(p.Wait) + "."
}
