package views

import (
	"net/url"
	"time"

	"usher/store"
	"usher/views/ui"
)

// AccountConnectPage shows somebody the accounts elsewhere with which they sign
// in, and lets them link others.
type AccountConnectPage struct {
	Layout    ui.Layout
	User      store.User
	Links     []store.Link
	Providers []store.Provider // all that there are
	Now       time.Time
	Password  string // as typed
	Problems  Problems
}

// free are the providers at which the user has no account linked yet.
func (p AccountConnectPage) free() []store.Provider {
	var free []store.Provider
	for _, provider := range p.Providers {
		linked := false
		for _, link := range p.Links {
			linked = linked || link.Issuer == provider.Issuer
		}
		if !linked {
			free = append(free, provider)
		}
	}
	return free
}

// linkSince says what the account is called there, and since when it counts.
func linkSince(l store.Link, now time.Time) string {
	since := "Linked " + inSentence(ui.When(l.LinkedAt, now)) + "."
	if l.Account != "" {
		since = l.Account + ". " + since
	}
	if l.Provider == "" {
		since += " This provider is not set up here any more, so it signs nobody in."
	}
	return since
}

// unlinkOwn is the way to unlink an account of one's own.
func unlinkOwn(l store.Link) ui.LinkProps {
	return ui.LinkProps{Label: "Unlink…", Href: unlinkAddress("/account/connect", l), Dialog: true}
}

// unlinkAddress is where unlinking is asked about, under the page about a user.
func unlinkAddress(under string, l store.Link) string {
	return under + "/unlink?" + url.Values{"issuer": {l.Issuer}}.Encode()
}

// UnlinkPage asks before an account elsewhere signs a user in no more.
type UnlinkPage struct {
	Layout   ui.Layout
	Own      bool
	User     store.User
	Link     store.Link
	Links    int    // how many the user has now
	Password string // as typed
	Problems Problems
}

// ends says that the user is a guest who ends with the link.
func (p UnlinkPage) ends() bool { return p.User.EndsUnlinked(p.Links) }

func (p UnlinkPage) confirm() ui.ConfirmProps {
	props := ui.ConfirmProps{
		Title: "Unlink " + p.Link.Where() + "?", Action: "/account/connect/unlink", Cancel: "/account/connect",
		Button: "Unlink", Danger: true, Hidden: []ui.Hidden{{Name: "issuer", Value: p.Link.Issuer}},
	}
	switch {
	case !p.Own:
		props.Title = "Unlink " + p.User.Name + " from " + p.Link.Where() + "?"
		props.Action, props.Cancel = UserAddress(p.User.ID)+"/unlink", UserAddress(p.User.ID)+"/sign-in"
	case p.ends():
		props.Title, props.Button = "Stop being a guest here?", "Unlink and leave"
	}
	return props
}

// means says what goes with the link.
func (p UnlinkPage) means() []string {
	switch {
	case p.ends():
		return []string{
			"Your account at " + p.Link.Where() + " is your only way in, so you are no guest of " + p.Layout.ServerName + " any more.",
			"What you may watch here, and everything else that is yours on this server, is deleted.",
			"Only a new invitation brings you back. Your account at " + p.Link.Where() + " stays as it is.",
		}
	case p.Own:
		return []string{"You do not sign in with your account at " + p.Link.Where() + " any more, and other devices that did so are signed out.", p.afterwards()}
	}
	return []string{p.User.Name + " does not sign in with the account at " + p.Link.Where() + " any more, and is signed out where that was used.", p.afterwards()}
}

// afterwards says how the user signs in without the link.
func (p UnlinkPage) afterwards() string {
	switch {
	case p.User.HasPassword && p.Own:
		return "You sign in with the password, as before."
	case p.User.HasPassword:
		return p.User.Name + " signs in with the password, as before."
	case p.Links > 1 && p.Own:
		return "You sign in with another account that is linked."
	case p.Links > 1:
		return p.User.Name + " signs in with another account that is linked."
	case p.Own:
		return "You have no password and no other account that is linked. Then you can sign in at home only, " + atHomeBy(p.User) + "."
	}
	return p.User.Name + " has no password and no other account that is linked. Then " + p.User.Name + " can sign in at home only, " + atHomeBy(p.User) + "."
}

// atHomeBy says with what somebody without a password comes in at home.
func atHomeBy(u store.User) string {
	if u.AtHomeByPIN() {
		return "with the PIN"
	}
	return "by the name alone"
}
