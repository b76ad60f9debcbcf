package store

import (
	"strings"
	"time"
)

// listTerms are the SQL of the lists, word for word what the partial indexes
// say.
var listTerms = map[List]string{
	ListLocal:   "u.kind IN ('local', 'guest-account')",
	ListGuests:  "u.kind = 'guest'",
	ListInvited: "u.kind = 'invited'",
	ListWaiting: "u.kind = 'waiting'",
}

// filterTerms are the SQL of the filters, word for word what the partial
// indexes say.
var filterTerms = map[UserFilter]string{
	FilterEveryone:       "",
	FilterAdministrators: "u.role <> 'user'",
	FilterRestricted:     "(u.all_libraries = 0 OR u.all_channels = 0 OR u.ends_at IS NOT NULL OR u.restrained = 1)",
	FilterDisabled:       "u.disabled = 1",
	FilterNoPassword:     "u.kind = 'local' AND u.password_hash IS NULL",
}

// guestFilters are those that make a difference among guests; a ? is the time
// now.
var guestFilters = map[UserFilter]string{
	FilterEveryone:   filterTerms[FilterEveryone],
	FilterRestricted: filterTerms[FilterRestricted],
	FilterDisabled:   filterTerms[FilterDisabled],
	FilterEnded:      "u.ends_at <= ?",
}

// waitingFilters are those that make a difference among those who wait: none.
var waitingFilters = map[UserFilter]string{FilterEveryone: ""}

// sortTerms are the SQL of the orders of people.
var sortTerms = map[UserSort]string{
	SortName:   "u.sort_name, u.id",
	SortSeen:   "u.last_seen_at DESC, u.id DESC",
	SortNewest: "u.created_at DESC, u.id DESC",
}

// filters are the filters that the list can be narrowed by.
func (l List) filters() map[UserFilter]string {
	switch l {
	case ListInvited:
		return invitationFilters
	case ListGuests:
		return guestFilters
	case ListWaiting:
		return waitingFilters
	case ListLocal:
	}
	return filterTerms
}

// sorts are the orders that the list can be in.
func (l List) sorts() map[UserSort]string {
	if l == ListInvited {
		return invitationSorts
	}
	return sortTerms
}

// rows are what the list is read from.
func (l List) rows() string {
	if l == ListInvited {
		return invitationRows
	}
	return "users u"
}

// narrowed is a list with a filter.
type narrowed struct {
	list   List
	filter UserFilter
}

// where is the SQL of the list with its filter, and what it asks for.
func (n narrowed) where(now time.Time) (term string, args []any) {
	filter := n.list.filters()[n.filter]
	if filter == "" {
		return listTerms[n.list], nil
	}
	for range strings.Count(filter, "?") {
		args = append(args, millis(now))
	}
	return listTerms[n.list] + " AND " + filter, args
}

// counted is what the rows are counted of. Invitations that a filter leaves are
// counted without their users, since there is one for each.
func (n narrowed) counted(now time.Time) (rows string, args []any) {
	where, args := n.where(now)
	if n.list == ListInvited && n.filter != FilterEveryone {
		return "invitations i WHERE " + n.list.filters()[n.filter], args
	}
	return "users u WHERE " + where, args
}

// timed says whether what the filter leaves changes as time goes by.
func (n narrowed) timed() bool { return strings.Contains(n.list.filters()[n.filter], "?") }
