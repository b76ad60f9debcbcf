package views

import (
	"time"

	"usher/views/ui"
)

// SignInPage is the sign-in page.
type SignInPage struct {
	ServerName string
	Name       string        // as typed
	Next       string        // where to go afterwards
	Problem    string        // why it did not work, "" at first
	Wait       time.Duration // how long to wait after too many failures
	AtHome     bool
	Away       bool // the browser was signed in without a password and is away now
	SignedOut  bool
	Recovers   bool   // a link to choose a new password can be asked for
	Register   bool   // strangers may register
	Farewell   string // the provider at which whoever has just signed out is still signed in; "" for none
	Providers  []ProviderChoice
	Strengthen bool // an administrator is asked for the password before the admin area
}

func (p SignInPage) title() string {
	if p.Strengthen {
		return "Type your password"
	}
	return "Sign in"
}

// problem is what the page says at its head when it comes back.
func (p SignInPage) problem() string {
	if p.Wait == 0 {
		return p.Problem
	}
	return "There were too many tries. Try again in " + ui.Wait(p.Wait) + "."
}

func (p SignInPage) passwordHelp() string {
	if p.AtHome && !p.Strengthen {
		return "Leave it empty if you have none: at home, your name is enough."
	}
	return ""
}
