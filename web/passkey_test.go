package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

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
	h.must(h.store.SetRestrictions(t.Context(), h.asOwner(), elsa.ID, store.Limits{Restrictions: store.Restrictions{NoAway: true}}))
	try(http.StatusForbidden, "The passkey is right, but this account is for use at home only")
	h.must(h.store.SetRestrictions(t.Context(), h.asOwner(), elsa.ID, store.Limits{}))
	_, err := h.store.SetDeviceRule(t.Context(), h.asOwner(), elsa.ID, store.DevicesAsk, nil)
	h.must(err)
	try(http.StatusForbidden, "This device waits to be allowed")
	_, err = h.store.SetDeviceRule(t.Context(), h.asOwner(), elsa.ID, store.DevicesAny, nil)
	h.must(err)
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

func TestPasskeyConfirms(t *testing.T) {
	h := newSecured(t)
	mara := h.securedAs("Mara", atHome)
	device := passkey.New(t, "usher.example")
	mara.post("/account/passkeys", made(mara, device)).want(http.StatusOK)
	elsa := h.add("Elsa", goodPassword)
	h.must(h.store.UpdateProfile(t.Context(), h.asOwner(), elsa.ID, store.Profile{Name: "Elsa", Administrator: true}))
	h.clock.pass(store.ConfirmLife)

	address := "/admin/users/" + strconv.FormatInt(elsa.ID, 10)
	asked := mara.post(address, url.Values{"name": {"Elsa the second"}}).asksAgain()
	form := url.Values{}
	asked.doc().Find(`form[data-begin] input[type=hidden]`).Each(func(_ int, field *goquery.Selection) {
		form.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	})
	if !form.Has("confirm_passkey") || form.Get("name") != "Elsa the second" {
		t.Fatalf("the form of the passkey carries %v", form)
	}
	_, oskars := h.withPasskey("Oskar")
	form.Set("confirm_passkey", shown(mara, oskars).Get("passkey"))
	mara.post(address, form).want(http.StatusUnprocessableEntity).says("somebody else’s")
	form.Set("confirm_passkey", shown(mara, device).Get("passkey"))
	mara.post(address, form).want(http.StatusSeeOther)
	if name := h.user(elsa.ID).Name; name != "Elsa the second" {
		t.Errorf("she is called %s", name)
	}

	h.clock.pass(store.ConfirmLife)
	page := mara.get("/account/confirm?next=/history").want(http.StatusOK)
	if page.doc().Find(`form[data-begin][action="/account/confirm"] input[name=passkey]`).Length() != 1 {
		t.Error("the page offers no passkey")
	}
	once := shown(mara, device)
	once.Set("next", "/history")
	if to := mara.post("/account/confirm", once).want(http.StatusSeeOther).Location; to != "/history" {
		t.Errorf("leads to %q", to)
	}
}

// TestPasskeysAreConfirmed asks for the password before a passkey is added or
// removed, and then does what was asked for.
func TestPasskeysAreConfirmed(t *testing.T) {
	h := newSecured(t)
	h.add("Elsa", goodPassword)
	b, device := h.securedAs("Elsa", away), passkey.New(t, "usher.example")
	form := made(b, device)
	h.clock.pass(store.ConfirmLife - time.Minute)
	late := made(b, device)
	h.clock.pass(2 * time.Minute)
	b.post("/account/passkeys/begin", nil).want(http.StatusForbidden)
	if b.get("/account/passkeys").doc().Find(`a[href^="/account/confirm"]`).Length() != 1 {
		t.Error("the page does not lead to the password")
	}
	b.post("/account/passkeys", late).asksAgain()
	late.Set("confirm_password", goodPassword)
	b.post("/account/passkeys", late).want(http.StatusOK).says("Your recovery codes")
	b.post("/account/passkeys", form).want(http.StatusForbidden).says("took too long")

	h.clock.pass(store.ConfirmLife)
	b.post("/account/passkeys/1/remove", nil).asksAgain()
	b.post("/account/passkeys/1/remove", url.Values{"confirm_password": {goodPassword}}).want(http.StatusSeeOther)
	if h.securedAs("Elsa", away).get("/account/passkeys/1").Status != http.StatusNotFound {
		t.Error("the passkey is there still")
	}
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

func FuzzPasskeyAnswer(f *testing.F) {
	for _, seed := range []string{"", "{}", "null", "[]", `{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"","signature":"","userHandle":""}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		h := newSecured(t)
		h.add("Elsa", goodPassword)
		stranger, elsa := h.secured(away), h.securedAs("Elsa", atHome)
		form := url.Values{"passkey": {answer}}
		stranger.post("/sign-in/passkey", form).want(http.StatusForbidden)
		elsa.post("/account/passkeys", form).want(http.StatusForbidden)
	})
}
