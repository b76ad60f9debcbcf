package views

import "usher/views/ui"

// The ways in which a new user signs in for the first time.
const (
	FirstByLink     = "link"
	FirstByPassword = "password"
	FirstByName     = "none"
)

// NewUserPage is the form for a new user, with what was typed.
type NewUserPage struct {
	Layout      ui.Layout
	Name        string
	Email       string
	Choice      AccessChoice
	FirstSignIn string
	Password    string
	Problems    Problems
}

// firstChoice is one of the ways to sign in for the first time.
func (p NewUserPage) firstChoice(value, label, help string) ui.CheckProps {
	choice := ui.CheckProps{Name: "first_sign_in", Value: value, Label: label, Help: help, Radio: true, Checked: p.FirstSignIn == value}
	if value == FirstByPassword {
		choice.Shows = "password-now"
	}
	return choice
}
