package ui

import "usher/static"

// Layout says all that the shell around a page shows.
type Layout struct {
	Title       string // of the page; the server's name is added
	ServerName  string
	Section     string // the current entry of the side bar: the address of a library or channel, "home", "search", "history", "favourites", "users", "guests", "invitations", "devices", "libraries", "channels", "activity", "settings", "account"
	Me          Face
	MeRole      string // "Owner", "Administrator" or ""
	MayPassword bool   // the viewer may change their own password
	Admin       bool   // the viewer may enter the admin area
	Counts      Counts // beside the entries of the side bar
	Look        string // "light", "dark", or "" as the device has it
	Here        string // the address to come back to
	Flash       []Flash
	Libraries   []NavLink // that are open to whoever watches; none in the admin area
	Channels    []NavLink // likewise
	ViewAs      ViewAs    // as whom an administrator looks; the zero ViewAs for none
}

// NavLink is a library or a channel in the side bar.
type NavLink struct {
	Href, Icon, Label string
}

// ViewAs is the user as whom an administrator looks at the user-facing side.
type ViewAs struct {
	Name string
	User string // the address of the page about the user
	Area bool   // this page is in the admin area, where one remains oneself
}

// Counts are the numbers in the side bar, for administrators.
type Counts struct {
	Users, Guests, Invitations, Libraries, Channels int
}

// Flash is a message about what was just done. Kind "warn" is for what was done but asks for attention, "bad" for what
// could not be done.
type Flash struct {
	Kind, Text string
}

// stays says whether the message stays on the page, above its content: what must be read must not fade away.
func (f Flash) stays() bool { return f.Kind == "warn" || f.Kind == "bad" }

// The addresses of the files do not change while the program runs.
var (
	styleURL  = static.URL("app.css")
	scriptURL = static.URL("app.js")
	iconURL   = static.URL("favicon.svg")
)

// RestrictionsScript is the address of the script for the fields of
// restrictions. The script of all pages fetches what an element names in
// data-script.
var RestrictionsScript = static.URL("restrictions.js")

// JobsScript is the address of the script that keeps jobs fresh, to be named
// likewise.
var JobsScript = static.URL("jobs.js")

// PlayingScript is the address of the script that keeps what plays now fresh, to
// be named likewise.
var PlayingScript = static.URL("playing.js")

// ZonesScript is the address of the script that offers the names of time zones,
// to be named likewise.
var ZonesScript = static.URL("zones.js")

// The addresses of the scripts for what plays, its keys, pictures and passkeys, to
// be named likewise.
var (
	PlayerScript     = static.URL("player.js")
	PlayerKeysScript = static.URL("player_keys.js")
	PictureScript    = static.URL("picture.js")
	PasskeyScript    = static.URL("passkey.js")
)

// navGroup is a titled part of the side bar.
type navGroup struct {
	title string
	items []navItem
}

type navItem struct {
	section, href, icon, label string
	count                      int
	wide                       bool // only where there is room for all
}

// nav is the side bar for this viewer.
func (l Layout) nav() []navGroup {
	if !l.Admin {
		if l.ViewAs.Name != "" { // somebody else's account is nobody's business
			return []navGroup{l.watchGroup()}
		}
		return []navGroup{l.watchGroup(), {items: []navItem{{section: "account", href: "/account", icon: "profile", label: "My account"}}}}
	}
	return []navGroup{
		l.watchGroup(),
		{title: "People", items: []navItem{
			{section: "users", href: "/admin/users", icon: "users", label: "Users", count: l.Counts.Users},
			{section: "guests", href: "/admin/guests", icon: "entrance", label: "Guests", count: l.Counts.Guests},
			{section: "invitations", href: "/admin/invitations", icon: "letter", label: "Invitations", count: l.Counts.Invitations},
			{section: "devices", href: "/admin/devices", icon: "device", label: "Devices"},
		}},
		{title: "Media", items: []navItem{
			{section: "libraries", href: "/admin/libraries", icon: "film", label: "Libraries", count: l.Counts.Libraries},
			{section: "channels", href: "/admin/channels", icon: "tv", label: "Channels", count: l.Counts.Channels},
		}},
		{title: "Server", items: []navItem{
			{section: "activity", href: "/admin/activity", icon: "list", label: "Activity"},
			{section: "settings", href: "/admin/settings", icon: "gear", label: "Settings"},
		}},
	}
}

// How many libraries and channels the side bar leads to.
const (
	mostLibraries = 8
	mostChannels  = 4
)

// watchGroup leads to what there is to watch.
func (l Layout) watchGroup() navGroup {
	group := navGroup{items: []navItem{{section: "home", href: "/", icon: "home", label: "Home"}}}
	if len(l.Libraries)+len(l.Channels) > 0 {
		group.items = append(group.items, navItem{section: "search", href: "/search", icon: "find", label: "Search", wide: l.Admin})
	}
	if l.ViewAs.Name == "" { // what somebody has watched is theirs alone
		group.items = append(group.items, navItem{section: "history", href: "/history", icon: "clock", label: "History", wide: l.Admin})
	}
	group.lead(l.Libraries, mostLibraries, navItem{href: "/#libraries", icon: "list", label: "All libraries", wide: true})
	group.lead(l.Channels, mostChannels, navItem{href: "/#channels", icon: "list", label: "All channels", wide: true})
	return group
}

// lead adds links to the first of those that are open, and one to all of them
// where there are more.
func (g *navGroup) lead(links []NavLink, most int, all navItem) {
	for i, link := range links {
		if i == most {
			g.items = append(g.items, all)
			break
		}
		g.items = append(g.items, navItem{section: link.Href, href: link.Href, icon: link.Icon, label: link.Label, wide: true})
	}
}

func pageTitle(title, serverName string) string {
	if title == "" {
		return serverName
	}
	return title + " · " + serverName
}
