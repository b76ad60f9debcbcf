package store

import (
	"fmt"
	"time"
)

// Invitation is a pending invitation: the guest that it will make, and what has
// become of it so far.
type Invitation struct {
	User      User // its name is the e-mail, or what to remember the invitation by
	Greeting  string
	Life      time.Duration // how long it can be accepted once it has a link
	ExpiresAt time.Time
	InviterID int64  // 0 once the inviter is deleted
	Inviter   string // as named then
	OpenedAt  time.Time
	Opened    int         // how often its page was looked at
	Mail      LetterState // waiting, sent or failed; "" for a link alone
	MailError string      // why the e-mail failed, or its last attempt did
}

// Expired says whether the invitation can no longer be accepted.
func (i Invitation) Expired(now time.Time) bool { return !now.Before(i.ExpiresAt) }

// expiringWithin is how long before its end an invitation counts as expiring.
const expiringWithin = 2 * Day

// Expiring says whether the invitation can be accepted, but not for long.
func (i Invitation) Expiring(now time.Time) bool {
	return !i.Expired(now) && !now.Add(expiringWithin).Before(i.ExpiresAt)
}

// InvitationLives are how long an invitation may live; the second is the usual.
var InvitationLives = [...]time.Duration{Day, 7 * Day, 30 * Day}

// invitationKept is how long an invitation that has expired is still shown, so
// that a fresh link can be made for it.
const invitationKept = 30 * Day

// Limits of inviting: how many at once, and how long a greeting is, in
// characters.
const (
	MaxInvited  = 100
	MaxGreeting = 1000
)

// NewInvitations is what Invite needs: some addresses, or a name alone.
type NewInvitations struct {
	Emails []string // as typed: an invitation for each
	Name   string   // to remember the one by that has no address
	InvitationTerms
	BaseURL string // what links in e-mails begin with where the server has no address set
	// Links are the SHA-256 of the tokens of the links that are shown to the
	// inviter, one for each invitation; nil to send each by e-mail instead.
	Links [][]byte
}

// InvitationTerms is what an invitation offers, and for how long.
type InvitationTerms struct {
	Access   Access
	Limits                 // of the guest that there will be
	Life     time.Duration // one of InvitationLives
	Greeting string
}

// The filters of the list of invitations: by what became of the e-mail, and by
// how far the invitation has come.
const (
	FilterMailWaiting UserFilter = "waiting"
	FilterMailSent    UserFilter = "sent"
	FilterMailFailed  UserFilter = "failed"
	FilterOpened      UserFilter = "opened"
	FilterExpiring    UserFilter = "expiring"
	FilterExpired     UserFilter = "expired"
)

// SortEnds orders invitations by which expires first.
const SortEnds UserSort = "ends"

// InvitationPage is one page of the list of invitations, their users as in a
// UserPage.
type InvitationPage struct {
	Invitations []Invitation
	Total       int // over all pages
	Page        int // from 1
	Pages       int // at least 1
}

// checkTerms cleans the greeting and says what is wrong with the terms. An end
// that is kept is not looked at: it was right when it was chosen.
func checkTerms(in InvitationTerms, now, kept time.Time, problems *Invalid) InvitationTerms {
	known := false
	for _, life := range InvitationLives {
		known = known || life == in.Life
	}
	if !known {
		problems.Add("life", "Choose 1, 7 or 30 days.")
	}
	if !in.EndsAt.IsZero() && !in.EndsAt.Equal(kept) && !in.EndsAt.After(now) {
		problems.Add("ends", "This day is over. Choose one to come, or none.")
	}
	in.Restrictions = checkRestrictions(in.Restrictions, problems)
	var message string
	in.Greeting, message = cleanLines("greeting", in.Greeting, MaxGreeting)
	problems.Add("greeting", message)
	return in
}

// lifeInDays is how the record names how long an invitation lives.
func lifeInDays(life time.Duration) string {
	if life == Day {
		return "1 day"
	}
	return fmt.Sprintf("%d days", life/Day)
}
