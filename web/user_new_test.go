package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"usher/store"
)

const newUser = "/admin/users/new"

// newUserForm is the form for a new user as it comes, with a name.
func newUserForm(name string) url.Values {
	return url.Values{"name": {name}, "all_libraries": {"on"}, "all_channels": {"on"}, "first_sign_in": {"none"}, "then": {""}}
}

// named is the user with this name.
func (h *house) named(name string) store.User {
	h.t.Helper()
	found, err := h.store.Users(context.Background(), store.UserQuery{})
	if err != nil {
		h.t.Fatal(err)
	}
	at := slices.IndexFunc(found.Users, func(u store.User) bool { return u.Name == name })
	if at < 0 {
		h.t.Fatalf("there is no %q", name)
	}
	return h.user(found.Users[at].ID)
}

// count is how many users there are.
func (h *house) count() int {
	h.t.Helper()
	n, err := h.store.CountUsers(context.Background(), store.ListLocal, store.FilterEveryone)
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestNewUserFormBeginsWithEverything(t *testing.T) {
	h := newHousehold(t)
	h.addLibrary("Films")
	b := h.signedIn("Mara", away)
	action, form := b.get(newUser).confirmed()
	for field, want := range map[string]string{"name": "", "email": "", "all_libraries": "on", "all_channels": "on", "first_sign_in": "link", "password": ""} {
		if got := strings.Join(form[field], " "); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if action != newUser || form.Has("library") {
		t.Errorf("the form goes to %s with %v", action, form)
	}
	form.Set("name", "Elsa")
	b.post(action, form).want(http.StatusCreated)
	if elsa := h.named("Elsa"); !elsa.Access.Equal(store.FullAccess()) || elsa.HasPassword || elsa.Role != store.RoleUser {
		t.Errorf("Elsa is %+v", elsa)
	}
}

func TestNewUserWithLink(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	form := newUserForm("Elsa")
	form.Set("first_sign_in", "link")
	answer := b.post(newUser, form).want(http.StatusCreated).says("A link for Elsa").says("It works once, until " + h.clock.now().Add(24*time.Hour).Format("Monday 2 January")).
		says("the address you are using now")
	link := answer.value("link")
	path, ours := strings.CutPrefix(link, "http://usher.example")
	if !ours || !strings.HasPrefix(path, "/reset/") {
		t.Fatalf("the link is %q", link)
	}
	if to := answer.links("footer a"); to["Go to Elsa"] != userPath(h.named("Elsa"), "") || !strings.HasPrefix(to["Add another"], newUser+"?") {
		t.Errorf("the page leads to %v", to)
	}
	hers := h.browser(away)
	hers.get(path).want(http.StatusOK).says("Elsa")
	hers.post(path, url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	h.browser(away).post(path, url.Values{"password": {goodPassword}}).want(http.StatusNotFound)
	h.signedIn("Elsa", away)

	nils := newUserForm("Nils")
	nils.Del("first_sign_in")
	late := strings.TrimPrefix(b.post(newUser, nils).want(http.StatusCreated).value("link"), "http://usher.example")
	h.clock.pass(24 * time.Hour)
	h.browser(away).get(late).want(http.StatusNotFound)
}

func TestNewUserLinkBeginsWithTheServersAddress(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	settings, err := h.store.Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	settings.Address = "http://home.example:8080"
	if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	form := newUserForm("Elsa")
	form.Set("first_sign_in", "link")
	answer := b.post(newUser, form).want(http.StatusCreated)
	if link := answer.value("link"); !strings.HasPrefix(link, "http://home.example:8080/reset/") {
		t.Errorf("the link is %q", link)
	}
	if strings.Contains(answer.text("main"), "the address you are using") {
		t.Error("the page complains of an address that is set")
	}
}

func TestNewUserWithPassword(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.addLibrary("Series")
	b := h.signedIn("Mara", away)
	form := url.Values{
		"name": {"  Elsa  "}, "email": {"elsa@example.org"}, "library": {strconv.FormatInt(films.ID, 10), "4711"},
		"first_sign_in": {"password"}, "password": {goodPassword},
	}
	b.follow(newUser, form).says("Elsa is added, and can sign in with the password you have set.").lists("Elsa", "Mara")
	elsa := h.named("Elsa")
	if want := (store.Access{Libraries: []int64{films.ID}}); !elsa.Access.Equal(want) || elsa.Email != "elsa@example.org" {
		t.Errorf("Elsa is %+v", elsa)
	}
	h.signedIn("Elsa", away)
}

func TestNewUserWithoutPassword(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	form := newUserForm("Nils")
	form.Set("password", goodPassword)
	b.follow(newUser, form).says("Nils is added, and can sign in at home with the name alone.")
	if h.named("Nils").HasPassword {
		t.Error("Nils got the password that was not chosen")
	}
	h.browser(atHome).post("/sign-in", signInForm("Nils", "")).want(http.StatusSeeOther)
}

func TestNewUserAndAnother(t *testing.T) {
	h := newHousehold(t)
	films, news := h.addLibrary("Films"), h.addChannel("News")
	h.addLibrary("Series")
	b := h.signedIn("Mara", away)
	form := url.Values{
		"name": {"Elsa"}, "email": {"elsa@example.org"}, "library": {strconv.FormatInt(films.ID, 10)}, "channel": {strconv.FormatInt(news.ID, 10)},
		"first_sign_in": {"password"}, "password": {goodPassword}, "then": {"another"},
	}
	_, kept := b.follow(newUser, form).says("Elsa is added").confirmed()
	want := url.Values{"name": {""}, "email": {""}, "library": form["library"], "channel": form["channel"], "first_sign_in": {"password"}, "password": {""}}
	for field, values := range want {
		if !slices.Equal(kept[field], values) {
			t.Errorf("%s is %q, want %q", field, kept[field], values)
		}
	}
	if kept.Has("all_libraries") || kept.Has("all_channels") {
		t.Error("the next user would get everything")
	}
	form = newUserForm("Nils")
	form.Set("first_sign_in", "link")
	form.Set("then", "another")
	form.Del("all_channels")
	another := b.post(newUser, form).want(http.StatusCreated).links("footer a")["Add another"]
	if _, kept = b.get(another).confirmed(); !kept.Has("all_libraries") || kept.Has("all_channels") {
		t.Errorf("after a link, %q keeps %v", another, kept)
	}
}

func TestNewUserRefused(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.settle(person("Åsa", "asa@example.org"))
	b := h.signedIn("Mara", away)
	before := h.count()
	for about, test := range map[string]struct{ field, value, says string }{
		"no name":                  {"name", "", "Type a name."},
		"spaces":                   {"name", " \u00a0\u3000 ", "Type a name."},
		"65 characters":            {"name", strings.Repeat("é", 65), "65 characters"},
		"zero width":               {"name", "El\u200bsa", "invisible character"},
		"right to left override":   {"name", "El\u202esa", "invisible character"},
		"control character":        {"name", "El\x07sa", "control characters"},
		"line break":               {"name", "El\nsa", "control characters"},
		"bytes that are no text":   {"name", "El\xffsa", "no text"},
		"another case":             {"name", "ÅSA", "There is already a user called Åsa."},
		"another Unicode form":     {"name", "A\u030asa", "There is already a user called Åsa."},
		"full width":               {"name", "ＭＡＲＡ", "There is already a user called Mara."},
		"the e-mail of another":    {"name", "asa@example.org", "There is already a user called Åsa."},
		"no e-mail":                {"email", "elsa at home", "invisible character"},
		"an e-mail without a host": {"email", "elsa@", "This is not an e-mail address."},
		"an e-mail with a name":    {"email", "Elsa<elsa@example.org>", "This is not an e-mail address."},
		"an e-mail that is taken":  {"email", "ASA@EXAMPLE.ORG", "Åsa has this e-mail address already."},
		"a password that is short": {"password", "plum", "8 characters"},
		"a password that is known": {"password", "password1", ""},
		"a password like the name": {"password", "elsaelsa", ""},
		"no password":              {"password", "", ""},
	} {
		t.Run(about, func(t *testing.T) {
			form := url.Values{
				"name": {"Elsa"}, "email": {"elsa@example.org"}, "library": {strconv.FormatInt(films.ID, 10)}, "all_channels": {"on"},
				"first_sign_in": {"password"}, "password": {goodPassword}, "then": {"another"},
			}
			form.Set(test.field, test.value)
			answer := b.post(newUser, form)
			answer.t = t
			answer.want(http.StatusUnprocessableEntity).wantError(test.field, test.says)
			for _, field := range []string{"name", "email", "password"} {
				if got, want := answer.value(field), form.Get(field); got != want {
					t.Errorf("%s holds %q, want what was typed: %q", field, got, want)
				}
			}
			doc := answer.doc()
			for selector, want := range map[string]int{
				"[name=all_libraries][checked]": 0, "[name=all_channels][checked]": 1,
				"[name=library][checked]": 1, "[name=first_sign_in][value=password][checked]": 1,
			} {
				if doc.Find(selector).Length() != want {
					t.Errorf("%s: %d, want %d", selector, doc.Find(selector).Length(), want)
				}
			}
		})
	}
	if n := h.count(); n != before {
		t.Errorf("%d users, want %d", n, before)
	}
}

func TestNewUserProblemsTogether(t *testing.T) {
	h := newHousehold(t)
	form := url.Values{"name": {""}, "email": {"x"}, "first_sign_in": {"password"}, "password": {"short"}}
	h.signedIn("Mara", away).post(newUser, form).want(http.StatusUnprocessableEntity).says("Three things to look at first").
		wantError("name", "Type a name.").wantError("email", "not an e-mail").wantError("password", "")
}

func TestNewUserWithUnknownFirstSignIn(t *testing.T) {
	h := newHousehold(t)
	form := newUserForm("Elsa")
	form.Set("first_sign_in", "magic")
	h.signedIn("Mara", away).post(newUser, form).want(http.StatusUnprocessableEntity).says("Choose how the first sign-in works.")
	if h.count() != 1 {
		t.Error("somebody was made")
	}
}

func TestNewUserFieldsThatAreNot(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	form := newUserForm("Elsa")
	for field, value := range map[string]string{
		"is_admin": "1", "administrator": "on", "role": "owner", "Role": "owner", "id": "77", "ID": "77", "password_hash": "$argon2id$v=19$m=1,t=1,p=1$YQ$YQ",
		"PasswordHash": "x", "LinkHash": "x", "disabled": "on", "note": "x", "local_access": "on", "may_change_password": "", "picture": "x",
		"accessForm.AllLibraries": "", "created_at": "1",
	} {
		form.Set(field, value)
	}
	b.follow(newUser, form)
	elsa := h.named("Elsa")
	want := store.User{ID: elsa.ID, Name: "Elsa", Role: store.RoleUser, MayChangePassword: true, Access: store.FullAccess(), CreatedAt: elsa.CreatedAt}
	if elsa.ID == 77 || elsa.Role != want.Role || elsa.Disabled || elsa.HasPassword || elsa.Note != "" || !elsa.EndsAt.IsZero() ||
		elsa.LocalAccess || !elsa.MayChangePassword || elsa.Picture != "" || !elsa.Access.Equal(want.Access) || time.Since(elsa.CreatedAt) > time.Hour {
		t.Errorf("Elsa is %+v, want %+v", elsa, want)
	}
	b.post(newUser+"?name=Nils", url.Values{"first_sign_in": {"none"}}).want(http.StatusUnprocessableEntity)
}

func TestNewUserBeyondTheLimit(t *testing.T) {
	h := newHousehold(t)
	settings, err := h.store.Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	settings.UserLimit = 1
	if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	b := h.signedIn("Mara", away)
	b.post(newUser, newUserForm("Elsa")).want(http.StatusSeeOther)
	answer := b.post(newUser, newUserForm("Nils")).want(http.StatusUnprocessableEntity)
	answer.says("This server is limited to 1 local user besides the owner, and has that many. The owner can raise the limit in Settings.")
	if answer.value("name") != "Nils" || h.count() != 2 {
		t.Errorf("%d users, and the form holds %q", h.count(), answer.value("name"))
	}
}

func TestNewUserHostileText(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	form := newUserForm(hostile)
	form.Set("first_sign_in", "link")
	form.Set("email", "x")
	for _, answer := range []answer{b.post(newUser, form), func() answer { form.Del("email"); return b.post(newUser, form) }(), b.get("/admin/users")} {
		if n := answer.doc().Find("script").Length(); n != 1 || !strings.Contains(answer.Body, "alert(1)") {
			t.Errorf("%d scripts, and the name is there: %v", n, strings.Contains(answer.Body, "alert(1)"))
		}
	}
}
