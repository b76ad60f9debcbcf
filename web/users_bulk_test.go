package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"usher/store"
)

// selection is what the list sends when these users are ticked.
func selection(action string, users ...store.User) url.Values {
	form := url.Values{"action": {action}, "back": {"/admin/users?sort=newest"}}
	for _, u := range users {
		form.Add("id", strconv.FormatInt(u.ID, 10))
	}
	return form
}

// confirmed is a form of the page that asks once more, filled in as it came,
// with the button that sends it.
func (a answer) confirmed() (action string, form url.Values) {
	a.t.Helper()
	question := a.want(http.StatusOK).doc().Find("main form")
	if question.Length() != 1 {
		a.t.Fatalf("%d forms on the page:\n%s", question.Length(), a.Body)
	}
	form = url.Values{}
	for _, field := range question.Find("input, button[name]").Not("[name=preset], [name=show]").EachIter() {
		kind := field.AttrOr("type", "")
		if _, checked := field.Attr("checked"); (kind == "checkbox" || kind == "radio") && !checked {
			continue
		}
		form.Add(field.AttrOr("name", ""), field.AttrOr("value", "on"))
	}
	return question.AttrOr("action", ""), form
}

// disabledOnes are the names of those who are disabled.
func (h *house) disabledOnes() []string {
	h.t.Helper()
	found, err := h.store.Users(context.Background(), store.UserQuery{Filter: store.FilterDisabled})
	if err != nil {
		h.t.Fatal(err)
	}
	names := []string{}
	for _, u := range found.Users {
		names = append(names, u.Name)
	}
	return names
}

func TestDisableAndEnableSeveral(t *testing.T) {
	h := newHousehold(t)
	elsa, nils, oskar := h.add("Elsa", goodPassword), h.add("Nils", ""), h.add("Oskar", "")
	hers := h.signedIn("Elsa", away)
	b := h.signedIn("Mara", away)
	answer := b.post("/admin/users", selection("disable", elsa, nils, elsa)).want(http.StatusSeeOther)
	if answer.Location != "/admin/users?sort=newest" {
		t.Errorf("back at %q", answer.Location)
	}
	b.get(answer.Location).says("Elsa and Nils are disabled, and signed out everywhere.")
	if got := h.disabledOnes(); !slices.Equal(got, []string{"Elsa", "Nils"}) {
		t.Errorf("disabled are %q", got)
	}
	hers.get("/").want(http.StatusSeeOther)
	b.follow("/admin/users", selection("enable", elsa, nils, oskar)).says("Elsa, Nils and Oskar may sign in again.")
	if got := h.disabledOnes(); len(got) != 0 {
		t.Errorf("disabled are %q", got)
	}
}

