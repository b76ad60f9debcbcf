package views

import (
	"usher/store"
	"usher/views/ui"
)

// InvitationsPage is the list of pending invitations.
type InvitationsPage struct {
	Layout ui.Layout
	Query  store.UserQuery
	Found  store.InvitationPage
	Rows   InvitationRows
}

var invitationFilters = []listFilter{
	{store.FilterEveryone, "Everyone", "everyone who is invited", "Nobody is invited."},
	{store.FilterMailWaiting, "Waiting", "those whose e-mail waits to be sent", "No e-mail waits to be sent."},
	{store.FilterMailSent, "Sent", "those whose e-mail has been sent", "No e-mail has been sent."},
	{store.FilterMailFailed, "Failed", "those whose e-mail has failed", "No e-mail has failed."},
	{store.FilterOpened, "Opened", "those whose invitation has been opened", "No invitation has been opened yet."},
	{store.FilterExpiring, "Expiring", "those whose invitation expires within two days", "No invitation expires within two days."},
	{store.FilterExpired, "Expired", "those whose invitation has expired", "No invitation has expired."},
}

var invitationSorts = []ui.Option{
	{Value: "", Label: "Name"},
	{Value: string(store.SortNewest), Label: "Newest"},
	{Value: string(store.SortEnds), Label: "Ends soonest"},
}

// lead is the sentence under the heading.
func (p InvitationsPage) lead() string {
	if p.Layout.Counts.Invitations == 0 {
		return "Those who are invited and have not accepted yet."
	}
	return ui.Count(p.Layout.Counts.Invitations, "person is invited and has", "people are invited and have") + " not accepted yet."
}

func (p InvitationsPage) bar() listBar {
	return listBar{query: p.Query, filters: invitationFilters, sorts: invitationSorts}
}

// address is that of this very page, to come back to.
func (p InvitationsPage) address() string {
	q := p.Query
	q.Page = p.Found.Page
	return ListAddress(q)
}

func (p InvitationsPage) pager() ui.PagerProps {
	return listPager(p.Query, p.Found.Page, p.Found.Pages)
}

// RevokePage asks before invitations are revoked.
type RevokePage struct {
	Layout      ui.Layout
	Invitations []store.Invitation
	Action      string // where the form goes: to the one invitation, or to the list
	Back        string // the address to return to
}

func (p RevokePage) users() []store.User {
	users := make([]store.User, len(p.Invitations))
	for n, i := range p.Invitations {
		users[n] = i.User
	}
	return users
}

func (p RevokePage) confirm() ui.ConfirmProps {
	what := ui.CountOf(len(p.Invitations), "invitation", "invitations")
	button := "Revoke " + what
	if len(p.Invitations) == 1 {
		what, button = "the invitation of "+p.Invitations[0].User.Name, "Revoke the invitation"
	}
	hidden := append(hiddenIDs(p.users()), ui.Hidden{Name: "back", Value: p.Back}, ui.Hidden{Name: "action", Value: "revoke"}, ui.Hidden{Name: "confirmed", Value: "yes"})
	return ui.ConfirmProps{
		Title: "Revoke " + what + "?", Action: p.Action, Button: button,
		Cancel: p.Back, Danger: true, Hidden: hidden,
	}
}

// InvitationForm is the page of one invitation: what has become of it, and what
// it offers, to be changed.
type InvitationForm struct {
	Layout       ui.Layout
	Invitation   store.Invitation
	Letter       store.OutboxEntry // the latest; the zero value where there is none
	Rows         InvitationRows    // what its row in the list knows
	Choice       AccessChoice
	Restrictions RestrictionFields
	Terms        TermsFields
	Problems     Problems
}

func (p InvitationForm) address(under string) string {
	return InvitationAddress(p.Invitation.User.ID) + under
}

// mayMail says whether there is an address to send to, and a mail server.
func (p InvitationForm) mayMail() bool {
	return p.Invitation.User.Email != "" && p.Rows.SendsMail
}

func (p InvitationForm) invited() string {
	return ui.When(p.Invitation.User.CreatedAt, p.Rows.Now) + " by " + p.Invitation.Inviter
}

// mail tells what has happened to the e-mail, a sentence each.
func (p InvitationForm) mail() []string {
	i, letter, now := p.Invitation, p.Letter, p.Rows.Now
	switch i.Mail {
	case store.LetterSent:
		return []string{"Sent to " + i.User.Email + withMoment(ui.When(letter.EndedAt, now), !letter.EndedAt.IsZero()) + "."}
	case store.LetterFailed:
		return []string{"Not sent to " + i.User.Email + ".", i.MailError}
	case store.LetterWaiting:
		if i.MailError == "" {
			return []string{"It waits to be sent to " + i.User.Email + "."}
		}
		return []string{
			"It could not be sent to " + i.User.Email + " yet, and is tried again " + ui.Until(letter.DueAt, now) + ".", i.MailError,
		}
	case store.LetterSending, store.LetterHandingOver:
	}
	return []string{"None. The link was copied, to be passed on by hand."}
}

// withMoment adds a moment to a sentence, where one is known.
func withMoment(moment string, known bool) string {
	if !known {
		return ""
	}
	return " " + inSentence(moment)
}

func (p InvitationForm) opened() string {
	i := p.Invitation
	if i.Opened == 0 {
		return "Not yet"
	}
	words := ui.Often(i.Opened)
	return ui.Capital(words) + ", last " + inSentence(ui.When(i.OpenedAt, p.Rows.Now)) + ". Programs that check e-mails open links, too."
}
