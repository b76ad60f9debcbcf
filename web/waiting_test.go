package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"usher/store"
)

// waits has somebody register, who then waits.
func (h *house) waits(name string) store.User {
	h.t.Helper()
	u, err := h.store.Register(context.Background(), store.Registrant{Name: name, PasswordHash: goodHash()}, store.NewSession{})
	if err != nil {
		h.t.Fatal(err)
	}
	return u
}

func TestApproveOne(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval)
	elsa := h.waits("Elsa")
	b := h.signedIn("Mara", away)
	page := b.get("/admin/users/waiting").want(http.StatusOK).says("Waiting for approval").says("No libraries · no channels").says("once approved").says("Just now")
	if names := page.names(); len(names) != 1 || names[0] != "Elsa" {
		t.Errorf("the page shows %v", names)
	}
	b.get("/admin/users").says("Waiting for approval").says("Elsa")
	b.follow(fmt.Sprintf("/admin/users/%d/approve", elsa.ID), url.Values{"back": {"/admin/users"}}).says("Elsa is approved, and may sign in now.")
	h.signedIn("Elsa", away)
	b.get("/admin/users/waiting").says("Nobody waits")
	b.follow(fmt.Sprintf("/admin/users/%d/approve", elsa.ID), nil).says("This was decided by somebody in the meantime.")
	b.get("/admin/activity").says("Mara approved the registration of Elsa.")
}

func TestRefuseOne(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval)
	elsa := h.waits("Elsa")
	b := h.signedIn("Mara", away)
	address := fmt.Sprintf("/admin/users/%d/refuse", elsa.ID)
	action, form := b.get(address).says("Refuse Elsa?").confirmed()
	if action != address {
		t.Errorf("the question leads to %s", action)
	}
	if len(h.listOf(store.ListWaiting)) != 1 {
		t.Error("asking is refusing")
	}
	b.follow(action, form).says("Elsa is refused.")
	h.browser(away).post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusUnprocessableEntity)
	b.get(address).want(http.StatusNotFound)
	b.follow(address, nil).says("This was decided by somebody in the meantime.")
}

func TestDecideAboutSeveral(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval)
	elsa, nils, oskar, pia := h.waits("Elsa"), h.waits("Nils"), h.waits("Oskar"), h.waits("Pia")
	b := h.signedIn("Mara", away)
	b.follow("/admin/users/waiting", selection("approve")).says("Nobody is selected.")
	b.follow("/admin/users/waiting", selection("approve", elsa, h.owner)).says("This was decided by somebody in the meantime.")
	b.follow("/admin/users/waiting", selection("approve", elsa, nils)).says("Elsa and Nils are approved, and may sign in now.")
	action, form := b.post("/admin/users/waiting", selection("refuse", oskar, pia)).says("Refuse two people?").says("Oskar and Pia").confirmed()
	b.follow(action, form).says("Oskar and Pia are refused.")
	b.post("/admin/users/waiting", selection("delete", h.waits("Late"))).want(http.StatusBadRequest)
	if waiting, local := len(h.listOf(store.ListWaiting)), len(h.listOf(store.ListLocal)); waiting != 1 || local != 3 {
		t.Errorf("%d wait and %d live here", waiting, local)
	}
}

func TestApproveWithinTheLimit(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval)
	elsa, nils := h.waits("Elsa"), h.waits("Nils")
	b := h.signedIn("Mara", away)
	b.save("user_limit", "1")
	b.follow("/admin/users/waiting", selection("approve", elsa, nils)).says("limited to 1 local user besides the owner").says("Nothing was changed.")
	if n := len(h.listOf(store.ListWaiting)); n != 2 {
		t.Errorf("%d wait, want both", n)
	}
}

func TestApprovedAreTold(t *testing.T) {
	h := newPostalHousehold(t).rules(store.RegistrationApproval)
	link := h.registerLink("elsa@example.org")
	h.browser(away).post(link, registration("Elsa")).want(http.StatusSeeOther)
	elsa := h.listOf(store.ListWaiting)[0]
	b := h.signedIn("Mara", away)
	b.get("/admin/users/waiting").says("elsa@example.org · verified")
	b.follow(fmt.Sprintf("/admin/users/%d/approve", elsa.ID), nil).says("Elsa is approved, and may sign in now. An e-mail says so.")
	if letter, _ := h.claim(); letter.Kind != store.LetterApproved || letter.Recipient != "elsa@example.org" {
		t.Errorf("the letter is %+v", letter)
	}
}

// TestWaitingAreNoUsers holds every page about a user to know nothing of those
// who wait.
func TestWaitingAreNoUsers(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval)
	id := strconv.FormatInt(h.waits("Elsa").ID, 10)
	b := h.signedIn("Mara", away)
	for route := range areaTable {
		method, path, _ := strings.Cut(route, " ")
		if !strings.Contains(path, "/users/:id") || strings.HasSuffix(path, "/approve") || strings.HasSuffix(path, "/refuse") {
			continue
		}
		path = strings.ReplaceAll(path, ":id", id)
		contentType := ""
		if method == http.MethodPost {
			contentType = "application/x-www-form-urlencoded"
		}
		b.send(method, path, contentType, nil).want(http.StatusNotFound)
	}
}

func TestWaitingSearchAndPages(t *testing.T) {
	h := newHousehold(t).rules(store.RegistrationApproval, aDay(100))
	for n := range 51 {
		h.waits(fmt.Sprintf("Elsa %02d", n))
	}
	h.waits(hostile)
	b := h.signedIn("Mara", away)
	first := b.get("/admin/users/waiting").want(http.StatusOK)
	if n := len(first.names()); n != 50 || !first.leadsTo("/admin/users/waiting?page=2") {
		t.Errorf("the first page shows %d", n)
	}
	if n := len(b.get("/admin/users/waiting?page=2").names()); n != 2 {
		t.Errorf("the second page shows %d", n)
	}
	if names := b.get("/admin/users/waiting?q=elsa+07").names(); len(names) != 1 || names[0] != "Elsa 07" {
		t.Errorf("a search finds %v", names)
	}
	b.get("/admin/users/waiting?q=nobody").says("Nobody found")
}
