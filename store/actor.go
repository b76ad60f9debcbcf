package store

import (
	"errors"
	"fmt"
)

// Role is what a user may do on the server besides watching.
type Role string

// The roles. Exactly one user is the owner.
const (
	RoleOwner         Role = "owner"
	RoleAdministrator Role = "administrator"
	RoleUser          Role = "user"
)

// Label is the role as a screen shows it; plain users have none.
func (r Role) Label() string {
	switch r {
	case RoleOwner:
		return "Owner"
	case RoleAdministrator:
		return "Administrator"
	case RoleUser:
		return ""
	}
	return ""
}

// Actor is who asks for a change, and from where. An Actor with ID 0 is
// somebody at the server's own console, or the server itself.
type Actor struct {
	ID      int64
	Name    string
	Role    Role
	Address string // as Activity shows it
	AtHome  bool

	// Unconfirmed says that the password was not given lately. What is dangerous
	// answers ErrConfirm then.
	Unconfirmed bool
}

// Console is the actor of commands typed on the server: it may do what the
// owner may.
func Console() Actor {
	return Actor{Name: "Server console", Role: RoleOwner, AtHome: true}
}

// IsAdministrator says whether the actor may enter the admin area: the owner
// may, and administrators.
func (a Actor) IsAdministrator() bool {
	return a.Role == RoleOwner || a.Role == RoleAdministrator
}

// MayEdit says whether the actor may change u's profile, such as the note and
// the picture: administrators may, but the owner's only the owner.
func (a Actor) MayEdit(u User) bool {
	return a.IsAdministrator() && u.Kind.Present() && (u.Role != RoleOwner || a.Role == RoleOwner)
}

// MayRename says whether the actor may change u's name and e-mail: MayEdit, but
// a guest's account is the guest's own.
func (a Actor) MayRename(u User) bool { return a.MayEdit(u) && u.Kind != KindGuest }

// MayChangeSignIn says whether the actor may decide how u signs in: MayEdit for
// local users. Guests decide for themselves, and the guest account has nothing
// to decide.
func (a Actor) MayChangeSignIn(u User) bool { return a.MayEdit(u) && u.Kind == KindLocal }

// MayHide says whether the actor may decide whether u is among the faces of the
// sign-in page: MayEdit for those who can be.
func (a Actor) MayHide(u User) bool {
	return a.MayEdit(u) && (u.Kind == KindLocal || u.Kind == KindGuestAccount)
}

// MayEditSelf says whether the actor may change u's name, e-mail and picture as
// their own: guests may theirs and administrators too, and local users whose profile is
// not locked. The guest account is nobody's own.
func (a Actor) MayEditSelf(u User) bool {
	return u.ID == a.ID && (u.Kind == KindGuest || u.Kind == KindLocal && (u.MayEditProfile || u.Role != RoleUser))
}

// MayLockProfile says whether the actor may decide whether u can change their own
// name, e-mail and picture: MayRename for plain local users. A guest's are the
// guest's own.
func (a Actor) MayLockProfile(u User) bool {
	return a.MayRename(u) && u.Kind == KindLocal && u.Role == RoleUser
}

// MayChangePicture says whether the actor may change u's picture: MayEdit for
// others, MayEditSelf for one's own.
func (a Actor) MayChangePicture(u User) bool { return a.MayEdit(u) || a.MayEditSelf(u) }

// MayChangeTimeZone says whether the actor may choose the time zone of u, which is
// their own. Who may come at certain hours may not, since those count in it, and
// the guest account is where the server is.
func (a Actor) MayChangeTimeZone(u User) bool {
	return u.ID == a.ID && u.Kind != KindGuestAccount && u.Restrictions.Hours == Hours{}
}

// MayRestrict says whether the actor may limit what u watches. Nobody can
// restrict the owner.
func (a Actor) MayRestrict(u User) bool {
	return a.IsAdministrator() && u.Kind.Present() && u.Role != RoleOwner
}

// MayDecideDevices says whether the actor may say on which devices u signs in, and
// decide about each: MayRestrict, also for guests and the guest account.
func (a Actor) MayDecideDevices(u User) bool { return a.MayRestrict(u) }

// MaySetFolder says whether the actor may set u's personal folder, and see what
// it is: MayEdit, since a folder is no restriction.
func (a Actor) MaySetFolder(u User) bool { return a.MayEdit(u) }

