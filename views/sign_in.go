package views

// SignInPage asks for a name and a password.
type SignInPage struct {
	Doorway
	Name string // as typed
}

func (p SignInPage) title() string {
	if p.switches() {
		return "Switch user"
	}
	return "Sign in"
}

func (p SignInPage) passwordHelp() string {
	if p.AtHome {
		return "Leave it empty if you have none: at home, your name is enough."
	}
	return ""
}
