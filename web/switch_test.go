package web_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"usher/store"
)

// One person takes the place of another in one browser: of the session that was,
// nothing comes along.
func TestSwitch(t *testing.T) {
	h, people := family(t)
	b := h.signedIn("Mara", atHome)
	b.get("/admin/users").want(http.StatusOK)
	b.get("/switch").want(http.StatusOK).says("Who’s there?").wantFaces("Elsa: PIN", "Guest: Guest", "Ingrid:", "Mara: Signed in", "Nils:")
	before := h.sessionOf(b)

	b.post("/switch", pick(people["Elsa"], "pin", "4321")).want(http.StatusUnprocessableEntity)
	b.post("/switch", pick(people["Elsa"])).want(http.StatusUnprocessableEntity)
	b.isIn("Mara")
	b.post("/switch", pick(people["Elsa"], "pin", "1234")).want(http.StatusSeeOther)
	b.isIn("Elsa")
	after := h.sessionOf(b)
	if after.ID == before.ID || after.Strength != store.StrengthPIN || !after.ProvenAt.IsZero() || after.Factor != "" || after.Device == before.Device {
		t.Errorf("the session is %+v", after)
	}
	if n, err := h.store.OtherSessions(context.Background(), h.owner.ID, 0); err != nil || n != 0 {
		t.Errorf("Mara has %d sessions left, %v", n, err)
	}
	b.get("/admin/users").want(http.StatusForbidden)

	b.post("/switch", pick(people["Nils"])).want(http.StatusSeeOther)
	b.isIn("Nils")
	b.post("/switch", pick(h.owner)).want(http.StatusUnprocessableEntity)
	b.post("/switch", pick(h.owner, "password", goodPassword, "next", "/account")).want(http.StatusSeeOther)
	b.get("/admin/users").want(http.StatusOK)
}

// Picking oneself changes nothing, whatever one needs.
func TestSwitchToOneself(t *testing.T) {
	h, _ := family(t)
	b := h.signedIn("Mara", atHome)
	before := h.sessionOf(b)
	b.post("/switch", pick(h.owner)).want(http.StatusSeeOther)
	if after := h.sessionOf(b); after.ID != before.ID || after.Strength != store.StrengthPassword {
		t.Errorf("the session is %+v", after)
	}
}

// Away one switches by name and password, and an id is worth nothing.
func TestSwitchAway(t *testing.T) {
	h, people := family(t)
	b := h.signedIn("Mara", away)
	page := b.get("/switch").want(http.StatusOK).hides("Elsa").hides("Nils")
	if len(page.faces()) != 0 || !page.offers("name") || !page.leadsTo("/") {
		t.Errorf("it shows\n%s", page.Body)
	}
	b.post("/switch", pick(people["Nils"])).want(http.StatusUnprocessableEntity)
	b.isIn("Mara")
	b.post("/switch", signInForm("Hilda", goodPassword)).want(http.StatusSeeOther)
	b.isIn("Hilda")
}

// Whoever is gone by the time that they are picked is said to be, and whoever was
// signed in stays.
func TestSwitchToSomebodyGone(t *testing.T) {
	h, people := family(t)
	b, ctx := h.signedIn("Mara", atHome), context.Background()
	h.must(h.store.SetDisabled(ctx, h.asOwner(), true, people["Nils"].ID))
	h.must(h.store.DeleteUsers(ctx, h.asOwner(), people["Ingrid"].ID))
	h.must(h.store.SetHidden(ctx, h.asOwner(), people["Elsa"].ID, true))
	for _, name := range []string{"Nils", "Ingrid", "Elsa"} {
		b.post("/switch", pick(people[name], "pin", "1234")).want(http.StatusNotFound).says("Whoever you chose cannot be chosen here any more. Choose who is there.")
	}
	b.isIn("Mara")

	// Whoever switches may be gone as well.
	nils := h.browser(atHome)
	h.must(h.store.SetDisabled(ctx, h.asOwner(), false, people["Nils"].ID))
	nils.post("/sign-in", pick(people["Nils"])).want(http.StatusSeeOther)
	h.must(h.store.DeleteUsers(ctx, h.asOwner(), people["Nils"].ID))
	if to := nils.post("/switch", pick(people["Guest"])).want(http.StatusSeeOther).Location; to != "/sign-in" {
		t.Errorf("it leads to %s", to)
	}
}

// Whoever views as somebody else remains who they are.
func TestSwitchWhileViewingAs(t *testing.T) {
	h, people := family(t)
	b := h.signedIn("Mara", atHome)
	b.follow("/admin/users/"+fmt.Sprint(people["Ingrid"].ID)+"/view", nil).says("You see what Ingrid sees.")
	b.get("/switch").want(http.StatusForbidden)
	b.post("/switch", pick(people["Nils"])).want(http.StatusForbidden)
	b.post("/sign-in", pick(people["Nils"])).want(http.StatusForbidden)
	b.post("/view/stop", nil)
	b.post("/switch", pick(people["Nils"])).want(http.StatusSeeOther)
	b.get("/").hides("Ingrid")
}

// Switching ends what plays.
func TestSwitchEndsWhatPlays(t *testing.T) {
	h, elsa, bear, _ := cinema(t)
	nils := h.add("Nils", "")
	b := h.signedIn("Elsa", atHome)
	b.tell(bear, told("playing", "60", "5400")).want(http.StatusNoContent)
	if plays := h.server.Plays.Of(elsa.ID); len(plays) != 1 {
		t.Fatalf("before: %+v", plays)
	}
	b.post("/switch", pick(nils)).want(http.StatusSeeOther)
	if plays := h.server.Plays.Of(elsa.ID); len(plays) != 0 {
		t.Errorf("after: %+v", plays)
	}
}

// Whoever may not come in from away is refused after the right password, says
// nothing to others, and is signed in again at home.
func TestHomeOnly(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	phone := h.signedIn("Elsa", away)
	h.limited(elsa.ID, store.Restrictions{NoAway: true})
	phone.isOut()
	phone.get("/sign-in").says("This account is for use at home only. At home, you are signed in again without doing anything.")
	phone.address = atHome
	phone.isIn("Elsa")

	b := h.browser(away)
	b.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusForbidden).says("The password is right, but this account is for use at home only.")
	wrong := b.post("/sign-in", signInForm("Elsa", "wrong")).want(http.StatusUnprocessableEntity)
	if unknown := b.post("/sign-in", signInForm("Nobo", "wrong")); len(unknown.Body) != len(wrong.Body) {
		t.Error("a wrong password says more than a name that nobody has")
	}
	h.signedIn("Elsa", atHome)
	h.signedIn("Mara", away).get("/admin/activity").says("A sign-in as Elsa was refused (away from home).")
	h.limited(elsa.ID, store.Restrictions{})
	h.clock.pass(time.Hour)
	h.signedIn("Elsa", away)
}
