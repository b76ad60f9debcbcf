package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"usher/store"
)

const registrationAddress = "/admin/settings/registration"

func TestRegistrationSettings(t *testing.T) {
	h := newHousehold(t)
	ctx := context.Background()
	films, err := h.store.AddLibrary(ctx, h.asOwner(), store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	page := b.get(registrationAddress).want(http.StatusOK).says("E-mail addresses cannot be verified, so whoever registers is asked for a name and a password only.").says("E-mail is not set up.")
	if page.doc().Find("#registration-off[checked]").Length() != 1 || page.value("registrations_a_day") != "10" {
		t.Error("the page does not begin with what is so")
	}
	b.follow(registrationAddress, url.Values{
		"registration": {"approval"}, "registrations_a_day": {"3"}, "registration_domains": {"Example.org, @example.com"},
		"library": {strconv.FormatInt(films, 10)}, "all_channels": {"on"}, "user_limit": {"1"}, "smtp_url": {"smtp://evil.example"},
	}).says("Who may register is saved.").says("Nobody can register for now: only some domains may, and an address that is not verified proves nothing.")
	rules, err := h.store.RegistrationRules(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := store.RegistrationRules{
		Registration: store.RegistrationApproval, ADay: 3, Domains: "example.org\nexample.com", Access: store.Access{Libraries: []int64{films}, AllChannels: true},
	}
	if settings := h.settings(); !rules.Equal(want) || settings.UserLimit != 0 || settings.SMTPURL != "" {
		t.Errorf("saved: %+v", rules)
	}
	b.get("/admin/activity").says("Mara changed the settings (registration).")
	h.addAdministrator("Jonas")
	read := h.signedIn("Jonas", away).get(registrationAddress).want(http.StatusOK).says("Only the owner, Mara, changes these settings").
		says("Anyone, with an administrator’s approval").says("example.org, example.com").says("Films · all channels")
	if read.doc().Find("main form").Length() != 0 {
		t.Error("there is a form for somebody who may not change it")
	}
}

func TestRegistrationSettingsRefused(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	good := url.Values{"registration": {"open"}, "registrations_a_day": {"5"}, "registration_domains": {"example.org"}}
	for _, test := range []struct{ field, text, words string }{
		{"registrations_a_day", "", "Choose a number from 1 to 1000."},
		{"registrations_a_day", "0", "Choose a number from 1 to 1000."},
		{"registrations_a_day", "1001", "Choose a number from 1 to 1000."},
		{"registrations_a_day", "99999999999999999999", "Choose a number from 1 to 1000."},
		{"registrations_a_day", "many", "Choose a number from 1 to 1000."},
		{"registration_domains", "example.org\nnone, *.example.com", "“none” and “*.example.com” are not domains."},
		{"registration_domains", hostile, "is not a domain."},
		{"registration_domains", strings.Repeat("x", 100_000), "is not a domain."},
	} {
		form := url.Values{}
		for field, values := range good {
			form[field] = values
		}
		form.Set(test.field, test.text)
		refused := b.post(registrationAddress, form).want(http.StatusUnprocessableEntity).wantError(test.field, test.words)
		if got := strings.ReplaceAll(refused.value(test.field), "\r\n", "\n"); got != test.text {
			t.Errorf("%s: typed %q, stands %q", test.field, test.text, got)
		}
	}
	b.post(registrationAddress, url.Values{"registrations_a_day": {"5"}}).want(http.StatusUnprocessableEntity).says("Choose who may register.")
	if got := h.settings().Registration; got != store.RegistrationOff {
		t.Errorf("registration is %s", got)
	}
}

func TestRegistrationSettingsSayWhatWorks(t *testing.T) {
	h := newPostalHousehold(t).rules(store.RegistrationApproval, aDay(2))
	b := h.signedIn("Mara", away)
	b.get(registrationAddress).says("E-mail addresses are verified").says("The links begin with http://usher.example.")
	settings := h.settings()
	settings.Address, settings.UserLimit = "", 1
	if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	b.get(registrationAddress).says("The address of this server is not set, with which links in e-mails begin.")
	h.browser(away).post("/register", registration("Elsa")).want(http.StatusSeeOther)
	b.get(registrationAddress).says("One person waits for approval.")
	h.add("Nils", "")
	b.get(registrationAddress).says("limited to one local user besides the owner, and has that many")
}
