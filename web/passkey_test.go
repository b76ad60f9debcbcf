package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"usher/internal/passkey"
	"usher/store"
)

func TestPasskeyAloneSignsIn(t *testing.T) {
	h := newSecured(t)
	u, phone := h.withPasskey("Elsa")
	b := h.secured(away)
	if b.get("/sign-in").doc().Find(`form[action="/sign-in/passkey"]`).Length() != 1 {
		t.Fatal("the sign-in page offers no passkey")
	}
	form := shown(b, phone)
	form.Set("next", "/account")
	if to := b.post("/sign-in/passkey", form).want(http.StatusSeeOther).Location; to != "/account" {
		t.Errorf("leads to %q", to)
	}
	b.get("/account").want(http.StatusOK).says("with a passkey")
	h.securedAs("Mara", atHome).get("/admin/users/2/activity").says("Elsa added a passkey").says("Elsa signed in (with a passkey)")
	if passkeys, err := h.store.Passkeys(t.Context(), u.ID); err != nil || len(passkeys) != 1 || passkeys[0].UsedAt.IsZero() {
		t.Errorf("the use is not noted: %+v, %v", passkeys, err)
	}
}

func TestPasskeysThatDoNotWork(t *testing.T) {
	h := newSecured(t)
	_, elsas := h.withPasskey("Elsa")
	_, oskars := h.withPasskey("Oskar")
	for name, bend := range map[string]func(b *browser, d *passkey.Device) url.Values{
		"another page": func(b *browser, d *passkey.Device) url.Values {
			d.Origin = "https://usher.example.evil.example"
			return shown(b, d)
		},
		"another site": func(b *browser, d *passkey.Device) url.Values {
			d.Site = "evil.example"
			return shown(b, d)
		},
		"nobody looked": func(b *browser, d *passkey.Device) url.Values {
			d.Unknown = true
			return shown(b, d)
		},
		"nobody was there": func(b *browser, d *passkey.Device) url.Values {
			d.Absent = true
			return shown(b, d)
		},
		"another user’s handle": func(b *browser, d *passkey.Device) url.Values {
			d.Handle = oskars.Handle
			return shown(b, d)
		},
		"another user’s key": func(b *browser, d *passkey.Device) url.Values {
			d.Key = oskars.Key
			return shown(b, d)
		},
		"no handle": func(b *browser, d *passkey.Device) url.Values {
			d.Handle = nil
			return shown(b, d)
		},
		"a key that nobody has": func(b *browser, d *passkey.Device) url.Values {
			stranger := passkey.New(h.t, "usher.example")
			stranger.Handle = d.Handle
			return shown(b, stranger)
		},
		"another browser asked": func(_ *browser, d *passkey.Device) url.Values { return shown(h.secured(away), d) },
		"what was asked too long ago": func(b *browser, d *passkey.Device) url.Values {
			form := shown(b, d)
			h.clock.pass(store.ChallengeLife)
			return form
		},
		"nothing": func(*browser, *passkey.Device) url.Values { return url.Values{} },
		"nonsense": func(*browser, *passkey.Device) url.Values {
			return url.Values{"passkey": {`{"id":"` + strings.Repeat("A", 70000)}}
		},
		"another question": func(b *browser, d *passkey.Device) url.Values {
			return made(h.securedAs("Mara", away), d)
		},
	} {
		t.Run(name, func(t *testing.T) {
			bent, b := elsas.Copy(), h.secured(away)
			h.clock.pass(store.Day) // so that nobody waits
			form := bend(b, bent)
			if answer := b.post("/sign-in/passkey", form).want(http.StatusForbidden); answer.doc().Find(`[role=alert]`).Length() == 0 {
				t.Errorf("nothing says why:\n%s", answer.Body)
			}
			if b.cookie() != "" {
				t.Error("somebody is signed in")
			}
		})
	}
}

func TestPasskeyIsShownOnce(t *testing.T) {
	h := newSecured(t)
	_, phone := h.withPasskey("Elsa")
	b := h.secured(away)
	form := shown(b, phone)
	b.post("/sign-in/passkey", form).want(http.StatusSeeOther)
	b.post("/sign-out", nil)
	b.post("/sign-in/passkey", form).want(http.StatusForbidden).says("sent twice")
}

func TestPasskeysAreShownInTwoTabs(t *testing.T) {
	h := newSecured(t)
	_, phone := h.withPasskey("Elsa")
	b := h.secured(away)
	first, second := shown(b, phone), shown(b, phone)
	b.post("/sign-in/passkey", first).want(http.StatusSeeOther)
	b.post("/sign-in/passkey", second).want(http.StatusSeeOther)
}

