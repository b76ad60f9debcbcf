package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"usher/store"
)

// withCode answers a page that asks to be confirmed with the password and a code.
func (b *browser) withCode(asked answer, codes *authenticator) answer {
	b.house.t.Helper()
	to, form := asked.asksAgain().confirmation(goodPassword)
	b.post(to, form).want(http.StatusUnprocessableEntity).says("This code is not right")
	form.Set("confirm_code", codes.code(0))
	return b.post(to, form)
}

// TestPasswordAloneReplacesNoSecondFactor holds that whoever was picked at home,
// and knows the password, does not come in from everywhere by changing it.
func TestPasswordAloneReplacesNoSecondFactor(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	codes := h.withCodes(elsa)
	b := h.picked(elsa)
	form := url.Values{"current": {goodPassword}, "password": {"quokka herd on a hill"}}
	asked := b.post("/account/password", form)
	b.withCode(asked, codes).want(http.StatusSeeOther)
	b.address = away
	b.isIn("Elsa")
}

// TestPasswordAloneLinksNothing holds the same for an account elsewhere, with
// which nobody is asked for a second factor.
func TestPasswordAloneLinksNothing(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	codes := h.withCodes(elsa)
	b := h.picked(elsa)
	asked := b.post("/account/connect", h.linking(goodPassword))
	b.withCode(asked, codes).want(http.StatusOK)
}

// TestConnectReplacesNoSecondFactor holds that whoever has come through Connect
// shows the second factor before it becomes another.
func TestConnectReplacesNoSecondFactor(t *testing.T) {
	h := newConnected(t)
	elsa := h.add("Elsa", goodPassword)
	h.link("Elsa", elsaElsewhere)
	codes := h.withCodes(elsa)
	for _, change := range []string{"/account/second-factor", "/account/second-factor/recovery-codes", "/account/second-factor/remove"} {
		b := h.browser(away)
		h.through(b, h.start(), elsaElsewhere)
		b.isIn("Elsa")
		h.clock.pass(store.CodePeriod)
		if done := b.withCode(b.post(change, nil), codes); done.Status >= http.StatusBadRequest {
			t.Errorf("%s with a code answers %d", change, done.Status)
		}
	}
}

// TestOldConnectSessionMakesNoOtherWayIn holds that whoever finds a browser open in
// which somebody came through Connect long ago neither sets a password there, nor
// an e-mail address to have a link sent to.
func TestOldConnectSessionMakesNoOtherWayIn(t *testing.T) {
	h := newConnected(t)
	b, priya := h.joinWith(priyaElsewhere)
	h.clock.pass(store.ConfirmLife)
	for page, form := range map[string]url.Values{
		"/account/password": {"password": {"quokka herd on a hill"}},
		"/account/profile":  {"name": {priya.Name}, "email": {"thief@example.org"}},
	} {
		b.post(page, form).want(http.StatusForbidden).says("Is it you?")
	}
	b.post("/account/profile", url.Values{"name": {"Priya R"}, "email": {priya.Email}}).want(http.StatusSeeOther)
	if u := h.user(priya.ID); u.HasPassword || u.Email != priya.Email || u.Name != "Priya R" {
		t.Errorf("Priya is %+v", u)
	}
}
