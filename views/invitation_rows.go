package views

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"usher/store"
	"usher/views/ui"
)

// InvitationRows draws pending invitations as the rows of a list, by hand as
// userRows does. The buttons in their menus belong to the form with the id
// "one", which the page around them has to hold.
type InvitationRows struct {
	Invitations []store.Invitation
	Libraries   []store.Library
	Channels    []store.Channel
	Now         time.Time // in the time zone to show
	SendsMail   bool      // whether there is a mail server to send them again with
	Pick        bool      // each can be ticked
}

// invitationsPath is where the list of invitations is.
const invitationsPath = "/admin/invitations"

// InvitationAddress is where administrators look after the invitation with this
// id.
func InvitationAddress(id int64) string {
	return invitationsPath + "/" + strconv.FormatInt(id, 10)
}

// Render draws the rows.
func (r InvitationRows) Render(_ context.Context, w io.Writer) error {
	media := newMediaWords(r.Libraries, r.Channels)
	b := make([]byte, 0, usualRow)
	for n := range r.Invitations {
		b = r.row(b[:0], media, &r.Invitations[n])
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func (r InvitationRows) row(b []byte, media mediaWords, i *store.Invitation) []byte {
	id, name := strconv.FormatInt(i.User.ID, 10), templ.EscapeString(i.User.Name)
	b = add(b, `<li class=row>`)
	if r.Pick {
		b = add(b, `<input type=checkbox class=pick name=id value=`, id, ` aria-label="Select `, name, `">`)
	}
	b = ui.AppendAvatar(b, Face(i.User), "")
	b = add(b, `<div><div class=name><a href=`, InvitationAddress(i.User.ID), `>`, name, `</a>`)
	if badge := badgeOfInvitation(*i, r.Now); badge.text != "" {
		b = add(b, `<span class="badge `, badge.kind, `">`, badge.text, `</span>`)
	}
	b = add(b, `</div><p class="small muted">Invited `, inSentence(ui.When(i.User.CreatedAt, r.Now)), ` by `, templ.EscapeString(i.Inviter), ` · `, mailWords(*i), `</p>`)
	if i.MailError != "" {
		b = add(b, `<p class="small muted">`, templ.EscapeString(i.MailError), `</p>`)
	}
	b = add(b, `</div><div class=small><div class=clip>`)
	b = media.watches(b, i.User.Watches())
	b = add(b, `</div><div class="muted clip wraps">`, expiryAndLimits(*i, r.Now), `</div></div><div class="small muted">`, openedWords(*i), `</div>`)
	return add(r.menu(b, i, id, name), `</li>`)
}

func (r InvitationRows) menu(b []byte, i *store.Invitation, id, name string) []byte {
	at := InvitationAddress(i.User.ID)
	b = add(b, `<button type=button class=more popovertarget=i`, id, ` aria-label="More for `, name, `"></button><div popover id=i`, id, ` class=menu-list>`)
	b = add(b, `<button form=one class=chain formaction=`, at, `/link>Copy a fresh link</button>`)
	if i.User.Email != "" && r.SendsMail {
		b = add(b, `<button form=one class=letter formaction=`, at, `/send>Send again</button>`)
	}
	return add(b, `<a class=pencil href=`, at, `>Change</a><hr><a class="trash danger" href=`, at, `/revoke data-dialog>Revoke…</a></div>`)
}

// badgeOfInvitation is what has to be seen of an invitation at a glance.
func badgeOfInvitation(i store.Invitation, now time.Time) personBadge {
	switch {
	case i.Expired(now):
		return personBadge{"bad", "Expired"}
	case i.Mail == store.LetterFailed:
		return personBadge{"bad", "E-mail failed"}
	case i.Expiring(now):
		return personBadge{"warn", "Expiring"}
	}
	return personBadge{}
}

// mailWords tell what became of the e-mail.
func mailWords(i store.Invitation) string {
	switch {
	case i.Mail == store.LetterWaiting && i.MailError != "":
		return "e-mail delayed"
	case i.Mail == store.LetterWaiting:
		return "e-mail waiting"
	case i.Mail == store.LetterSent:
		return "e-mail sent"
	case i.Mail == store.LetterFailed:
		return "e-mail failed"
	}
	return "link only"
}

// Expiry tells how long the invitation can be accepted.
func Expiry(i store.Invitation, now time.Time) string {
	if i.Expired(now) {
		return "Expired " + inSentence(ui.When(i.ExpiresAt, now))
	}
	return "Expires " + ui.Until(i.ExpiresAt, now)
}

// expiryAndLimits tells besides what the guest will be restricted to, as markup.
func expiryAndLimits(i store.Invitation, now time.Time) string {
	words := append([]string{Expiry(i, now)}, i.User.Restrictions.Words()...)
	if !i.User.EndsAt.IsZero() {
		words = append(words, "access until "+day(i.User.LastDay()))
	}
	return templ.EscapeString(strings.Join(words, " · "))
}

func openedWords(i store.Invitation) string {
	if i.Opened == 0 {
		return "Not opened"
	}
	return "Opened " + ui.Often(i.Opened)
}