func TestOneOfTwoWithTheSameCountWins(t *testing.T) {
	h := newSecured(t)
	_, elsas := h.withPasskey("Elsa")
	copied := elsas.Copy()
	forms := []url.Values{}
	browsers := []*browser{h.secured(away), h.secured(away)}
	for i, d := range []*passkey.Device{elsas, copied} {
		forms = append(forms, shown(browsers[i], d))
	}
	statuses := make([]int, 2)
	var both sync.WaitGroup
	for i, b := range browsers {
		both.Go(func() { statuses[i] = b.post("/sign-in/passkey", forms[i]).Status })
	}
	both.Wait()
	slices.Sort(statuses)
	if !slices.Equal(statuses, []int{http.StatusSeeOther, http.StatusForbidden}) {
		t.Errorf("they are answered %v", statuses)
	}
}

func TestPasskeyThatCountsBackwards(t *testing.T) {
	h := newSecured(t)
	_, phone := h.withPasskey("Elsa")
	copied := phone.Copy()
	phone.Counter = 40
	b := h.secured(away)
	b.post("/sign-in/passkey", shown(b, phone)).want(http.StatusSeeOther)
	b = h.secured(away)
	b.post("/sign-in/passkey", shown(b, copied)).want(http.StatusForbidden).says("may have been copied")
	h.securedAs("Mara", atHome).get("/admin/activity").says("A sign-in as Elsa was refused (with a passkey that may have been copied)")
	b.post("/sign-in/passkey", shown(b, phone)).want(http.StatusSeeOther)
}

func TestPasskeyOfSomebodyWhoMayNotComeIn(t *testing.T) {
	h := newSecured(t)
	elsa, phone := h.withPasskey("Elsa")
	try := func(status int, words string) {
		t.Helper()
		b := h.secured(away)
		b.post("/sign-in/passkey", shown(b, phone)).want(status).says(words)
	}
	h.must(h.store.SetDisabled(t.Context(), h.asOwner(), true, elsa.ID))
	try(http.StatusForbidden, "The passkey is right, but this account is disabled")
	h.must(h.store.SetDisabled(t.Context(), h.asOwner(), false, elsa.ID))
	h.must(h.store.UpdateProfile(t.Context(), h.asOwner(), elsa.ID, store.Profile{Name: "Elsa", EndsAt: h.clock.now().Add(store.Day)}))
	h.clock.pass(2 * store.Day)
	try(http.StatusForbidden, "The passkey is right, but this account ended")
	h.must(h.store.DeleteUsers(t.Context(), h.asOwner(), elsa.ID))
	try(http.StatusForbidden, "does not work here")
}

func TestGuessedPasskeysWait(t *testing.T) {
	h := newSecured(t)
	_, phone := h.withPasskey("Elsa")
	stranger, b := passkey.New(t, "usher.example"), h.secured(away)
	stranger.Handle = phone.Handle
	for range 5 {
		b.post("/sign-in/passkey", shown(b, stranger)).want(http.StatusForbidden)
	}
	if b.post("/sign-in/passkey", shown(b, phone)).want(http.StatusTooManyRequests).Header.Get("Retry-After") == "" {
		t.Error("nothing says how long")
	}
	near := h.secured(atHome)
	near.post("/sign-in/passkey", shown(near, phone)).want(http.StatusSeeOther)
	h.clock.pass(store.Day)
	b.post("/sign-in/passkey", shown(b, phone)).want(http.StatusSeeOther)
}

func TestPasskeyAfterThePassword(t *testing.T) {
	h := newSecured(t)
	_, elsas := h.withPasskey("Elsa")
	_, oskars := h.withPasskey("Oskar")
	b := h.secured(away)
	asked := b.follow("/sign-in", url.Values{"name": {"Elsa"}, "password": {goodPassword}, "next": {"/history"}}).want(http.StatusOK)
	if next, _ := asked.doc().Find(`form[data-begin] input[name=next]`).Attr("value"); next != "/history" {
		t.Errorf("the passkey leads to %q", next)
	}
	b.post("/sign-in/code", shown(b, oskars)).want(http.StatusUnprocessableEntity).says("somebody else’s")
	b.post("/sign-in/code", url.Values{"passkey": {"nonsense"}}).want(http.StatusUnprocessableEntity).says("does not work here")
	form := shown(b, elsas)
	form.Set("next", "/history")
	if to := b.post("/sign-in/code", form).want(http.StatusSeeOther).Location; to != "/history" {
		t.Errorf("leads to %q", to)
	}
	b.get("/account").want(http.StatusOK).says("Elsa")
	h.securedAs("Mara", atHome).get("/admin/activity").says("Elsa signed in (with the password and a passkey)")
}

func TestPasskeysNeedTheirAddress(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", atHome)
	b.get("/account/passkeys").want(http.StatusOK).says("only where the server is reached over https")
	b.post("/account/passkeys/begin", nil).want(http.StatusForbidden)
	if b.get("/sign-in").doc().Find(`[data-begin]`).Length() != 0 {
		t.Error("a passkey is offered over http")
	}
	b.post("/sign-in/passkey/begin", nil).want(http.StatusForbidden)
}