// MayViewAs says whether the actor may look at the user-facing side as u sees it:
// MayRestrict for others who can come in.
func (a Actor) MayViewAs(u User) bool {
	return a.MayRestrict(u) && u.ID != a.ID && !u.Disabled
}

// MayStop says whether the actor may stop what u plays: MayEdit, so that what the
// owner plays only the owner stops.
func (a Actor) MayStop(u User) bool { return a.MayEdit(u) }

// MayEndDevices says whether the actor may sign u out on devices and remove them:
// MayEdit, and everybody their own, but for the guest account, which all visitors
// share.
func (a Actor) MayEndDevices(u User) bool {
	return a.MayEdit(u) || a.ID == u.ID && u.Kind != KindGuestAccount
}

// MayDisable says whether the actor may disable or enable u, or say when u's
// access ends. Nobody can disable the owner, or themself.
func (a Actor) MayDisable(u User) bool {
	return a.IsAdministrator() && u.Kind.Present() && u.Role != RoleOwner && u.ID != a.ID
}

// MayDelete says whether the actor may delete u: as MayDisable.
func (a Actor) MayDelete(u User) bool { return a.MayDisable(u) }

// MayAppoint says whether the actor may make u an administrator or no longer
// one: only the owner may, and only local users.
func (a Actor) MayAppoint(u User) bool {
	return a.Role == RoleOwner && u.Role != RoleOwner && u.Kind == KindLocal
}

// MayResetPassword says whether the actor may set u's password, or take it
// away, without knowing it: MayChangeSignIn, but for one's own, which asks for
// the one there is. So nobody may for a guest.
func (a Actor) MayResetPassword(u User) bool {
	return a.MayChangeSignIn(u) && u.ID != a.ID
}

// MaySetPIN says whether the actor may set u's PIN, or take it away, without
// knowing it: as MayResetPassword.
func (a Actor) MaySetPIN(u User) bool { return a.MayResetPassword(u) }

// MayRemovePassword says whether the actor may take u's password away.
// Administrators always have one, and guests could not sign in without.
func (a Actor) MayRemovePassword(u User) bool {
	return (a.MayChangeSignIn(u) || a.ID == u.ID && u.MayChangePassword && u.Kind == KindLocal) && u.Role == RoleUser && u.HasPassword
}

// MayInvite says whether the actor may invite guests, and change and revoke
// invitations.
func (a Actor) MayInvite() bool { return a.IsAdministrator() }

// MayDecide says whether the actor may approve or refuse u, who has registered
// and waits.
func (a Actor) MayDecide(u User) bool { return a.IsAdministrator() && u.Kind == KindWaiting }

// MaySendAgain says whether the actor may send a letter that has failed once
// more: administrators may, but a password link only where they may make one.
func (a Actor) MaySendAgain(e OutboxEntry) bool {
	return a.IsAdministrator() && e.State == LetterFailed && (e.Kind != LetterReset || a.MayResetPassword(e.User))
}

// MayHandOver says whether the actor may make u the owner in their place: the
// owner may, in person, for an administrator who is not disabled.
func (a Actor) MayHandOver(u User) bool {
	return a.ID != 0 && a.Role == RoleOwner && u.Role == RoleAdministrator && !u.Disabled
}

// MayChangeSettings says whether the actor may change the server's settings:
// only the owner may.
func (a Actor) MayChangeSettings() bool { return a.Role == RoleOwner }

// Refusal is why the actor may not do to all of the users what may decides, or
// nil. It is ErrForbidden and an Invalid that names who is in the way.
func (a Actor) Refusal(users []User, may func(Actor, User) bool) error {
	if !a.IsAdministrator() {
		return fmt.Errorf("actor %d is no administrator: %w", a.ID, ErrForbidden)
	}
	var why Invalid
	for _, u := range users {
		switch {
		case may(a, u):
		case u.Role == RoleOwner:
			why.Add("", u.Name+" is the owner, for whom this cannot be done.")
		case u.ID == a.ID:
			why.Add("", "You cannot do this to yourself.")
		default:
			why.Add("", "This cannot be done for "+u.Name+".")
		}
	}
	if len(why.Problems) == 0 {
		return nil
	}
	return errors.Join(fmt.Errorf("actor %d on %d users: %w", a.ID, len(users), ErrForbidden), &why)
}
