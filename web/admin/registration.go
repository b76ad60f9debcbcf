package admin

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// registrationForm is what the Registration tab of the settings sends.
type registrationForm struct {
	Registration string `form:"registration"`
	ADay         string `form:"registrations_a_day"`
	Domains      string `form:"registration_domains"`
	accessForm
}

// RegistrationForm shows who may register, to whoever may not change it to
// read.
func (h *Handlers) RegistrationForm(c echo.Context) error {
	rules, err := h.Store.RegistrationRules(c.Request().Context())
	if err != nil {
		return err
	}
	form := registrationForm{Registration: string(rules.Registration), ADay: strconv.Itoa(rules.ADay), Domains: rules.Domains}
	return h.showRegistration(c, http.StatusOK, form, rules.Access, nil)
}

func (h *Handlers) showRegistration(c echo.Context, status int, form registrationForm, access store.Access, problems views.Problems) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	owner, err := h.Store.Owner(ctx)
	if err != nil {
		return err
	}
	choice, err := h.accessChoice(ctx, access)
	if err != nil {
		return err
	}
	var shut store.Shut
	if err := h.Store.CheckRegistration(ctx); err != nil && !errors.As(err, &shut) {
		return err
	}
	waiting, err := h.Store.CountUsers(ctx, store.ListWaiting, store.FilterEveryone)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Registration", "settings")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.RegistrationSettings(views.RegistrationSettingsPage{
		Layout: layout, MayChange: viewer.Actor().MayChangeSettings(), Owner: owner.Name, Settings: viewer.Settings, Shut: shut,
		Waiting: waiting, Problems: problems, Registration: form.Registration, ADay: form.ADay, Domains: form.Domains, Choice: choice,
	}))
}

// SaveRegistration changes who may register. Only the owner may.
func (h *Handlers) SaveRegistration(c echo.Context) error {
	var form registrationForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	// What is no number becomes one that the store refuses.
	aDay, _ := strconv.Atoi(strings.TrimSpace(form.ADay))
	err := h.Store.SaveRegistration(c.Request().Context(), page.From(c).Actor(), store.RegistrationRules{
		Registration: store.Registration(form.Registration), ADay: aDay, Domains: form.Domains, Access: form.access(),
	})
	if problems, ok := page.Invalid(err); ok {
		return h.showRegistration(c, http.StatusUnprocessableEntity, form, form.access(), problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, settingsAddress+"/registration", "Who may register is saved. It counts at once.")
}
