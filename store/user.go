package store

import "time"

// User is an account made on this server.
type User struct {
	ID                int64
	Name              string
	Email             string // "" when none
	Role              Role
	Disabled          bool
	EndsAt            time.Time // zero: never
	Note              string    // for administrators
	Picture           string    // the picture's hash, "" when none
	HasPassword       bool
	PasswordAt        time.Time // when the password was set; zero when none
	MayChangePassword bool
	LocalAccess       bool // may sign in at home without the password
	Access            Access
	CreatedAt         time.Time
	LastSeenAt        time.Time // zero: never
}

// Expired says whether the user's end date has come.
func (u User) Expired(now time.Time) bool {
	return !u.EndsAt.IsZero() && !now.Before(u.EndsAt)
}

// LastDay is a moment of the last day on which the user may come in; zero
// when there is no such day.
func (u User) LastDay() time.Time {
	if u.EndsAt.IsZero() {
		return time.Time{}
	}
	return u.EndsAt.Add(-time.Millisecond)
}

// EndOf is when access ends that lasts through the whole of day, in its own
// time zone: the first moment of the day after.
func EndOf(day time.Time) time.Time {
	year, month, date := day.Date()
	return time.Date(year, month, date+1, 0, 0, 0, 0, day.Location())
}

// Restricted says whether the user may not watch everything for ever.
func (u User) Restricted() bool {
	return !u.Access.AllLibraries || !u.Access.AllChannels || !u.EndsAt.IsZero()
}

// HomeOnly says whether the user can sign in at home only, having no password.
func (u User) HomeOnly() bool { return !u.HasPassword }

// NewUser is what CreateUser needs. Only the name is required.
type NewUser struct {
	Name         string
	Email        string
	Access       Access
	PasswordHash string // PHC string; "" for no password
	LinkHash     []byte // SHA-256 of the token of a reset link to make; nil for none
}

// Profile is what the Profile tab changes.
type Profile struct {
	Name          string
	Email         string
	Note          string
	Administrator bool
	Disabled      bool
	EndsAt        time.Time // zero: never
}

// SignInRules is what the Password and sign-in tab changes.
type SignInRules struct {
	MayChangePassword bool
	LocalAccess       bool
}

// UserFilter narrows the Users page.
type UserFilter string

// The filters of the Users page.
const (
	FilterEveryone       UserFilter = ""
	FilterAdministrators UserFilter = "administrators"
	FilterRestricted     UserFilter = "restricted"
	FilterDisabled       UserFilter = "disabled"
	FilterNoPassword     UserFilter = "no-password"
)

// UserSort orders the Users page.
type UserSort string

// The orders of the Users page: by name, by who was here last, by who was
// added last.
const (
	SortName   UserSort = "name"
	SortSeen   UserSort = "seen"
	SortNewest UserSort = "newest"
)

// PageSize is how many users or records one page of a list holds.
const PageSize = 50

// UserQuery asks for one page of users. Search finds the beginning of any
// word of the name or e-mail; every word searched for must be found.
type UserQuery struct {
	Search string
	Filter UserFilter
	Sort   UserSort // "" is SortName
	Page   int      // from 1; less is 1, more than there are is the last
}

// UserPage is one page of users, without their notes and the times at which
// they were made and got their password.
type UserPage struct {
	Users []User
	Total int // over all pages
	Page  int // from 1
	Pages int // at least 1
}
