package store

import "time"

// Kind is how somebody belongs to this server.
type Kind string

// The kinds. Those who are invited or wait for approval are not on the server
// yet: they cannot sign in, and only what is asked about invitations or
// registrations speaks of them.
const (
	KindLocal        Kind = "local"         // an account made on this server
	KindGuestAccount Kind = "guest-account" // the one shared profile for visitors
	KindGuest        Kind = "guest"         // invited from outside, and accepted
	KindInvited      Kind = "invited"       // a pending invitation: the guest that it will make
	KindWaiting      Kind = "waiting"       // has registered, and waits for approval
)

// Present says whether somebody of this kind is on the server: local users,
// guests and the guest account are.
func (k Kind) Present() bool { return k != KindInvited && k != KindWaiting }

// List is the list that somebody of this kind is on.
func (k Kind) List() List {
	switch k {
	case KindLocal, KindGuestAccount:
		return ListLocal
	case KindGuest:
		return ListGuests
	case KindInvited:
		return ListInvited
	case KindWaiting:
		return ListWaiting
	}
	return ListLocal
}

// User is somebody this server knows: a local user, a guest, the guest account,
// or somebody who is about to become one of them.
type User struct {
	ID                int64
	Name              string
	Email             string // "" when none
	Kind              Kind
	Linked            bool // signs in through Connect
	Role              Role
	Disabled          bool
	EndsAt            time.Time // zero: never
	Note              string    // for administrators
	Inviter           string    // of a guest: who invited them, as named then
	WantsMail         bool      // an administrator who wants e-mail about those who come
	Picture           string    // the picture's hash, "" when none
	HasPassword       bool
	PasswordAt        time.Time // when the password was set; zero when none
	MayChangePassword bool
	LocalAccess       bool // may sign in at home without the password
	HasPIN            bool // and with it instead
	Hidden            bool // not among the faces of the sign-in page
	Codes             bool // is asked for a code of an authenticator after the password
	Passkeys          bool // has some
	DeviceRule        DeviceRule
	WantsDeviceMail   bool // about a new device
	MayEditProfile    bool // may change their own name, e-mail and picture
	Look              Look
	Access            Access
	Restrictions      Restrictions
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
	return !u.Access.AllLibraries || !u.Access.AllChannels || !u.EndsAt.IsZero() || !u.Restrictions.None()
}

// HomeOnly says whether the user can sign in at home only, having neither a
// password nor Connect.
func (u User) HomeOnly() bool {
	return (u.AtHomeByName() || u.AtHomeByPIN()) && !u.HasPassword && !u.Linked && !u.Passkeys
}

// SecondFactor says whether the password alone does not sign the user in.
func (u User) SecondFactor() bool { return u.Codes || u.Passkeys }

// AtHomeByPIN says whether the PIN signs the user in at home, in place of the
// password or of nothing.
func (u User) AtHomeByPIN() bool { return u.Kind == KindLocal && u.HasPIN }

// Connects says whether the user signs in with an account that only they
// control, as guests always do: through Connect, or with one that they have made
// here.
func (u User) Connects() bool { return u.Linked || u.Kind == KindGuest }

// AtHomeByName says whether the name alone signs the user in at home: for want
// of a password, or because the user is allowed to. It never does for guests,
// nor for those who have a PIN.
func (u User) AtHomeByName() bool {
	switch u.Kind {
	case KindLocal:
		return !u.HasPIN && (!u.HasPassword || u.LocalAccess)
	case KindGuestAccount:
		return true
	case KindGuest, KindInvited, KindWaiting:
	}
	return false
}

// MayRecover says whether the user gets a link by e-mail to choose a new
// password when somebody asks for it at the door: guests do, and local users who
// may change their own password, as long as they may sign in.
func (u User) MayRecover(now time.Time) bool {
	known := u.Kind == KindGuest || u.Kind == KindLocal && u.MayChangePassword
	return known && u.Email != "" && !u.Disabled && !u.Expired(now)
}

// NewUser is what CreateUser needs. Only the name is required.
type NewUser struct {
	Kind   Kind // "" is KindLocal
	Name   string
	Email  string
	Access Access
	Limits
	PasswordHash string // PHC string; "" for no password
	LinkHash     []byte // SHA-256 of the token of a reset link to make; nil for none
	MailLink     bool   // e-mail a reset link instead
	BaseURL      string // what that link begins with where the server has no address set
}

// Profile is what the Profile tab changes.
type Profile struct {
	Name          string
	Email         string
	Note          string
	Administrator bool
	Disabled      bool
	Locked        bool      // its user may not change it
	EndsAt        time.Time // zero: never
}

// SignInRules is what the Password and sign-in tab changes.
type SignInRules struct {
	MayChangePassword bool
	LocalAccess       bool
	Hidden            bool // not among the faces of the sign-in page
}

// List is one of the lists of people.
type List string

// The lists: those who live here with the guest account, guests, the invited,
// and those who wait for approval.
const (
	ListLocal   List = "local"
	ListGuests  List = "guests"
	ListInvited List = "invited"
	ListWaiting List = "waiting"
)

// UserFilter narrows a list.
type UserFilter string

// The filters of the lists of local users and of guests; only guests are asked
// whether they have ended.
const (
	FilterEveryone       UserFilter = ""
	FilterAdministrators UserFilter = "administrators"
	FilterRestricted     UserFilter = "restricted"
	FilterDisabled       UserFilter = "disabled"
	FilterNoPassword     UserFilter = "no-password"
	FilterEnded          UserFilter = "ended" // the end date has come
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

// UserQuery asks for one page of a list. Search finds the beginning of any
// word of the name or e-mail; every word searched for must be found.
type UserQuery struct {
	List   List // "" is ListLocal
	Search string
	Filter UserFilter
	Sort   UserSort // "" is SortName
	Page   int      // from 1; less is 1, more than there are is the last
}

// UserPage is one page of users. All of those who wait for approval is there;
// of others all but their notes, their inviters, what they want e-mail about,
// and the times at which they were made and got their password.
type UserPage struct {
	Users []User
	Total int // over all pages
	Page  int // from 1
	Pages int // at least 1
}
