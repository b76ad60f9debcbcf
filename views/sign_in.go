package views

// SignInPage asks for a name and a password.
type SignInPage struct {
	Doorway
	Name       string // as typed
	Strengthen bool   // an administrator is asked for the password before the admin area
}

func (p SignInPage) title() string {
	switch {
	case p.Strengthen:
		return "Type your password"
	case p.switches():
		return "Switch user"
	}
	return "Sign in"
}

func (p SignInPage) passwordHelp() string {
	if p.AtHome && !p.Strengthen {
		return "Leave it empty if you have none: at home, your name is enough."
	}
	return ""
}
