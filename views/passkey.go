package views

import "usher/views/ui"

// PasskeyForm is a form that has the browser make or show a passkey, and sends it
// along. Where no script may run, or the browser knows no passkeys, it does not
// show.
type PasskeyForm struct {
	Begin  string // where the script asks what to ask the browser
	Action string // where the passkey is sent
	Label  string
	Kind   string // of the button

	Prefix  string      // of the field with the passkey
	Carried []ui.Hidden // what else is sent
}

// passkey signs in whoever shows a passkey, and leads on.
func (d Doorway) passkey() PasskeyForm {
	return PasskeyForm{Begin: AskPasskeyPath, Action: "/sign-in/passkey", Label: "Sign in with a passkey", Kind: "wide", Carried: toNext(d.Next)}
}

// AskPasskeyPath is where the script asks how to have a passkey shown.
const AskPasskeyPath = "/sign-in/passkey/begin"

// toNext carries where to go afterwards.
func toNext(next string) []ui.Hidden { return []ui.Hidden{{Name: "next", Value: next}} }
