package views

import (
	"strconv"
	"strings"
	"time"

	"usher/playing"
	"usher/store"
	"usher/views/ui"
)

// The lists of devices: one's own, and those of everybody.
const (
	ownDevicesPath = "/account/devices"
	devicesPath    = "/admin/devices"
)

// OwnDevicesAddress is where people look after their own devices.
func OwnDevicesAddress() string { return ownDevicesPath }

// DevicesAddress is where administrators look after the devices of everybody.
func DevicesAddress() string { return devicesPath }

// DeviceRow is a device as a list shows it.
type DeviceRow struct {
	store.Device
	User  store.User     // whose it is
	Plays []playing.Play // what plays in its session now
}

// DeviceList is a page of devices.
type DeviceList struct {
	Rows  []DeviceRow
	Query store.DeviceQuery
	Found store.DevicePage // how many there are, and on how many pages
	Path  string           // where the list is
	Own   bool             // the viewer looks at their own, and sees what plays
	Here  int64            // the device at hand
	Actor store.Actor
	Now   time.Time
}

// OwnDevicesPage is where somebody is or was signed in.
type OwnDevicesPage struct {
	Layout ui.Layout
	List   DeviceList
	Shared bool // by all visitors: the guest account
}

// DevicesPage is where everybody is or was signed in.
type DevicesPage struct {
	Layout  ui.Layout
	List    DeviceList
	Waiting int // how many devices wait for an administrator
}

// UserDevicesPage is the Devices tab of one user.
type UserDevicesPage struct {
	Layout ui.Layout
	Person Person
	List   DeviceList
}

// RenameDevicePage asks for a name of a device.
type RenameDevicePage struct {
	Layout   ui.Layout
	Device   store.Device
	Name     string // as typed
	Back     string
	Problems Problems
}

func (p RenameDevicePage) confirm() ui.ConfirmProps {
	return ui.ConfirmProps{
		Title: "What do you call this device?", Action: ownDeviceAddress(p.Device.ID, "name"), Button: "Save", Cancel: p.Back,
		Hidden: []ui.Hidden{{Name: "back", Value: p.Back}},
	}
}

func ownDeviceAddress(id int64, what string) string {
	return ownDevicesPath + "/" + strconv.FormatInt(id, 10) + "/" + what
}

// everybodys says whether the list is of all users' devices.
func (l DeviceList) everybodys() bool { return l.Query.User == 0 }

// endAddress is where the red X of a row leads.
func (l DeviceList) endAddress(r DeviceRow) string {
	if l.Own {
		return ownDeviceAddress(r.ID, "end")
	}
	return devicesPath + "/" + strconv.FormatInt(r.ID, 10) + "/end"
}

// mayEnd says whether the red X stands beside a row. Where an administrator has
// decided, its own user can only sign out.
func (l DeviceList) mayEnd(r DeviceRow) bool {
	if l.Own {
		return r.Session != 0 || !r.Decided()
	}
	return l.Actor.MayEndDevices(r.User)
}

// endLabel says what the red X does.
func (l DeviceList) endLabel(r DeviceRow) string {
	of := ""
	if !l.Own {
		of = " of " + r.User.Name
	}
	switch {
	case r.ID == l.Here:
		return "Sign out here"
	case l.Own && r.Decided():
		return "Sign out on " + r.Label()
	case r.Session != 0:
		return "Sign out and remove " + r.Label() + of
	}
	return "Remove " + r.Label() + of
}

// address is this list as the query has it, at a page.
func (l DeviceList) address(page int) string {
	return addressWith(l.Path, parameter{"q", l.Query.Search}, parameter{"filter", string(l.Query.Filter)}, parameter{"page", pageNumber(page)})
}

// Address is that of this very page, to come back to.
func (l DeviceList) Address() string { return l.address(l.Found.Page) }

func (l DeviceList) pager() ui.PagerProps {
	return ui.PagerProps{Page: l.Found.Page, Pages: l.Found.Pages, Href: l.address}
}

// narrowed says whether the list shows less than all there is.
func (l DeviceList) narrowed() bool {
	return l.Query.Search != "" || l.Query.Filter != store.DeviceAll
}

// count says how many devices there are.
func (l DeviceList) count() string {
	if l.narrowed() {
		return ui.Count(l.Found.Total, "device", "devices") + " found"
	}
	return ui.Count(l.Found.Total, "device", "devices")
}

