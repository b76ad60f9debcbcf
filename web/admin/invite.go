package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// termsForm is what the forms of invitations send about how long, and in what
// words.
type termsForm struct {
	Life     string `form:"life"` // in days
	Ends     string `form:"ends"`
	Greeting string `form:"greeting"`
}

// offerForm is what an invitation offers, as its forms send it.
type offerForm struct {
	accessForm
	restrictionsForm
	termsForm
}

// terms are those of the form; u is the guest that there will be. A life that is
// no number is one that the store refuses.
func (f offerForm) terms(u store.User) (in store.InvitationTerms, problems []store.Problem) {
	days, err := strconv.ParseInt(f.Life, 10, 16)
	if err != nil && f.Life != "" {
		days = -1
	}
	in = store.InvitationTerms{Access: f.access(), Life: time.Duration(days) * store.Day, Greeting: f.Greeting}
	in.Limits, problems = f.limits(f.Ends, u)
	return in, problems
}

func (f termsForm) fields(problems []store.Problem) views.TermsFields {
	return views.TermsFields{Life: f.Life, Ends: f.Ends, Greeting: f.Greeting, Problems: problems}
}

// inviteForm is what the form that invites sends.
type inviteForm struct {
	How    string `form:"how"`
	Emails string `form:"emails"`
	Name   string `form:"name"`
	offerForm
}

// usualLife is how many days an invitation lives where nothing else is chosen.
const usualLife = "7"

// fill puts in what was left out: the usual life, and the way that fits what was
// typed.
func (f inviteForm) fill() inviteForm {
	if f.Life == "" {
		f.Life = usualLife
	}
	if f.How == "" {
		f.How = views.InviteByEmail
		if f.Name != "" && f.Emails == "" {
			f.How = views.InviteByLink
		}
	}
	return f
}

// addresses are those that were typed, one a line or with commas or semicolons
// between them.
func (f inviteForm) addresses() []string {
	addresses := []string{}
	for part := range strings.FieldsFuncSeq(f.Emails, func(r rune) bool { return strings.ContainsRune("\r\n,;", r) }) {
		if part = strings.TrimSpace(part); part != "" {
			addresses = append(addresses, part)
		}
	}
	return addresses
}

// InviteForm asks whom to invite to what.
func (h *Handlers) InviteForm(c echo.Context) error {
	return h.showInvite(c, http.StatusOK, inviteForm{}.fill(), store.FullAccess(), nil)
}

func (h *Handlers) showInvite(c echo.Context, status int, form inviteForm, access store.Access, problems []store.Problem) error {
	choice, fields, err := h.newcomerFields(c, access, form.restrictionsForm, problems)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Invite", "guests")
	if err != nil {
		return err
	}
	address, configured := page.BaseURL(c)
	return h.Render(c, status, views.Invite(views.InvitePage{
		Layout: layout, How: form.How, Emails: form.Emails, Name: form.Name, Choice: choice, Restrictions: fields, Terms: form.termsForm.fields(problems),
		SendsMail: page.From(c).Settings.SendsMail(), Address: address, AddressConfigured: configured, Problems: problems,
	}))
}

// Invite invites those in the form. Where links are not sent by e-mail it
// answers with them, since they cannot be shown later.
func (h *Handlers) Invite(c echo.Context) error {
	var form inviteForm
	if err := page.BindLong(c, &form); err != nil {
		return err
	}
	form = form.fill()
	if form.unsaved() {
		return h.showInvite(c, http.StatusOK, form, form.access(), nil)
	}
	in, tokens, found := h.newInvitations(c, form)
	made, err := h.Store.Invite(c.Request().Context(), page.From(c).Actor(), in, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showInvite(c, http.StatusUnprocessableEntity, form, form.access(), problems)
	}
	if err != nil {
		return err
	}
	if tokens != nil {
		return h.showInvitationLinks(c, http.StatusCreated, made, tokens, invitationsPath)
	}
	return h.Done(c, invitationsPath, invitedMessage(made)+borrowed(c))
}

// newInvitations is what the form asks for, with the tokens of the links that
// are to be shown; there are none where e-mails are sent.
func (h *Handlers) newInvitations(c echo.Context, form inviteForm) (in store.NewInvitations, tokens []string, found []store.Problem) {
	in.InvitationTerms, found = form.terms(store.User{})
	in.BaseURL, _ = page.BaseURL(c)
	links := 1
	switch form.How {
	case views.InviteByLink:
		in.Name = form.Name
	case views.InviteByEmail:
		in.Emails = form.addresses()
		links = min(len(in.Emails), store.MaxInvited) // more are refused
		if page.From(c).Settings.SendsMail() {
			return in, nil, found
		}
	default:
		found = append(found, store.Problem{Field: "how", Message: "Choose how to invite."})
	}
	tokens, in.Links = make([]string, links), make([][]byte, links)
	for n := range tokens {
		tokens[n], in.Links[n] = auth.NewToken()
	}
	return in, tokens, found
}

// showInvitationLinks shows the links of these invitations, this once.
func (h *Handlers) showInvitationLinks(c echo.Context, status int, made []store.Invitation, tokens []string, back string) error {
	address, configured := page.BaseURL(c)
	model := views.InvitationLinksPage{
		Address: address, AddressConfigured: configured, SendsMail: page.From(c).Settings.SendsMail(), Back: back,
		Links: make([]views.InvitationLink, len(made)),
	}
	for n, i := range made {
		model.Links[n] = views.InvitationLink{Name: i.User.Name, Link: address + "/join/" + tokens[n], Ends: h.In(c, i.ExpiresAt)}
	}
	var err error
	if model.Layout, err = h.Layout(c, model.Title(), "invitations"); err != nil {
		return err
	}
	return h.Render(c, status, views.InvitationLinks(model))
}

// invitedMessage says who is invited by e-mail.
func invitedMessage(made []store.Invitation) string {
	if len(made) == 1 {
		return made[0].User.Name + " is invited. The e-mail is on its way."
	}
	return invited(made) + " are invited. The e-mails are on their way."
}

// invited names those who are invited in a message.
func invited(invitations []store.Invitation) string {
	users := make([]store.User, len(invitations))
	for n, i := range invitations {
		users[n] = i.User
	}
	return people(users)
}

// borrowed says in a message about an e-mail which address its link has where
// the server has none set.
func borrowed(c echo.Context) string {
	if address, configured := page.BaseURL(c); !configured {
		return " Links in e-mails begin with " + address + ", the address you are using now."
	}
	return ""
}
