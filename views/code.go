package views

import (
	"net/url"
	"time"

	"usher/store"
	"usher/views/ui"
)

// CodePage asks for the second step of a sign-in.
type CodePage struct {
	ServerName string
	User       store.User    // whose password was right
	Next       string        // where to go afterwards
	Problem    string        // what was wrong with the code
	Wait       time.Duration // how long to wait after too many tries
	Sealed     bool          // codes cannot be checked any more, since the server's key is another
	Saved      bool          // a new password was saved just before
	Recovery   bool          // a recovery code is to be typed
	Refusal    string        // why a passkey does not do
	Passkeys   bool          // browsers know passkeys here
	Address    string        // of the server, where they do; "" for nowhere
}

func (p CodePage) problem() string {
	if p.Wait == 0 {
		return p.Problem
	}
	return "There were too many tries. Try again in " + ui.Wait(p.Wait) + "."
}

// recovers says whether the field is for a recovery code, since one was asked
// for, or there is no authenticator.
func (p CodePage) recovers() bool { return p.Recovery || !p.User.Codes }

func (p CodePage) field() ui.FieldProps {
	field := ui.FieldProps{
		Name: "code", Label: "Code from your authenticator", Help: "Six digits, which change every 30 seconds.", Error: p.problem(),
		Autocomplete: "one-time-code", InputMode: "numeric", Required: true, Autofocus: true,
	}
	if p.recovers() {
		field.Label, field.Help = "Recovery code", "Ten letters and digits, in two groups. Each works once."
		field.Autocomplete, field.InputMode = "off", ""
	}
	return field
}

// usesPasskey says whether a passkey finishes the sign-in, too. Who has nothing
// else but recovery codes is offered it first.
func (p CodePage) usesPasskey() bool { return p.User.Passkeys && p.Passkeys }

// passkey finishes the sign-in with a passkey.
func (p CodePage) passkey() PasskeyForm {
	return PasskeyForm{Begin: AskPasskeyPath, Action: "/sign-in/code", Label: "Use a passkey", Kind: "wide", Carried: toNext(p.Next)}
}

// other is where the other kind of code is asked for.
func (p CodePage) other() string {
	query := url.Values{}
	if p.Next != "/" {
		query.Set("next", p.Next)
	}
	if !p.recovers() {
		query.Set("recovery", "1")
	}
	if len(query) == 0 {
		return "/sign-in/code"
	}
	return "/sign-in/code?" + query.Encode()
}

// lost says what to do for somebody who has nothing at hand that is asked for.
func (p CodePage) lost() string {
	switch {
	case p.User.Role == store.RoleOwner:
		return "On the server itself, “usher password NAME --remove-second-factor” takes the second factor away."
	case p.User.Kind == store.KindGuest:
		return "Ask whoever invited you for a new invitation."
	}
	return "Ask an administrator of this server: the second factor can be taken away, and you set it up anew."
}
