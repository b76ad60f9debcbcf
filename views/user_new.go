package views

import "usher/views/ui"

// The ways in which a new user signs in for the first time.
const (
	FirstByMail     = "mail"
	FirstByLink     = "link"
	FirstByPassword = "password"
	FirstByName     = "none"
)

// NewUserPage is the form for a new user, with what was typed.
type NewUserPage struct {
	Layout       ui.Layout
	Name         string
	Email        string
	Choice       AccessChoice
	Restrictions RestrictionFields
	Ends         string
	SendsMail    bool
	FirstSignIn  string
	Password     string
	Problems     Problems
}

// linkHelp says what becomes of a link that is copied.
func (p NewUserPage) linkHelp() string {
	help := "Works once, for 24 hours. You see it on the next page."
	if !p.SendsMail {
		help += " Usher can e-mail it for you once e-mail is set up in Settings."
	}
	return help
}

// firstChoice is one of the ways to sign in for the first time.
func (p NewUserPage) firstChoice(value, label, help string) ui.CheckProps {
	choice := ui.CheckProps{Name: "first_sign_in", Value: value, Label: label, Help: help, Radio: true, Checked: p.FirstSignIn == value}
	if value == FirstByPassword {
		choice.Shows = "password-now"
	}
	return choice
}
