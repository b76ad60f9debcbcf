package views

import (
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// TitleAudienceAddress is where administrators see who sees a title.
func TitleAudienceAddress(id int64) string { return TitleDeskAddress(id) + "/audience" }

// LibraryAudienceAddress is where administrators see to whom a library is open.
func LibraryAudienceAddress(id int64) string {
	return "/admin/libraries/" + strconv.FormatInt(id, 10) + "/audience"
}

// AudiencePage shows the users who see a library or a title.
type AudiencePage struct {
	Layout  ui.Layout
	Library store.Library
	Title   store.Title // the zero Title for the library itself
	PeopleList
	All int // how many users there are
}

// of is what is seen.
func (p AudiencePage) of() string {
	if p.Title.ID != 0 {
		return called(p.Title, p.Library)
	}
	return p.Library.Name
}

func (p AudiencePage) back() (href, label string) {
	switch {
	case p.Title.ID != 0 || p.Library.UserID != 0:
		return desk(p.Title, p.Library)
	default:
		return "/admin/libraries/" + strconv.FormatInt(p.Library.ID, 10), p.Library.Name
	}
}

// count says how many see it: “7 of 12 people see this.”
func (p AudiencePage) count() string {
	verb := " people see this."
	if p.Title.ID == 0 {
		verb = " people may look into this library. What they see in it depends on their restrictions."
	}
	return ui.Number(p.Found.Total) + " of " + ui.Number(p.All) + verb
}

func (p AudiencePage) address(page int) string {
	address := LibraryAudienceAddress(p.Library.ID)
	if p.Title.ID != 0 {
		address = TitleAudienceAddress(p.Title.ID)
	}
	if page > 1 {
		address += "?page=" + strconv.Itoa(page)
	}
	return address
}

func (p AudiencePage) pages() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: p.address}
}
