package views

import (
	"strings"

	"usher/store"
	"usher/views/ui"
)

// RegistrationSettingsPage says who may register, and what they get.
type RegistrationSettingsPage struct {
	Layout    ui.Layout
	MayChange bool   // the viewer is the owner
	Owner     string // who may
	Settings  store.Settings
	Shut      store.Shut // why nobody can register by what is saved; "" when they can
	Waiting   int        // for approval
	Problems  Problems

	// As typed.
	Registration, ADay, Domains string
	Choice                      AccessChoice
}

// way is one of the answers to who may register.
func (p RegistrationSettingsPage) way(value store.Registration, label, help string) ui.CheckProps {
	return ui.CheckProps{Name: "registration", Value: string(value), Label: label, Help: help, Radio: true, Checked: p.Registration == string(value)}
}

// chosen is the answer in words.
func (p RegistrationSettingsPage) chosen() string {
	switch p.Settings.Registration {
	case store.RegistrationApproval:
		return "Anyone, with an administrator’s approval"
	case store.RegistrationOpen:
		return "Anyone, at once"
	case store.RegistrationOff:
	}
	return "Nobody"
}

// domains are the allowed ones in a sentence.
func (p RegistrationSettingsPage) domains() string {
	if p.Settings.RegistrationDomains == "" {
		return "Any"
	}
	return strings.Join(strings.Fields(p.Settings.RegistrationDomains), ", ")
}

// gets is what those who register may watch.
func (p RegistrationSettingsPage) gets() accessWords {
	return accessWords{newMediaWords(p.Choice.Libraries, p.Choice.Channels), p.Choice.Access}
}

// missing is what keeps addresses from being verified; "" where nothing does.
func (p RegistrationSettingsPage) missing() string {
	switch {
	case !p.Settings.SendsMail():
		return "E-mail is not set up."
	case p.Settings.Address == "":
		return "The address of this server is not set, with which links in e-mails begin."
	}
	return ""
}

// mend is where the owner can set up what is missing.
func (p RegistrationSettingsPage) mend() string {
	if !p.Settings.SendsMail() {
		return "/admin/settings/mail"
	}
	return "/admin/settings"
}
