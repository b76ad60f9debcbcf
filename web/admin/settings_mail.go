package admin

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"usher/mail"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

const mailAddress = settingsAddress + "/mail"

// mailForm is what the page of the mail server sends.
type mailForm struct {
	Host       string `form:"host"`
	Port       string `form:"port"`
	Encryption string `form:"encryption"`
	User       string `form:"user"`
	Password   string `form:"password"`
	From       string `form:"from"`
}

// typed is the form as the page shows it again: the password is not in it.
func (f mailForm) typed() views.MailServer {
	return views.MailServer{Host: f.Host, Port: f.Port, Encryption: f.Encryption, User: f.User, From: f.From}
}

// input is the mail server that the form asks for. Where no password is typed,
// the saved one stays, but only for the server that it is for: another one
// could otherwise be named to get hold of it. The error is a *store.Invalid.
func (f mailForm) input(saved mail.Server) (mail.Server, error) {
	encryption := mail.Encryption(f.Encryption)
	server, err := mail.Server{
		Host: f.Host, Port: mail.ParsePort(f.Port, encryption), Encryption: encryption, User: f.User, Password: f.Password, From: f.From,
	}.Checked()
	if f.Password != "" || server.User == "" || saved.Password == "" {
		return server, err
	}
	if server.Host != saved.Host || server.Port != saved.Port || server.Encryption != saved.Encryption || server.User != saved.User {
		invalid := &store.Invalid{}
		errors.As(err, &invalid)
		invalid.Add("password", "Type the password once more, since it was saved for another server, user name or encryption.")
		return server, invalid
	}
	server.Password = saved.Password
	return server, err
}

// savedMail is the mail server that counts; the zero Server for none.
func (h *Handlers) savedMail(c echo.Context) mail.Server {
	settings := page.From(c).Settings
	server, err := mail.ParseServer(settings.SMTPURL)
	if err != nil && settings.SendsMail() {
		h.Log.Error("the saved mail server cannot be read: there is none", "error", err)
	}
	if err != nil {
		return mail.Server{}
	}
	return server
}

// shownMail is a mail server as the page shows it.
func shownMail(s mail.Server) views.MailServer {
	if s.Host == "" {
		return views.MailServer{Encryption: views.EncryptAlways}
	}
	return views.MailServer{
		Host: s.Host, Port: strconv.Itoa(s.Port), Encryption: string(s.Encryption), User: s.User, From: s.From, HasPassword: s.Password != "",
	}
}

// MailForm shows the mail server and the e-mails of late.
func (h *Handlers) MailForm(c echo.Context) error {
	return h.showMail(c, http.StatusOK, views.MailSettingsPage{Typed: shownMail(h.savedMail(c)), TestTo: page.From(c).User.Email})
}

// lettersShown is how many e-mails of late the page tells of.
const lettersShown = 20

func (h *Handlers) showMail(c echo.Context, status int, model views.MailSettingsPage) error {
	ctx := c.Request().Context()
	owner, err := h.Store.Owner(ctx)
	if err != nil {
		return err
	}
	if model.Letters, err = h.Store.LatestLetters(ctx, lettersShown); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, "E-mail", "settings"); err != nil {
		return err
	}
	address, configured := page.BaseURL(c)
	model.Actor, model.Owner, model.Fixed, model.Now = page.From(c).Actor(), owner.Name, h.Store.Fixed(), h.Now(c)
	model.Saved, model.Address, model.ByRequest = shownMail(h.savedMail(c)), address, !configured
	return h.Render(c, status, views.MailSettings(model))
}

// SaveMail sets the mail server. Only the owner may.
func (h *Handlers) SaveMail(c echo.Context) error {
	var form mailForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	server, err := form.input(h.savedMail(c))
	found, bad := page.Invalid(err)
	if err != nil && !bad {
		return err
	}
	err = h.Store.SaveMail(c.Request().Context(), page.From(c).Actor(), server.URL(), found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showMail(c, http.StatusUnprocessableEntity, views.MailSettingsPage{Typed: form.typed(), TestTo: page.From(c).User.Email, Problems: problems})
	}
	if err != nil {
		return err
	}
	return h.Done(c, mailAddress, "The mail server is saved. Send a test to see whether it works.")
}

