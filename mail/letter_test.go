package mail_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"usher/mail"
	"usher/store"
)

// aLetter has everything that any kind of letter says.
func aLetter(kind store.LetterKind) store.Letter {
	return store.Letter{
		ID: 1, Kind: kind, Recipient: "elsa@example.org", Name: "Elsa", Subject: "Priya Raman", Actor: "Mara",
		BaseURL: "https://home.example", MessageID: "x@home.example", Server: "Elm Street 14",
		Ends: time.Date(2026, time.June, 12, 15, 4, 0, 0, time.UTC), LastDay: time.Date(2026, time.August, 31, 23, 59, 0, 0, time.UTC), Greeting: "See you soon!\nMara",
		Access: store.Access{Libraries: []int64{1}, AllChannels: true}, Libraries: []string{"Films"},
	}
}

// deviceLetter tells of a new device.
func deviceLetter(held bool) store.Letter {
	l := aLetter(store.LetterDevice)
	l.Held, l.Device = held, store.Device{Kind: "Firefox on Linux", Address: "203.0.113.9", FirstSeenAt: time.Date(2026, time.June, 5, 12, 0, 0, 0, time.UTC)}
	return l
}

func compose(t *testing.T, l store.Letter) (mail.Message, *goquery.Document) {
	t.Helper()
	m, err := mail.Compose(t.Context(), l, "TOKEN")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(m.HTML))
	if err != nil {
		t.Fatal(err)
	}
	return m, doc
}

func TestCompose(t *testing.T) {
	registered := func(known store.Kind) store.Letter {
		l := aLetter(store.LetterRegistration)
		l.Name, l.Known = "", known
		return l
	}
	asked := aLetter(store.LetterReset)
	asked.Actor = ""
	for _, test := range []struct {
		letter  store.Letter
		subject string
		path    string // of the link; "" for none
		says    []string
	}{
		{aLetter(store.LetterInvitation), "Mara invites you to Elm Street 14", "/join/TOKEN", []string{"See you soon!", "Films", "All", "Monday 31 August 2026", "Friday 12 June 2026, 15:04 UTC"}},
		{aLetter(store.LetterAccepted), "Priya Raman has accepted your invitation", "/admin/guests", []string{"a guest of Elm Street 14"}},
		{aLetter(store.LetterReset), "Choose a password for Elm Street 14", "/reset/TOKEN", []string{"Hello Elsa", "Mara has sent you", "Friday 12 June 2026, 15:04 UTC"}},
		{asked, "Choose a password for Elm Street 14", "/reset/TOKEN", []string{"Somebody asked at Elm Street 14"}},
		{aLetter(store.LetterConnect), "Another way to sign in to Elm Street 14", "/account/connect", []string{"Hello Elsa"}},
		{registered(""), "Confirm your address for Elm Street 14", "/register/TOKEN", []string{"Friday 12 June 2026, 15:04 UTC"}},
		{registered(store.KindGuest), "You have an account at Elm Street 14 already", "/sign-in", nil},
		{registered(store.KindWaiting), "Your registration at Elm Street 14 waits for approval", "", nil},
		{registered(store.KindInvited), "You are invited to Elm Street 14 already", "", nil},
		{aLetter(store.LetterRegistered), "Priya Raman waits for approval", "/admin/users", nil},
		{deviceLetter(false), "A new device at Elm Street 14", "/device/TOKEN", []string{"Hello Elsa", "You have signed in", "Firefox on Linux", "Away from home, from 203.0.113.9", "Friday 5 June 2026, 12:00 UTC", "Friday 12 June 2026, 15:04 UTC"}},
		{deviceLetter(true), "A new device at Elm Street 14", "/device/TOKEN", []string{"Nobody comes in there before an administrator has decided."}},
		{aLetter(store.LetterApproved), "You can sign in to Elm Street 14", "/sign-in", []string{"Hello Elsa"}},
	} {
		m, doc := compose(t, test.letter)
		if m.Subject != test.subject || m.To != "elsa@example.org" || m.Sender != "Elm Street 14" {
			t.Errorf("%s: %q to %s from %s, want %q", test.letter.Kind, m.Subject, m.To, m.Sender, test.subject)
		}
		html := doc.Find("body").Text()
		for _, words := range test.says {
			if !strings.Contains(m.Text, words) || !strings.Contains(html, words) {
				t.Errorf("%s does not say %q in both:\n%s\n%s", test.letter.Kind, words, m.Text, html)
			}
		}
		link, _ := doc.Find("a.button").Attr("href")
		if test.path == "" && link != "" || test.path != "" && (link != "https://home.example"+test.path || !strings.Contains(m.Text, "\n"+link+"\n")) {
			t.Errorf("%s: the link is %q\n%s", test.letter.Kind, link, m.Text)
		}
		if doc.Find("img, script, link, table").Length() > 0 {
			t.Errorf("%s fetches something or draws a table", test.letter.Kind)
		}
	}
}

func TestComposeWithoutAddress(t *testing.T) {
	l := aLetter(store.LetterAccepted)
	l.BaseURL = ""
	if m, doc := compose(t, l); doc.Find("a").Length() > 0 || strings.Contains(m.Text, "/admin") {
		t.Errorf("there is a link to nowhere:\n%s", m.Text)
	}
}

func TestComposeHostileNames(t *testing.T) {
	const hostile = `<script>alert(1)</script>"><img src=x>`
	l := aLetter(store.LetterInvitation)
	l.Actor, l.Server, l.Greeting, l.Libraries = hostile, hostile, hostile, []string{hostile}
	m, doc := compose(t, l)
	if doc.Find("script, img").Length() > 0 || !strings.Contains(doc.Find("blockquote").Text(), hostile) {
		t.Errorf("a name became HTML:\n%s", m.HTML)
	}
}
