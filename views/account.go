package views

import (
	"cmp"
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
	Links     []store.Link // accounts elsewhere
	Offered   bool         // there is a provider to link an account at
	SendsMail bool         // the server can
	Actor     store.Actor  // the user, as somebody who changes something
	Now       time.Time

	TimeZone   string // as typed
	ServerZone string
	Problems   Problems
}

func (p AccountPage) role() string {
	switch p.User.Role {
	case store.RoleOwner:
		return "Owner of this server"
	case store.RoleAdministrator:
		return "Administrator"
	case store.RoleUser:
	}
	switch p.User.Kind {
	case store.KindGuest:
		return "Guest"
	case store.KindGuestAccount:
		return "Guest account, for everyone who visits"
	case store.KindLocal, store.KindInvited, store.KindWaiting:
	}
	return "User"
}

// mayEdit says whether what stands under About you is the user's own to change.
func (p AccountPage) mayEdit() bool { return p.Actor.MayEditSelf(p.User) }

// aboutHelp says who else can change what stands under About you, or who can.
func (p AccountPage) aboutHelp() string {
	switch {
	case p.User.Kind == store.KindGuest:
		return "Only you can change your name and your e-mail address."
	case p.User.Kind == store.KindGuestAccount:
		return "An administrator can change its name and its picture."
	case p.mayEdit():
		return ""
	}
	return "An administrator can change your name, your e-mail address and your picture."
}

func (p AccountPage) mayChangeTimeZone() bool { return p.Actor.MayChangeTimeZone(p.User) }

// zone is the time zone that counts.
func (p AccountPage) zone() string {
	return cmp.Or(p.User.Restrictions.TimeZone, p.ServerZone)
}

func (p AccountPage) zoneHelp() string {
	return "Times are shown to you in it: it is " + p.Now.Format("15:04") + " now. Left empty, it is the server’s: " + p.ServerZone + "."
}

// here says since when and how this browser is signed in.
func (p AccountPage) here() string {
	since := ui.When(p.Session.CreatedAt, p.Now)
	switch p.Session.Strength {
	case store.StrengthHome:
		return since + ", at home and without a password"
	case store.StrengthPIN:
		return since + ", at home and with your PIN"
	case store.StrengthConnect:
		return since + ", through Connect"
	case store.StrengthPasskey:
		return since + ", with a passkey"
	case store.StrengthPassword:
	}
	return since + ", with your password"
}

// mailHelp says where e-mail to an administrator goes, or why it does not.
func (p AccountPage) mailHelp() string {
	switch {
	case !p.SendsMail:
		return "Nothing is sent as long as e-mail is not set up in Settings."
	case p.User.Email == "":
		return "You have no e-mail address yet: add one to your profile."
	}
	return "To " + p.User.Email + "."
}

func (p AccountPage) libraries() string { return openedLibraries(p.User.Access, p.Libraries) }

func (p AccountPage) channels() string { return openedChannels(p.User.Watches(), p.Channels) }

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
