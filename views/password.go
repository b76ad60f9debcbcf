package views

import (
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// PasswordPage sets a password: one's own, or as an administrator someone
// else's. It stands alone, as whoever sets a password looks at nothing else.
type PasswordPage struct {
	ServerName string
	User       store.User // whose password it is
	Own        bool
	MayRemove  bool
	Others     int // how many other devices are signed in; for one's own

	Current, Password string // as typed
	KeepOthers        bool
	Problems          Problems
}

func (p PasswordPage) title() string {
	switch {
	case !p.Own:
		return "Set a password for " + p.User.Name
	case p.User.HasPassword:
		return "Change your password"
	default:
		return "Set a password"
	}
}

// asksCurrent says whether the current password is asked for first.
func (p PasswordPage) asksCurrent() bool { return p.Own && p.User.HasPassword }

// without says to whoever sets a first password how they have come in so far;
// "" where there is nothing to say.
func (p PasswordPage) without() string {
	if p.Own && !p.User.HasPassword && p.User.Linked {
		return "So far you sign in through Connect alone. With a password you can come in without it too."
	}
	return ""
}

// address is where the form goes; with "/remove" under it, where the password
// is taken away.
func (p PasswordPage) address(under string) string {
	if p.Own {
		return "/account/password" + under
	}
	return "/users/" + strconv.FormatInt(p.User.ID, 10) + "/password" + under
}

func (p PasswordPage) back() string {
	if p.Own {
		return "/account"
	}
	return UserAddress(p.User.ID) + "/sign-in"
}

func (p PasswordPage) others() string {
	switch p.Others {
	case 0:
		return "No other is signed in now."
	case 1:
		return "One other is signed in."
	default:
		return ui.Number(p.Others) + " others are signed in."
	}
}

// removed says what it means to be without a password.
func (p PasswordPage) removed() []string {
	if p.Own {
		return []string{
			p.away(),
			p.atHome(),
			"Your other devices are signed out.",
		}
	}
	return []string{
		p.away(),
		p.atHome(),
		p.User.Name + " is signed out everywhere now.",
	}
}

// atHome says how somebody without a password comes in at home.
func (p PasswordPage) atHome() string {
	switch pin := p.User.AtHomeByPIN(); {
	case p.Own && pin:
		return "You sign in with your PIN at home."
	case p.Own:
		return "You sign in by your name alone, and anyone at home can do so as you."
	case pin:
		return p.User.Name + " signs in with the PIN at home."
	}
	return p.User.Name + " signs in by name alone, and anyone at home can do so as " + p.User.Name + "."
}

// away says how somebody without a password comes in from away, or that they
// do not.
func (p PasswordPage) away() string {
	switch {
	case p.Own && p.User.Linked:
		return "Away from home, you can sign in through Connect only."
	case p.Own:
		return "You can sign in at home only. Away from home, you cannot come in."
	case p.User.Linked:
		return p.User.Name + " can sign in from away through Connect only."
	}
	return p.User.Name + " can sign in at home only, and not from away."
}

// PasswordRefusal says why a password stays as it is, and what can be done
// instead.
type PasswordRefusal struct {
	ServerName string
	Title      string
	Sentence   string
	Back       string // the address to go on to
}

// removal is the question before the password goes.
func removal(p PasswordPage) ui.ConfirmProps {
	whose := p.User.Name + "’s"
	if p.Own {
		whose = "your"
	}
	return ui.ConfirmProps{
		Title: "Remove " + whose + " password?", Action: p.address("/remove"), Button: "Remove password", Cancel: p.address(""), Danger: true,
	}
}
