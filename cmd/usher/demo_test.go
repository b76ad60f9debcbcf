package main

import (
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"usher/store"
)

var (
	madeUpPassword = regexp.MustCompile(`The password of everyone who was added and has one: (\S+)`)
	madeUpPIN      = regexp.MustCompile(`The PIN of Jonas and Elsa, to be picked at home: (\d{4})\n`)
)

func TestDemo(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	out, err := usher(t, "", "demo", "--data", data)
	must(t, err)
	password := firstGroup(madeUpPassword, out)
	if !strings.Contains(out, "The owner is Mara Lindqvist.") || !strings.Contains(out, "Added seven users, three guests and four invitations") || password == "" {
		t.Fatalf("printed\n%s", out)
	}
	again, err := usher(t, "", "demo", "--data", data)
	if must(t, err); !strings.Contains(again, "Added no users, no guests and no invitations") || strings.Contains(again, "password") || strings.Contains(again, "PIN") || strings.Contains(again, "owner") {
		t.Errorf("the second time printed\n%s", again)
	}

	p := serveIn(t, data)
	if p.setUp != "" {
		t.Error("the demo needs a set-up")
	}
	mara := p.browser()
	mara.signIn("Mara Lindqvist", password).wants(http.StatusSeeOther)
	mara.get("/").wants(http.StatusOK).says("Continue watching")
	mara.get("/admin/users").wants(http.StatusOK).says("Grandma Ingrid")
	p.browser().signIn("jonas@lindqvist.example", password).wants(http.StatusSeeOther)
	p.browser().post("/sign-in", url.Values{"name": {"Elsa"}, "pin": {firstGroup(madeUpPIN, out)}}).wants(http.StatusSeeOther)
	// Beside a running server, which shows them at once.
	out, err = usher(t, "", "demo", "--users", "30", "--data", data)
	if must(t, err); !strings.Contains(out, "Added 30 users, three guests and one invitation") {
		t.Errorf("printed\n%s", out)
	}
	mara.get("/admin/users").wants(http.StatusOK).says("38")
	for _, folder := range []string{"Films", "Family photos"} {
		if info, err := os.Stat(filepath.Join(data, "demo-media", folder)); err != nil || !info.IsDir() {
			t.Errorf("the folder of %s: %v", folder, err)
		}
	}
}

func TestDemoOfThousands(t *testing.T) {
	data := t.TempDir()
	out, err := usher(t, "", "demo", "--users", "2000", "--data", data)
	if must(t, err); !strings.Contains(out, "Added 2,007 users, 203 guests and 104 invitations") {
		t.Fatalf("printed\n%s", out)
	}
	st, err := store.Open(t.Context(), data)
	must(t, err)
	defer func() { _ = st.Close() }()
	for filter, least := range map[store.UserFilter]int{
		store.FilterEveryone: 2007, store.FilterAdministrators: 2, store.FilterRestricted: 400, store.FilterDisabled: 50, store.FilterNoPassword: 50,
	} {
		if n, err := st.CountUsers(t.Context(), store.ListLocal, filter); err != nil || n < least {
			t.Errorf("%q leaves %d users, want %d or more: %v", filter, n, least, err)
		}
	}
	if out, err = usher(t, "", "demo", "--users", "2000", "--data", data); err != nil || !strings.Contains(out, "Added no users, no guests and no invitations") {
		t.Errorf("the second time: %v\n%s", err, out)
	}
	for _, users := range []string{"-1", "99999999", "many"} {
		_, err := usher(t, "", "demo", "--users", users, "--data", filepath.Join(data, "other"))
		wantRefusal(t, err, "--users")
	}
}

// Where the limit of the settings leaves no room, the demo adds nobody.
func TestDemoKeepsToLimit(t *testing.T) {
	data := t.TempDir()
	st, err := store.Open(t.Context(), data)
	must(t, err)
	_, err = st.MakeOwner(t.Context(), "Mara", "$x")
	must(t, err)
	settings, err := st.Settings(t.Context())
	must(t, err)
	settings.UserLimit = 3
	must(t, st.SaveSettings(t.Context(), store.Console(), settings))
	must(t, st.Close())
	_, err = usher(t, "", "demo", "--data", data)
	wantRefusal(t, err, "limited to 3 local users", "Nobody was added")
}

// What keeps the household out keeps its owner out as well: nobody would know
// the password.
func TestDemoWithoutRoomForFolders(t *testing.T) {
	data := t.TempDir()
	must(t, os.WriteFile(filepath.Join(data, "demo-media"), []byte("a letter"), 0o600))
	if out, err := usher(t, "", "demo", "--data", data); err == nil || out != "" {
		t.Fatalf("%v, and printed\n%s", err, out)
	}
	st, err := store.Open(t.Context(), data)
	must(t, err)
	defer func() { _ = st.Close() }()
	if owner, err := st.Owner(t.Context()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("there is an owner whose password nobody knows: %s, %v", owner.Name, err)
	}
}