func TestSelectionIsChangedAllOrNone(t *testing.T) {
	h := newHousehold(t)
	jonas, elsa, nils := h.addAdministrator("Jonas"), h.add("Elsa", ""), h.add("Nils", "")
	gone := h.add("Oskar", "")
	if err := h.store.DeleteUsers(context.Background(), h.asOwner(), gone.ID); err != nil {
		t.Fatal(err)
	}
	restricted := store.Access{}
	for _, u := range []store.User{elsa, nils} {
		if err := h.store.SetAccess(context.Background(), h.asOwner(), restricted, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	mara, his := h.signedIn("Mara", away), h.signedIn("Jonas", away)
	const (
		owner     = "Mara is the owner, for whom this cannot be done."
		self      = "You cannot do this to yourself."
		unchanged = "Nothing was changed."
	)
	for _, test := range []struct {
		about string
		by    *browser
		users []store.User
		says  []string
	}{
		{"the owner by herself", mara, []store.User{elsa, h.owner, nils}, []string{owner, unchanged}},
		{"the owner alone", mara, []store.User{h.owner}, []string{owner, unchanged}},
		{"the owner by an administrator", his, []store.User{elsa, h.owner, nils}, []string{owner, unchanged}},
		{"an administrator by himself", his, []store.User{elsa, jonas}, []string{self, unchanged}},
		{"both", his, []store.User{elsa, jonas, h.owner}, []string{self, owner, unchanged}},
		{"somebody deleted in the meantime", mara, []store.User{elsa, gone}, []string{"Somebody among those you selected has been deleted in the meantime.", unchanged}},
		{"nobody", mara, nil, []string{"Nobody is selected. Tick people in the list first"}},
	} {
		for _, action := range []string{"disable", "delete", "delete confirmed", "access", "access confirmed", "restrict", "restrict confirmed"} {
			action, confirmed := strings.CutSuffix(action, " confirmed")
			if (action == "access" || action == "restrict") && slices.Contains(test.says, self) {
				continue // An administrator may choose what he watches.
			}
			form := selection(action, test.users...)
			if confirmed {
				form.Set("confirmed", "yes")
				form.Set("all_libraries", "on")
				form.Set("preset", "younger-child")
			}
			text := test.by.follow("/admin/users", form).text(".note.bad")
			for _, sentence := range test.says {
				if !strings.Contains(text, sentence) {
					t.Errorf("%s, %s: the page says %q, not %q", test.about, action, text, sentence)
				}
			}
		}
	}
	if got := h.disabledOnes(); len(got) != 0 {
		t.Errorf("disabled are %q", got)
	}
	if got := h.user(elsa.ID).Access; !got.Equal(restricted) {
		t.Errorf("Elsa may watch %+v", got)
	}
	if n, err := h.store.CountUsers(context.Background(), store.ListLocal, store.FilterEveryone); err != nil || n != 4 {
		t.Errorf("%d users, %v", n, err)
	}
}

func TestDeleteSeveral(t *testing.T) {
	h := newHousehold(t)
	elsa, nils := h.add("Elsa", ""), h.add("Nils", "")
	h.add("Oskar", "")
	b := h.signedIn("Mara", away)
	question := b.post("/admin/users", selection("delete", nils, elsa)).want(http.StatusOK).says("Delete two people?").says("Nils and Elsa")
	if question.doc().Find("form[data-dialog-body]").Length() != 1 {
		t.Error("the question fits no dialog")
	}
	h.user(elsa.ID)
	action, form := question.confirmed()
	b.follow(action, form).says("Nils and Elsa are deleted.").lists("Oskar", "Mara")
}

func TestQuestionNamesTenPeople(t *testing.T) {
	h := newHousehold(t)
	var people []store.Person
	for i := range 22 {
		people = append(people, person(fmt.Sprintf("P%02d", i), ""))
	}
	h.settle(people...)
	found, err := h.store.Users(context.Background(), store.UserQuery{Search: "p"})
	if err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	const want = "P00, P01, P02, P03, P04, P05, P06, P07, P08, P09 and twelve others"
	b.post("/admin/users", selection("delete", found.Users...)).says("Delete 22 people?").says(want)
	action, form := b.post("/admin/users", selection("delete", found.Users...)).confirmed()
	b.follow(action, form).says("P00, P01, P02 and 19 others are deleted.").lists("Mara")
}

func TestGiveAccessToSeveral(t *testing.T) {
	h := newHousehold(t)
	films, series, news := h.addLibrary("Films"), h.addLibrary("Series"), h.addChannel("News")
	elsa := h.addWith("Elsa", store.Access{Libraries: []int64{films.ID}, AllChannels: true})
	nils := h.addWith("Nils", store.Access{Libraries: []int64{films.ID}, AllChannels: true})
	oskar := h.addWith("Oskar", store.FullAccess())
	b := h.signedIn("Mara", away)

	question := b.post("/admin/users", selection("access", elsa, nils)).want(http.StatusOK).says("What Elsa and Nils may watch.")
	doc := question.doc()
	if doc.Find("input[name=library][checked]").Length() != 1 || doc.Find("input[name=all_libraries][checked]").Length() != 0 {
		t.Error("the page does not begin with what both may watch")
	}
	if b.post("/admin/users", selection("access", elsa, oskar)).doc().Find("input[name=all_libraries][checked]").Length() != 1 {
		t.Error("the page does not begin with everything for those who differ")
	}

	action, form := question.confirmed()
	form["library"] = []string{strconv.FormatInt(series.ID, 10), "999999", "junk"}
	form.Del("all_channels")
	form.Set("channel", strconv.FormatInt(news.ID, 10))
	b.follow(action, form).says("What Elsa and Nils may watch is saved.")
	want := store.Access{Libraries: []int64{series.ID}, Channels: []int64{news.ID}}
	for _, u := range []store.User{elsa, nils} {
		if got := h.user(u.ID).Access; !got.Equal(want) {
			t.Errorf("%s may watch %+v, want %+v", u.Name, got, want)
		}
	}
	if !h.user(oskar.ID).Access.Equal(store.FullAccess()) {
		t.Error("Oskar was not selected")
	}
	b.follow("/admin/users", url.Values{"action": {"access"}, "confirmed": {"yes"}, "id": form["id"]})
	if got := h.user(elsa.ID).Access; !got.Equal(store.Access{}) {
		t.Errorf("with nothing ticked, Elsa may watch %+v", got)
	}
}

func TestSelectionThatMakesNoSense(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", "")
	b := h.signedIn("Mara", away)
	b.post("/admin/users", selection("appoint", elsa)).want(http.StatusBadRequest)
	b.post("/admin/users", selection("", elsa)).want(http.StatusBadRequest)
	junk := selection("disable")
	junk["id"] = []string{"", "-3", "0", "1e3", "99999999999999999999", "x"}
	b.follow("/admin/users", junk).says("Nobody is selected.")
	many := selection("disable")
	for i := range store.MaxSelected + 1 {
		many.Add("id", strconv.Itoa(i+1))
	}
	b.follow("/admin/users", many).says("That is more than 1000 people at once. Select fewer.")
	evil := selection("disable", elsa)
	evil.Set("back", "/admin/settings")
	if to := b.post("/admin/users", evil).want(http.StatusSeeOther).Location; to != "/admin/users" {
		t.Errorf("back at %q", to)
	}
}