// RemoveMailForm asks whether to switch e-mail off.
func (h *Handlers) RemoveMailForm(c echo.Context) error {
	if !page.From(c).Actor().MayChangeSettings() {
		return echo.ErrForbidden
	}
	waiting, err := h.Store.WaitingLetters(c.Request().Context())
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Switch e-mail off", "settings")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.RemoveMail(views.RemoveMailPage{Layout: layout, Host: h.savedMail(c).Host, Waiting: waiting}))
}

// RemoveMail switches e-mail off. Only the owner may.
func (h *Handlers) RemoveMail(c echo.Context) error {
	if err := h.Store.SaveMail(c.Request().Context(), page.From(c).Actor(), ""); err != nil {
		return err
	}
	return h.Done(c, mailAddress, "E-mail is switched off. Invitations and password links are for copying now.")
}

// mailTestForm is what *Send a test* sends.
type mailTestForm struct {
	To string `form:"to"`
}

// testTime is how long a test may take, so that whoever waits for it gets an
// answer before the request is over.
const testTime = 20 * time.Second

// TestMail sends an e-mail while the owner waits, and says what happened.
func (h *Handlers) TestMail(c echo.Context) error {
	if !page.From(c).Actor().MayChangeSettings() {
		return echo.ErrForbidden
	}
	if err := page.From(c).Actor().Confirmed(); err != nil {
		return err
	}
	var form mailTestForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	server := h.savedMail(c)
	to, problem := store.CleanEmail(form.To)
	switch {
	case problem == "" && to == "":
		problem = "Type an address to send the test to."
	case server.Host == "":
		return h.NotDone(c, mailAddress, "No test is sent: there is no mail server yet.")
	}
	if problem != "" {
		return h.showMail(c, http.StatusUnprocessableEntity, views.MailSettingsPage{
			Typed: shownMail(server), TestTo: form.To, Problems: views.Problems{{Field: "to", Message: problem}},
		})
	}
	message, err := mail.Trial(c.Request().Context(), page.From(c).Settings.ServerName, to)
	if err != nil {
		return err
	}
	err = h.sendNow(c.Request().Context(), server, message)
	if err == nil {
		return h.Done(c, mailAddress, server.Host+" took the test for "+to+". Look whether it has arrived, in the folder for unwanted mail too.")
	}
	return h.showMail(c, http.StatusUnprocessableEntity, views.MailSettingsPage{
		Typed: shownMail(server), TestTo: form.To, TestFailed: whyNotSent(server.Host, err),
	})
}

// sendNow sends past the outbox.
func (h *Handlers) sendNow(ctx context.Context, server mail.Server, message mail.Message) error {
	ctx, cancel := context.WithTimeout(ctx, testTime)
	defer cancel()
	sender := mail.NewSender()
	sender.Patience.Farewell = 0
	return sender.Send(ctx, server, message, ctx.Err)
}

// whyNotSent says why a test came to nothing.
func whyNotSent(host string, err error) string {
	var failure *mail.Failure
	if errors.As(err, &failure) {
		return failure.Why
	}
	return host + " did not answer in time."
}

// SendLetterAgain sends an e-mail that failed once more.
func (h *Handlers) SendLetterAgain(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	address, _ := page.BaseURL(c)
	err = h.Store.SendLetterAgain(c.Request().Context(), page.From(c).Actor(), id, address)
	if problems, ok := page.Invalid(err); ok {
		return h.NotDone(c, mailAddress, problems[0].Message)
	}
	if err != nil {
		return err
	}
	return h.Done(c, mailAddress, "The e-mail is on its way again.")
}
