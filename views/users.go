package views

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// UsersPage is the list of those who live here.
type UsersPage struct {
	Layout    ui.Layout
	Actor     store.Actor // who looks: what they may not do is not offered
	Query     store.UserQuery
	Found     store.UserPage
	Libraries []store.Library
	Channels  []store.Channel
	Now       time.Time // in the time zone to show
}

// usersPath is where the list is.
const usersPath = "/admin/users"

// UsersAddress is the address of the list as q has it.
func UsersAddress(q store.UserQuery) string {
	sort, page := string(q.Sort), ""
	if q.Sort == store.SortName {
		sort = ""
	}
	if q.Page > 1 {
		page = strconv.Itoa(q.Page)
	}
	address, separator := usersPath, "?"
	for _, part := range [...]struct{ name, value string }{
		{"q", url.QueryEscape(q.Search)}, {"filter", url.QueryEscape(string(q.Filter))}, {"sort", url.QueryEscape(sort)}, {"page", page},
	} {
		if part.value != "" {
			address, separator = address+separator+part.name+"="+part.value, "&"
		}
	}
	return address
}

// address is that of this very page, to come back to.
func (p UsersPage) address() string {
	q := p.Query
	q.Page = p.Found.Page
	return UsersAddress(q)
}

func (p UsersPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: func(page int) string {
		q := p.Query
		q.Page = page
		return UsersAddress(q)
	}}
}

// userFilter is one of the filters above the list.
type userFilter struct {
	filter store.UserFilter
	label  string
	among  string // whom a search with it looks through
	nobody string // said when it leaves nobody
}

var userFilters = []userFilter{
	{store.FilterEveryone, "Everyone", "everyone", "Nobody lives here yet."},
	{store.FilterAdministrators, "Administrators", "administrators", "There is no administrator."},
	{store.FilterRestricted, "Restricted", "those who are restricted", "Nobody is restricted: everyone may watch everything, for as long as they like."},
	{store.FilterDisabled, "Disabled", "those who are disabled", "Nobody is disabled."},
	{store.FilterNoPassword, "No password", "those without a password", "Everyone has a password."},
}

// filter is the one that the list is narrowed by.
func (p UsersPage) filter() userFilter {
	for _, f := range userFilters {
		if f.filter == p.Query.Filter {
			return f
		}
	}
	return userFilters[0]
}

// filterAddress is the list with another filter, from its beginning.
func (p UsersPage) filterAddress(filter store.UserFilter) string {
	q := p.Query
	q.Filter, q.Page = filter, 1
	return UsersAddress(q)
}

// widenLabel names the way from a filter that leaves nobody to everyone.
func (p UsersPage) widenLabel() string {
	if p.Query.Search == "" {
		return "Show everyone"
	}
	return "Look through everyone"
}

// withoutSearch is the list with nothing searched for.
func (p UsersPage) withoutSearch() string {
	q := p.Query
	q.Search, q.Page = "", 1
	return UsersAddress(q)
}

var userSorts = []ui.Option{
	{Value: "", Label: "Name"},
	{Value: string(store.SortSeen), Label: "Last seen"},
	{Value: string(store.SortNewest), Label: "Newest"},
}

// alone says whether there is nobody but the owner.
func (p UsersPage) alone() bool {
	return p.Query.Search == "" && p.Query.Filter == store.FilterEveryone && p.Found.Total == 1
}

// lookedFor is the sentence of a list that found nobody.
func (p UsersPage) lookedFor() string {
	terms := strings.Fields(p.Query.Search)
	if len(terms) == 0 {
		return p.filter().nobody
	}
	for i, term := range terms {
		terms[i] = "“" + term + "”"
	}
	words := "a word that begins with "
	if len(terms) > 1 {
		words = "words that begin with "
	}
	sentence := "Nobody’s name or e-mail has " + words + sequence(terms) + "."
	if p.Query.Filter != store.FilterEveryone {
		sentence += " Only " + p.filter().among + " were looked through."
	}
	return sentence
}

// status is what is read aloud when the list has changed.
func (p UsersPage) status() string {
	if p.Query.Search == "" {
		return ui.Count(p.Found.Total, "person", "people")
	}
	return ui.Count(p.Found.Total, "person", "people") + " found"
}

// People names users in a sentence: "Elsa, Nils and Oskar", or with more than
// limit of them "Elsa, Nils and 12 others".
func People(users []store.User, limit int) string {
	names := make([]string, 0, limit+1)
	for _, u := range users {
		if len(names) == limit {
			names = append(names, ui.CountOf(len(users)-limit, "other", "others"))
			break
		}
		names = append(names, u.Name)
	}
	return sequence(names)
}

// sequence joins names with commas, the last with "and".
func sequence(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
