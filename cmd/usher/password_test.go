package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/store"
)

// Beside a running server, from standard input: the password is another at
// once, and whoever was signed in with the old one is not any more.
func TestPasswordBesideServer(t *testing.T) {
	asOwner(t, "Mara", goodPassword)
	data := t.TempDir()
	p := serveIn(t, data)
	mara := p.browser()
	mara.signIn("Mara", goodPassword).wants(http.StatusSeeOther)
	for _, piped := range []string{otherPassword, otherPassword + "\n", otherPassword + "\r\nanother line\n"} {
		out, err := usher(t, piped, "password", "MARA", "--data", data)
		must(t, err)
		if !strings.Contains(out, "The new password of Mara is set. Every device of Mara is signed out.") || strings.Contains(out, otherPassword) {
			t.Errorf("printed %q", out)
		}
		if mara.signedIn() {
			t.Error("Mara is still signed in")
		}
		mara.signIn("mara", otherPassword).wants(http.StatusSeeOther)
	}
	p.browser().signIn("Mara", goodPassword).wants(http.StatusUnprocessableEntity)
	mara.get("/admin/activity").wants(http.StatusOK).says("Server console")
}

func TestPasswordRefused(t *testing.T) {
	asOwner(t, "Mara", goodPassword)
	data := t.TempDir()
	p := serveIn(t, data)
	mara := p.browser()
	mara.signIn("Mara", goodPassword).wants(http.StatusSeeOther)
	nothing, file := filepath.Join(t.TempDir(), "nothing"), filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, []byte("a letter"), 0o600))
	for _, test := range []struct {
		in, name, data string
		says           []string
	}{
		{otherPassword, "Elsa", data, []string{`no user called "Elsa"`}},
		{otherPassword, "", data, []string{`no user called ""`}},
		{"password\n", "Mara", data, []string{"Weak"}},
		{"short\n", "Mara", data, []string{"at least 8 characters"}},
		{"mara mara\n", "Mara", data, []string{"Weak"}},
		{strings.Repeat("plum kettle ", 40), "Mara", data, []string{"up to 256 characters"}},
		{strings.Repeat("x", 1<<20), "Mara", data, []string{"up to 256 characters"}},
		{"plum kettle \xff\xfe orbit", "Mara", data, []string{"cannot be read"}},
		{"", "Mara", data, []string{"no password came from standard input"}},
		{"\n", "Mara", data, []string{"no password came from standard input"}},
		{otherPassword, "Mara", nothing, []string{"there is no Usher in " + nothing, "--data"}},
		{otherPassword, "Mara", file, []string{file}},
	} {
		_, err := usher(t, test.in, "password", test.name, "--data", test.data)
		wantRefusal(t, err, test.says...)
	}
	if _, err := os.Stat(nothing); err == nil {
		t.Error("a typing error in --data made a folder")
	}
	if !mara.signedIn() {
		t.Error("what was refused signed the owner out")
	}
	p.browser().signIn("Mara", goodPassword).wants(http.StatusSeeOther)
}

// Somebody who is disabled gets a password all the same, and the command says
// that it is not enough.
func TestPasswordOfDisabled(t *testing.T) {
	data := t.TempDir()
	st, err := store.Open(t.Context(), data)
	must(t, err)
	_, err = st.MakeOwner(t.Context(), "Mara", "$x")
	must(t, err)
	elsa, err := st.CreateUser(t.Context(), store.Console(), store.NewUser{Name: "Elsa", Email: "elsa@example.org"})
	must(t, err)
	must(t, st.SetDisabled(t.Context(), store.Console(), true, elsa.ID))
	must(t, st.Close())
	out, err := usher(t, goodPassword, "password", "elsa@example.org", "--data", data)
	if must(t, err); !strings.Contains(out, "Elsa is disabled and cannot sign in") {
		t.Errorf("printed %q", out)
	}
}

// A pipe that never says anything does not keep the program from ending.
func TestInterruptAtPipe(t *testing.T) {
	asOwner(t, "Mara", goodPassword)
	data := t.TempDir()
	must(t, serveIn(t, data).end())
	pipe, silent := io.Pipe()
	defer func() { _ = silent.Close() }()
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	reads := notice{Reader: pipe, begun: make(chan struct{})}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"password", "Mara", "--data", data}, streams{in: &reads, out: io.Discard, err: io.Discard})
	}()
	<-reads.begun
	interrupt()
	wantRefusal(t, <-ended, "interrupted. Nothing was changed")
}

// notice tells when somebody begins to read.
type notice struct {
	io.Reader
	begun chan struct{}
}

func (n *notice) Read(into []byte) (int, error) {
	close(n.begun)
	return n.Reader.Read(into)
}

// Guests look after their passwords alone, and the guest account has none: the
// command says so before it asks for one.
func TestPasswordOfOthersThanLocalUsers(t *testing.T) {
	data := t.TempDir()
	st, err := store.Open(t.Context(), data)
	must(t, err)
	_, err = st.MakeOwner(t.Context(), "Mara", "$x")
	must(t, err)
	_, err = st.AddHousehold(t.Context(), store.Household{People: []store.Person{
		{NewUser: store.NewUser{Kind: store.KindGuest, Name: "Priya", PasswordHash: "$p"}},
		{NewUser: store.NewUser{Kind: store.KindGuestAccount, Name: "Guest"}},
		{NewUser: store.NewUser{Kind: store.KindWaiting, Name: "Wanda", PasswordHash: "$w"}},
	}})
	must(t, err)
	must(t, st.Close())
	for name, says := range map[string]string{
		"Priya": "nobody else can set a guest's password", "Guest": "never has a password", "Wanda": "waits for approval",
	} {
		_, err := usher(t, otherPassword, "password", name, "--data", data)
		wantRefusal(t, err, name, says)
	}
}

// The second factor goes when the command says so, and is told of when it stays.
func TestPasswordAndSecondFactor(t *testing.T) {
	data := t.TempDir()
	st, err := store.Open(t.Context(), data)
	must(t, err)
	mara, err := st.MakeOwner(t.Context(), "Mara", "$x")
	must(t, err)
	must(t, st.BeginAuthenticator(t.Context(), store.Actor{ID: mara.ID}, []byte("token"), []byte("sealed")))
	_, err = st.SetAuthenticator(t.Context(), store.Actor{ID: mara.ID}, store.NewAuthenticator{Challenge: []byte("token"), Recovery: [][]byte{[]byte("code")}})
	must(t, err)
	must(t, st.Close())
	for _, test := range []struct {
		args []string
		says string
		left bool
	}{
		{nil, "Mara is still asked for a second factor. With --remove-second-factor it goes, too.", true},
		{[]string{"--remove-second-factor"}, "The second factor of Mara is removed", false},
		{[]string{"--remove-second-factor"}, "Every device of Mara is signed out.\n", false},
	} {
		out, err := usher(t, goodPassword, append([]string{"password", "Mara", "--data", data}, test.args...)...)
		if must(t, err); !strings.Contains(out, test.says) {
			t.Errorf("%v printed %q", test.args, out)
		}
		st, err := store.Open(t.Context(), data)
		must(t, err)
		u, err := st.User(t.Context(), mara.ID)
		must(t, err)
		if u.Codes != test.left {
			t.Errorf("%v leaves codes: %v", test.args, u.Codes)
		}
		must(t, st.Close())
	}
}
