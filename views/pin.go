package views

import (
	"usher/store"
	"usher/views/ui"
)

// PINPage sets a PIN: one's own, or as an administrator someone else's. What was
// typed of a PIN does not come back.
type PINPage struct {
	ServerName string
	User       store.User // whose PIN it is
	Own        bool

	Current  string // the password, as typed
	Problems Problems
}

func (p PINPage) title() string {
	switch {
	case p.Own && p.User.HasPIN:
		return "Change your PIN"
	case p.Own:
		return "Set a PIN"
	case p.User.HasPIN:
		return "Change " + p.User.Name + "’s PIN"
	}
	return "Set a PIN for " + p.User.Name
}

// meaning says what a PIN is for.
func (p PINPage) meaning() string {
	instead := p.User.HasPassword && !p.User.LocalAccess
	switch {
	case p.Own && instead:
		return "When you are picked on a shared screen at home, you type it in place of your password. Away you sign in with your password."
	case p.Own:
		return "Whoever picks you on a shared screen at home is asked for it. Without one, anyone there can come in as you."
	case instead:
		return "When " + p.User.Name + " is picked on a shared screen at home, it is asked for in place of the password. Away it does not count."
	}
	return "Whoever picks " + p.User.Name + " on a shared screen at home is asked for it. Without one, anyone there can come in as " + p.User.Name + "."
}

// ends says who is signed out by a new PIN.
func (p PINPage) ends() string {
	if p.Own {
		return "Where you were picked without your password on other devices, you are signed out."
	}
	return "This signs " + p.User.Name + " out where no password was typed."
}

// asksProof says whether something is asked for before the new PIN.
func (p PINPage) asksProof() bool { return p.Own && (p.User.HasPassword || p.User.HasPIN) }

// address is where the form goes; with "/remove" under it, where the PIN is taken
// away.
func (p PINPage) address(under string) string { return pinAddress(p.User, p.Own) + under }

func pinAddress(u store.User, own bool) string {
	if own {
		return "/account/pin"
	}
	return UserAddress(u.ID) + "/pin"
}

func (p PINPage) back() string {
	if p.Own {
		return "/account"
	}
	return UserAddress(p.User.ID) + "/sign-in"
}

// removed says what it means to be without a PIN.
func (p PINPage) removed() string {
	instead := p.User.HasPassword && !p.User.LocalAccess
	switch {
	case p.Own && instead:
		return "When you are picked on a shared screen at home, you are asked for your password then."
	case p.Own:
		return "Anyone at home can come in as you then, without being asked for anything."
	case instead:
		return "Whoever picks " + p.User.Name + " on a shared screen at home is asked for the password then."
	}
	return "Anyone at home can come in as " + p.User.Name + " then, without being asked for anything."
}

// pinRemoval is the question before the PIN goes.
func pinRemoval(p PINPage) ui.ConfirmProps {
	whose := p.User.Name + "’s"
	if p.Own {
		whose = "your"
	}
	return ui.ConfirmProps{
		Title: "Remove " + whose + " PIN?", Action: p.address("/remove"), Button: "Remove PIN", Cancel: p.address(""), Danger: true,
	}
}

// PINCard is what the Password and sign-in tab says of a PIN.
type PINCard struct {
	User store.User
	Own  bool // it is the viewer's own
	Lost bool // there is one, but it cannot be checked any more
}

func (p PINCard) address(under string) string { return pinAddress(p.User, p.Own) + under }

func (p PINCard) state() string {
	if p.User.HasPIN {
		return "One is set. It is asked for when somebody picks " + p.User.Name + " on a shared screen at home."
	}
	return "Four digits, asked for when somebody picks " + p.User.Name + " on a shared screen at home. None is set."
}
