package mail_test

import (
	"errors"
	"strings"
	"testing"

	"usher/mail"
	"usher/store"
)

func TestParseServer(t *testing.T) {
	for text, want := range map[string]mail.Server{
		"smtps://mara:secret@mail.example?from=usher@example.org": {
			Host: "mail.example", Port: 465, Encryption: mail.TLS, User: "mara", Password: "secret", From: "usher@example.org"},
		"smtp+starttls://Mail.Example:2525/?from=usher@example.org": {
			Host: "mail.example", Port: 2525, Encryption: mail.STARTTLS, From: "usher@example.org"},
		"smtp://m%40x:p%3A%2F%3F%23%5B@[::1]?from=usher@example.org": {
			Host: "::1", Port: 25, Encryption: mail.STARTTLSIfBetter, User: "m@x", Password: "p:/?#[", From: "usher@example.org"},
	} {
		got, err := mail.ParseServer(text)
		if err != nil || got != want {
			t.Errorf("%s is %+v: %v", text, got, err)
		}
		again, err := mail.ParseServer(got.URL())
		if err != nil || again != got {
			t.Errorf("%s is read as %+v: %v", got.URL(), again, err)
		}
	}
}

func TestParseServerRefuses(t *testing.T) {
	const secret = "s3cret"
	for text, field := range map[string]string{
		"": "host", "mail.example": "host", "smtp:mail.example": "host", "smtp://mail.example/inbox?from=u@example.org": "host",
		"smtp://?from=u@example.org":                                   "host",
		"smtp://mail%20example?from=u@example.org":                     "host",
		"smtp://a_b!c?from=u@example.org":                              "host",
		"http://mail.example?from=u@example.org":                       "encryption",
		"smtp://mail.example:0?from=u@example.org":                     "port",
		"smtp://mail.example:70000?from=u@example.org":                 "port",
		"smtp://mail.example":                                          "from",
		"smtp://mail.example?from=nobody":                              "from",
		"smtp://mail.example?from=a@example.org%0d%0aBcc:b@example":    "from",
		"smtp://:" + secret + "@mail.example?from=u@example.org":       "user",
		"smtp://m%0a:" + secret + "@mail.example?from=u@example.org":   "user",
		"smtp://m:" + secret + "%00@mail.example?from=u@example.org":   "password",
		"smtp://m:" + secret + "@mail.example:port?from=u@example.org": "host",
	} {
		_, err := mail.ParseServer(text)
		var invalid *store.Invalid
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || invalid.Problems[0].Field != field {
			t.Errorf("%q: %v, want one problem at %s", text, err, field)
			continue
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q: the message tells the password: %v", text, err)
		}
	}
}

// FuzzParseServer holds every server that is read to being written so that it
// is read the same, and to naming what can be put on a line.
func FuzzParseServer(f *testing.F) {
	for _, text := range []string{
		"smtps://mara:secret@mail.example:465?from=usher@example.org", "smtp://[::1]:25?from=a@b.example", "smtp+starttls://x?from=ü@ü.example",
		"smtp://%0d%0a@x?from=a@b", "smtp://x:99999?from=a@b", "://", "smtp://x?from=a@b&from=c@d", "smtp://[fe80::1%25eth0]?from=a@b.example",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		server, err := mail.ParseServer(text)
		if err != nil {
			return
		}
		if strings.ContainsAny(server.Host+server.User+server.Password+server.From, "\r\n\x00") {
			t.Fatalf("%q has a line break: %+v", text, server)
		}
		again, err := mail.ParseServer(server.URL())
		if err != nil || again != server {
			t.Fatalf("%q is %+v, and then %+v: %v", text, server, again, err)
		}
	})
}
