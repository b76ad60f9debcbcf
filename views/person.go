package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// PersonTab is one of the pages about a user.
type PersonTab string

// The tabs.
const (
	TabProfile      PersonTab = "Profile"
	TabAccess       PersonTab = "Access"
	TabRestrictions PersonTab = "Restrictions"
	TabSignIn       PersonTab = "Password and sign-in"
	TabDevices      PersonTab = "Devices"
	TabActivity     PersonTab = "Activity"
)

// Person is the head of the pages about one user.
type Person struct {
	User      store.User
	Libraries []store.Library // all that there are
	Channels  []store.Channel
	Devices   int // how many the user has
	Now       time.Time
	Tab       PersonTab
	Actor     store.Actor // who looks: what they may not do is not offered
}

// list is the list that the user is on, and what it is called.
func (p Person) list() (href, label string) {
	list := p.User.Kind.List()
	if list == store.ListGuests {
		return ListPath(list), "Guests"
	}
	return ListPath(list), "Users"
}

// Face is how a user is shown.
func Face(u store.User) ui.Face { return ui.Face{ID: u.ID, Name: u.Name, Picture: u.Picture} }

// address is that of a page about the user: "" is the profile, "/access" and
// the like stand under it.
func (p Person) address(under string) string {
	return UserAddress(p.User.ID) + under
}

// UserAddress is where administrators look after the user with this id; the
// tabs stand under it.
func UserAddress(id int64) string { return "/admin/users/" + strconv.FormatInt(id, 10) }

func (p Person) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, tab := range []struct {
		label PersonTab
		under string
	}{{TabProfile, ""}, {TabAccess, "/access"}, {TabRestrictions, "/restrictions"}, {TabSignIn, "/sign-in"}, {TabDevices, "/devices"}, {TabActivity, "/activity"}} {
		count := 0
		if tab.label == TabDevices {
			count = p.Devices
		}
		tabs = append(tabs, ui.Tab{Label: string(tab.label), Href: p.address(tab.under), Count: count, Current: tab.label == p.Tab})
	}
	return tabs
}

// personBadge is something worth knowing at a glance.
type personBadge struct{ kind, text string }

func (p Person) badges() []personBadge {
	var badges []personBadge
	add := func(is bool, kind, text string) {
		if is {
			badges = append(badges, personBadge{kind, text})
		}
	}
	u := p.User
	add(u.Role != store.RoleUser, "accent", u.Role.Label())
	add(u.Kind == store.KindGuest, "", "Guest")
	add(u.Kind == store.KindGuestAccount, "", "Guest account")
	add(!u.Access.AllLibraries, "", share(len(u.Access.LibrariesOf(p.Libraries)), len(p.Libraries), "library", "libraries"))
	add(!u.Access.AllChannels && !u.Restrictions.NoChannels, "", share(len(u.Access.ChannelsOf(p.Channels)), len(p.Channels), "channel", "channels"))
	for _, words := range u.Restrictions.Words() {
		add(true, "", ui.Capital(words))
	}
	add(u.HomeOnly() && u.Kind == store.KindLocal, "warn", "No password: home only")
	add(u.Kind == store.KindGuestAccount, "", "Home only")
	add(u.Disabled, "bad", "Disabled")
	add(u.Expired(p.Now), "bad", "Ended "+day(u.LastDay()))
	add(!u.EndsAt.IsZero() && !u.Expired(p.Now), "warn", "Until "+day(u.LastDay()))
	return badges
}

// share says how many of all there are: "3 of 5 libraries", "No channels".
func share(some, all int, one, many string) string {
	if some == 0 {
		return "No " + many
	}
	thing := many
	if all == 1 {
		thing = one
	}
	return ui.Number(some) + " of " + ui.Number(all) + " " + thing
}

// day is a date as it is written on the screen.
func day(t time.Time) string { return t.Format("2 January 2006") }
