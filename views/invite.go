package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// The ways to invite.
const (
	InviteByEmail = "email" // addresses, an invitation for each
	InviteByLink  = "link"  // a name alone
)

// InvitePage is the form that invites guests, with what was typed.
type InvitePage struct {
	Layout            ui.Layout
	How               string
	Emails            string
	Name              string
	Choice            AccessChoice
	Restrictions      RestrictionFields
	Terms             TermsFields
	SendsMail         bool
	Address           string // what links begin with
	AddressConfigured bool
	Problems          Problems
}

// TermsFields are the fields about how long, in the forms of invitations.
type TermsFields struct {
	Life     string // in days
	Ends     string
	Greeting string
	Expires  string // when it does already, in words: then it may stay so
	Problems Problems
}

// lives are the choices of how long an invitation can be accepted.
func (f TermsFields) lives() []ui.Option {
	var options []ui.Option
	from := ""
	if f.Expires != "" {
		options = append(options, ui.Option{Value: "", Label: "As it is: " + inSentence(f.Expires)})
		from = " from now"
	}
	for _, life := range store.InvitationLives {
		days := int(life / store.Day)
		options = append(options, ui.Option{Value: strconv.Itoa(days), Label: ui.Count(days, "day", "days") + from})
	}
	return options
}

// wayChoice is one of the ways to invite.
func (p InvitePage) wayChoice(value, label, help, shows string) ui.CheckProps {
	return ui.CheckProps{Name: "how", Value: value, Label: label, Help: help, Radio: true, Checked: p.How == value, Shows: shows}
}

func (p InvitePage) emailHelp() string {
	if p.SendsMail {
		return "Each gets an invitation of their own by e-mail."
	}
	return "You get a link for each of them on the next page, to pass on yourself."
}

// holderLink leads to whoever has a name or an e-mail already.
func holderLink(h store.Holder) (href, label string) {
	switch h.Kind {
	case store.KindInvited:
		return InvitationAddress(h.ID), "Go to the invitation of " + h.Name
	case store.KindWaiting:
		return usersPath, "Go to " + h.Name + " among those who wait for approval"
	case store.KindLocal, store.KindGuestAccount, store.KindGuest:
	}
	return UserAddress(h.ID), "Go to " + h.Name
}

// holders are those who stand in the way, each once.
func (p Problems) holders() []store.Holder {
	var holders []store.Holder
	seen := make(map[int64]bool)
	for _, problem := range p {
		if h := problem.Holder; h.ID != 0 && !seen[h.ID] {
			seen[h.ID] = true
			holders = append(holders, h)
		}
	}
	return holders
}

// InvitationLinksPage shows the links of invitations, once: the server keeps
// only their hashes.
type InvitationLinksPage struct {
	Layout            ui.Layout
	Links             []InvitationLink // at least one
	Address           string           // what they begin with
	AddressConfigured bool
	SendsMail         bool
	Back              string // the list to return to
}

// InvitationLink is a link that accepts an invitation.
type InvitationLink struct {
	Name string // of the invitation
	Link string
	Ends time.Time // in the time zone to show
}

// Title is the heading of the page.
func (p InvitationLinksPage) Title() string {
	if len(p.Links) == 1 {
		return "A link for " + p.Links[0].Name
	}
	return ui.Count(len(p.Links), "link", "links") + " to pass on"
}

// linksBegin is how the note about their address begins.
func (p InvitationLinksPage) linksBegin() string {
	if len(p.Links) == 1 {
		return "The link begins"
	}
	return "The links begin"
}

// fullMoment is a moment in a sentence: "Monday 2 January, 15:04".
func fullMoment(t time.Time) string { return t.Format("Monday 2 January, 15:04") }
