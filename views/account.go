package views

import (
	"time"

	"usher/store"
	"usher/views/ui"
)

// AccountPage is what somebody sees about themself.
type AccountPage struct {
	Layout    ui.Layout
	User      store.User
	Session   store.Session // the one at hand
	Libraries []store.Library
	Channels  []store.Channel
	Now       time.Time
}

func (p AccountPage) role() string {
	switch p.User.Role {
	case store.RoleOwner:
		return "Owner of this server"
	case store.RoleAdministrator:
		return "Administrator"
	case store.RoleUser:
	}
	return "User"
}

// aboutHelp says who can change what stands under About you.
func (p AccountPage) aboutHelp() string {
	if p.Layout.Admin {
		return "You can change your name, your e-mail address and your picture in the admin area."
	}
	return "An administrator can change your name, your e-mail address and your picture."
}

// here says since when and how this browser is signed in.
func (p AccountPage) here() string {
	since := ui.When(p.Session.CreatedAt, p.Now)
	if p.Session.Strength == store.StrengthHome {
		return since + ", at home and without a password"
	}
	return since + ", with your password"
}

func (p AccountPage) password() string {
	if !p.User.HasPassword {
		return "None: you sign in at home only, by your name alone."
	}
	return "Set " + inSentence(ui.When(p.User.PasswordAt, p.Now)) + "."
}

func (p AccountPage) passwordLink() string {
	switch {
	case !p.User.MayChangePassword:
		return ""
	case p.User.HasPassword:
		return "Change password"
	default:
		return "Set a password"
	}
}

func (p AccountPage) libraries() string { return openedLibraries(p.User.Access, p.Libraries) }

func (p AccountPage) channels() string { return openedChannels(p.User.Access, p.Channels) }

// openedLibraries tells in words which of all libraries an access opens.
func openedLibraries(access store.Access, all []store.Library) string {
	var names []string
	for _, l := range access.LibrariesOf(all) {
		names = append(names, l.Name)
	}
	return opened(access.AllLibraries, names, "libraries")
}

// openedChannels tells in words which of all channels an access opens.
func openedChannels(access store.Access, all []store.Channel) string {
	var names []string
	for _, c := range access.ChannelsOf(all) {
		names = append(names, c.Name)
	}
	return opened(access.AllChannels, names, "channels")
}

// opened says what an access opens: "All libraries: Films, Series".
func opened(all bool, names []string, things string) string {
	list := ui.Names(names, 0)
	switch {
	case all && list == "":
		return "All " + things + ", as soon as there are some"
	case all:
		return "All " + things + ": " + list
	case list == "":
		return "No " + things
	default:
		return list
	}
}