// deviceFilter is one of the filters above a list of devices.
type deviceFilter struct {
	filter store.DeviceFilter
	label  string
	none   string // said when it leaves none
}

var deviceFilters = []deviceFilter{
	{store.DeviceAll, "All devices", "There are no devices yet: the first appears when somebody signs in."},
	{store.DeviceSignedIn, "Signed in", "Nobody is signed in on any of these."},
	{store.DeviceSignedOut, "Signed out", "Somebody is signed in on all of these."},
	{store.DeviceHome, "At home", "None of these was last seen at home."},
	{store.DeviceAway, "Away", "All of these were last seen at home."},
	{store.DevicePlaying, "Playing now", "Nothing plays on any of these now."},
	{store.DeviceWaiting, "Waiting", "No device waits for an administrator."},
	{store.DeviceChosen, "Chosen", "No device was chosen."},
	{store.DeviceRefused, "Refused", "No device was refused."},
}

// filters are what the list can be narrowed to: what administrators decide only
// they are offered.
func (l DeviceList) filters() []deviceFilter {
	if l.Own {
		return deviceFilters[:6]
	}
	return deviceFilters
}

// lookedFor says what was not found.
func (l DeviceList) lookedFor() string {
	none := ""
	for _, f := range deviceFilters {
		if f.filter == l.Query.Filter {
			none = f.none
		}
	}
	if l.Query.Search == "" {
		return none
	}
	where := "No device here has "
	if l.Query.Filter != store.DeviceAll {
		where = "None of those that were looked through has "
	}
	what := " in its name, its kind or its address."
	if l.everybodys() {
		what = " in its name, its kind, its address or the name of its user."
	}
	return where + quotedWords(l.Query.Search) + what
}

// quotedWords are the words of a search, each in quotation marks.
func quotedWords(search string) string {
	terms := strings.Fields(search)
	for i, term := range terms {
		terms[i] = "“" + term + "”"
	}
	return sequence(terms)
}

// icon is how a device is drawn.
func (r DeviceRow) icon() string {
	switch r.Form {
	case store.FormPhone, store.FormTablet, store.FormComputer:
		return string(r.Form)
	case store.FormTelevision:
		return "tv"
	case store.FormPlayer:
		return "play"
	case store.FormUnknown:
	}
	return "device"
}

// plays says what plays on the device now; only its own user reads what it is.
func (l DeviceList) plays(r DeviceRow) string {
	var said []string
	for _, play := range r.Plays {
		what := "something from " + play.Source
		if l.Own {
			what = "“" + play.Name + "”"
		}
		if play.Device.Link != 0 {
			what += " in " + play.DeviceName
		}
		said = append(said, what)
	}
	if len(said) == 0 {
		return ""
	}
	return "Plays " + sequence(said)
}

// badges are what is worth knowing of a device at a glance.
func (l DeviceList) badges(r DeviceRow) []personBadge {
	var badges []personBadge
	switch {
	case r.ID == l.Here:
		badges = append(badges, personBadge{"accent", "This device"})
	case r.Session != 0:
		badges = append(badges, personBadge{"good", "Signed in"})
	default:
		badges = append(badges, personBadge{"", "Signed out"})
	}
	switch r.Standing {
	case store.StandingWaiting:
		badges = append(badges, personBadge{"warn", "Waiting"})
	case store.StandingChosen:
		badges = append(badges, personBadge{"accent", "Chosen"})
	case store.StandingRefused:
		badges = append(badges, personBadge{"bad", "Refused"})
	case store.StandingKnown:
	}
	return badges
}

// place is from where the device was last seen.
func (r DeviceRow) place() string {
	if r.AtHome {
		return joined(" · ", "At home", r.Address)
	}
	return joined(" · ", "Away", r.Address)
}

// othersSignedIn says whether anybody could be signed out by “everywhere else”.
func (l DeviceList) othersSignedIn() bool {
	if l.Found.Pages > 1 || l.narrowed() {
		return true
	}
	for _, r := range l.Rows {
		if r.Session != 0 && r.ID != l.Here {
			return true
		}
	}
	return false
}

// everywhere names the button that signs the user of the tab out, but for the
// device at hand.
func (p UserDevicesPage) everywhere() string {
	if p.Person.User.ID == p.List.Actor.ID {
		return "Sign out everywhere else"
	}
	return "Sign " + p.Person.User.Name + " out everywhere"
}
