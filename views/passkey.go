package views

// PasskeyForm is a form that has the browser make or show a passkey, and sends it
// along. Where no script may run, or the browser knows no passkeys, it does not
// show.
type PasskeyForm struct {
	Begin  string // where the script asks what to ask the browser
	Action string // where the passkey is sent
	Label  string
	Kind   string // of the button
	Next   string // where to go afterwards; "" to leave that open
}

// passkey signs in whoever shows a passkey, and leads on.
func (d Doorway) passkey() PasskeyForm {
	return PasskeyForm{Begin: AskPasskeyPath, Action: "/sign-in/passkey", Label: "Sign in with a passkey", Kind: "wide", Next: d.Next}
}

// AskPasskeyPath is where the script asks how to have a passkey shown.
const AskPasskeyPath = "/sign-in/passkey/begin"
