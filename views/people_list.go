package views

import (
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// PeopleList is a page of local users or of guests, with what its rows tell.
type PeopleList struct {
	Actor     store.Actor // who looks: what they may not do is not offered
	Query     store.UserQuery
	Found     store.UserPage
	Libraries []store.Library
	Channels  []store.Channel
	Now       time.Time // in the time zone to show
}

// usersPath is where the list of local users is, and what changes several
// people of any list is sent to.
const usersPath = "/admin/users"

// ListPath is where administrators find a list.
func ListPath(list store.List) string {
	switch list {
	case store.ListGuests:
		return "/admin/guests"
	case store.ListInvited:
		return invitationsPath
	case store.ListWaiting:
		return waitingPath
	case store.ListLocal:
	}
	return usersPath
}

// ListAddress is the address of a list as q has it.
func ListAddress(q store.UserQuery) string {
	sort := string(q.Sort)
	if q.Sort == store.SortName {
		sort = ""
	}
	return addressWith(ListPath(q.List), parameter{"q", q.Search}, parameter{"filter", string(q.Filter)}, parameter{"sort", sort}, parameter{"page", pageNumber(q.Page)})
}

// listPager leads through the pages of the list that q asks for.
func listPager(q store.UserQuery, page, pages int) ui.PagerProps {
	return ui.PagerProps{Page: page, Pages: pages, Href: func(page int) string {
		q.Page = page
		return ListAddress(q)
	}}
}

// Address is that of this very page, to come back to.
func (p PeopleList) Address() string {
	q := p.Query
	q.Page = p.Found.Page
	return ListAddress(q)
}

func (p PeopleList) pager() ui.PagerProps { return listPager(p.Query, p.Found.Page, p.Found.Pages) }

// bar is what narrows the list.
func (p PeopleList) bar() listBar {
	if p.Query.List == store.ListGuests {
		return listBar{query: p.Query, filters: guestFilters, sorts: userSorts}
	}
	return listBar{query: p.Query, filters: userFilters, sorts: userSorts}
}

// listBar is what stands above a list of people: the search, the filters, the
// orders.
type listBar struct {
	query   store.UserQuery
	filters []listFilter
	sorts   []ui.Option
}

// listFilter is one of the filters above a list.
type listFilter struct {
	filter store.UserFilter
	label  string
	among  string // whom a search with it looks through
	nobody string // said when it leaves nobody
}

var userFilters = []listFilter{
	{store.FilterEveryone, "Everyone", "everyone", "Nobody lives here yet."},
	{store.FilterAdministrators, "Administrators", "administrators", "There is no administrator."},
	{store.FilterRestricted, "Restricted", "those who are restricted", "Nobody is restricted: everyone may watch everything, for as long as they like."},
	{store.FilterDisabled, "Disabled", "those who are disabled", "Nobody is disabled."},
	{store.FilterNoPassword, "No password", "those without a password", "Everyone has a password."},
}

var guestFilters = []listFilter{
	{store.FilterEveryone, "Everyone", "all guests", "Nobody visits yet."},
	{store.FilterRestricted, "Restricted", "those who are restricted", "No guest is restricted: everyone who visits may watch everything, for as long as they like."},
	{store.FilterDisabled, "Disabled", "those who are disabled", "No guest is disabled."},
	{store.FilterEnded, "Ended", "those whose end date has come", "No guest’s end date has come."},
}

var userSorts = []ui.Option{
	{Value: "", Label: "Name"},
	{Value: string(store.SortSeen), Label: "Last seen"},
	{Value: string(store.SortNewest), Label: "Newest"},
}

// none says whether there is nobody on the list at all.
func (b listBar) none(found int) bool {
	return found == 0 && b.query.Search == "" && b.query.Filter == store.FilterEveryone
}

// status is what is read aloud when the list has changed.
func (b listBar) status(found int, one, many string) string {
	if b.query.Search == "" {
		return ui.Count(found, one, many)
	}
	return ui.Count(found, one, many) + " found"
}

// filter is the one that the list is narrowed by.
func (b listBar) filter() listFilter {
	for _, f := range b.filters {
		if f.filter == b.query.Filter {
			return f
		}
	}
	return b.filters[0]
}

// filterAddress is the list with another filter, from its beginning.
func (b listBar) filterAddress(filter store.UserFilter) string {
	q := b.query
	q.Filter, q.Page = filter, 1
	return ListAddress(q)
}

// widenLabel names the way from a filter that leaves nobody to everyone.
func (b listBar) widenLabel() string {
	if b.query.Search == "" {
		return "Show everyone"
	}
	return "Look through everyone"
}

// withoutSearch is the list with nothing searched for.
func (b listBar) withoutSearch() string {
	q := b.query
	q.Search, q.Page = "", 1
	return ListAddress(q)
}

// lookedFor is the sentence of a list that found nobody.
func (b listBar) lookedFor() string {
	if b.query.Search == "" {
		return b.filter().nobody
	}
	sentence := "Nobody’s name or e-mail has " + beginnings(b.query.Search) + "."
	if b.query.Filter != store.FilterEveryone {
		sentence += " Only " + b.filter().among + " were looked through."
	}
	return sentence
}

// beginnings are the words of a search in a sentence: "a word that begins with
// “el”".
func beginnings(search string) string {
	terms := strings.Fields(search)
	for i, term := range terms {
		terms[i] = "“" + term + "”"
	}
	if len(terms) > 1 {
		return "words that begin with " + sequence(terms)
	}
	return "a word that begins with " + sequence(terms)
}
