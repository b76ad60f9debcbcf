package mail_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"usher/internal/letterbox"
	"usher/mail"
)

// open is a letterbox that is closed with the test.
func open(t *testing.T, options letterbox.Options) *letterbox.Box {
	t.Helper()
	box, err := letterbox.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(box.Close)
	return box
}

// parse is the server behind an address.
func parse(t *testing.T, address string) mail.Server {
	t.Helper()
	server, err := mail.ParseServer(address)
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func trial(t *testing.T, to string) mail.Message {
	t.Helper()
	message, err := mail.Trial(t.Context(), "Elm Street 14", to)
	if err != nil {
		t.Fatal(err)
	}
	return message
}

func nothing() error { return nil }

// wantFailure fails the test unless err is a failure that says so.
func wantFailure(t *testing.T, err error, permanent bool, words string) {
	t.Helper()
	var failure *mail.Failure
	if !errors.As(err, &failure) || failure.Permanent != permanent || !strings.Contains(failure.Why, words) {
		t.Errorf("error %v (%#v), want permanent %v and %q", err, failure, permanent, words)
	}
}

func TestSend(t *testing.T) {
	box := open(t, letterbox.Options{})
	handed := 0
	message := trial(t, "elsa@example.org")
	err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), message, func() error {
		handed++
		if len(box.Letters()) > 0 {
			t.Error("the letter is there before it is handed over")
		}
		return nil
	})
	if err != nil || handed != 1 {
		t.Fatalf("handed over %d times: %v", handed, err)
	}
	letters := box.Letters()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	l := letters[0]
	if l.From != "usher@example.org" || len(l.To) != 1 || l.To[0] != "elsa@example.org" || l.Subject != "E-mail works" || l.MessageID != message.ID {
		t.Errorf("the letter is %+v", l)
	}
	if !strings.Contains(l.Text, "Elm Street 14") || !strings.Contains(l.HTML, "<h1>E-mail works</h1>") || l.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("the letter says\n%s", l.Raw)
	}
}

func TestSendFaults(t *testing.T) {
	for _, test := range []struct {
		fault     letterbox.Fault
		permanent bool
		says      string
		handed    bool
		taken     int
	}{
		{letterbox.RefuseGreeting, false, "does not want to talk. It said: “554", false, 0},
		{letterbox.RefuseAuth, false, "did not accept the user name and the password (535)", false, 0},
		{letterbox.RefuseSender, false, "takes no e-mail from usher@example.org", false, 0},
		{letterbox.RefuseRecipient, true, "does not take e-mail for elsa@example.org. It said: “550 5.1.1 No such user here”", false, 0},
		{letterbox.PostponeRecipient, false, "does not take e-mail for elsa@example.org. It said: “450", false, 0},
		{letterbox.RefuseMessage, true, "does not take this e-mail. It said: “554", true, 0},
		{letterbox.PostponeMessage, false, "does not take this e-mail. It said: “451", true, 0},
		{letterbox.CutInData, false, "cut the connection before it had taken the e-mail", true, 0},
		{letterbox.CutBeforeReply, false, "cut the connection before it had taken the e-mail", true, 1},
	} {
		t.Run(test.says, func(t *testing.T) {
			box := open(t, letterbox.Options{User: "mara", Password: "opensesame"})
			box.Fail(test.fault)
			handed := false
			err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), trial(t, "elsa@example.org"), func() error { handed = true; return nil })
			wantFailure(t, err, test.permanent, test.says)
			if handed != test.handed || len(box.Letters()) != test.taken {
				t.Errorf("handed over: %v, taken: %d", handed, len(box.Letters()))
			}
			if strings.Contains(err.Error(), "opensesame") {
				t.Errorf("the password is told: %v", err)
			}
			box.Fail(letterbox.NoFault)
			if err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), trial(t, "elsa@example.org"), nothing); err != nil {
				t.Errorf("the mended server takes nothing: %v", err)
			}
		})
	}
}

// TestSendQuotesNoPassword has the server say a word that is the password.
func TestSendQuotesNoPassword(t *testing.T) {
	box := open(t, letterbox.Options{User: "mara", Password: "such user"})
	box.Fail(letterbox.RefuseRecipient)
	err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), trial(t, "elsa@example.org"), nothing)
	wantFailure(t, err, true, "It said: “550 5.1.1 No … here”")
}

func TestSendWithoutServer(t *testing.T) {
	box := open(t, letterbox.Options{})
	server := parse(t, box.URL())
	box.Close()
	wantFailure(t, mail.NewSender().Send(t.Context(), server, trial(t, "elsa@example.org"), nothing), false, "takes no connections on port")
}

// TestSendHangs ends the patience with a server that says nothing, and the wait
// for one where Usher stops.
func TestSendHangs(t *testing.T) {
	sender := mail.NewSender()
	sender.Patience = mail.Patience{Greeting: 50 * time.Millisecond, Command: time.Minute, Taking: 50 * time.Millisecond, Farewell: 50 * time.Millisecond}
	for _, fault := range []letterbox.Fault{letterbox.HangAtGreeting, letterbox.HangAfterData} {
		box := open(t, letterbox.Options{})
		box.Fail(fault)
		wantFailure(t, sender.Send(t.Context(), parse(t, box.URL()), trial(t, "elsa@example.org"), nothing), false, "did not answer in time")

		patient := mail.NewSender()
		patient.Patience.Farewell = 50 * time.Millisecond
		ctx, cancel := context.WithCancel(t.Context())
		sent := make(chan error, 1)
		go func() { sent <- patient.Send(ctx, parse(t, box.URL()), trial(t, "elsa@example.org"), nothing) }()
		if err := box.WaitFault(t.Context(), fault, 2); err != nil {
			t.Fatal(err)
		}
		cancel()
		wantFailure(t, <-sent, false, "did not answer in time")
	}
}

func TestSendStopsAtHandingOver(t *testing.T) {
	box := open(t, letterbox.Options{})
	err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), trial(t, "elsa@example.org"), func() error { return io.ErrNoProgress })
	if !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("error %v", err)
	}
	box.Close()
	if n := len(box.Letters()); n != 0 {
		t.Errorf("%d letters were sent", n)
	}
}

func TestSendEncrypted(t *testing.T) {
	account := letterbox.Options{User: "mara", Password: "opensesame"}
	for _, test := range []struct {
		name     string
		security letterbox.Security
		url      string
		trusted  bool
		says     string // "" when it is sent
	}{
		{"implicit TLS", letterbox.TLS, "smtps://mara:opensesame@mail.example?from=usher@example.org", true, ""},
		{"STARTTLS", letterbox.STARTTLS, "smtp+starttls://mara:opensesame@mail.example?from=usher@example.org", true, ""},
		{"STARTTLS when offered", letterbox.STARTTLS, "smtp://mara:opensesame@mail.example?from=usher@example.org", true, ""},
		{"a stranger’s certificate", letterbox.TLS, "smtps://mara:opensesame@mail.example?from=usher@example.org", false, "certificate of mail.example"},
		{"a stranger’s certificate with STARTTLS", letterbox.STARTTLS, "smtp://mara:opensesame@mail.example?from=usher@example.org", false, "certificate of mail.example"},
		{"another’s certificate", letterbox.TLS, "smtps://mara:opensesame@other.example?from=usher@example.org", true, "certificate of other.example"},
		{"no STARTTLS", letterbox.Plain, "smtp+starttls://mara:opensesame@mail.example?from=usher@example.org", true, "does not offer to encrypt"},
		{"no TLS", letterbox.Plain, "smtps://mara:opensesame@mail.example?from=usher@example.org", true, "does not encrypt the connection from its start"},
		{"a password in the clear", letterbox.Plain, "smtp://mara:opensesame@mail.example?from=usher@example.org", true, "keeps the password safe"},
	} {
		t.Run(test.name, func(t *testing.T) {
			account.Security = test.security
			box := open(t, account)
			sender := mail.NewSender()
			sender.ConnectTo(box.Addr())
			if test.trusted {
				sender.Roots = box.Roots()
			}
			err := sender.Send(t.Context(), parse(t, test.url), trial(t, "elsa@example.org"), nothing)
			if test.says != "" {
				wantFailure(t, err, false, test.says)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if l := box.Letters()[0]; !l.Encrypted || l.User != "mara" {
				t.Errorf("encrypted: %v, user %q", l.Encrypted, l.User)
			}
		})
	}
	t.Run("this machine is trusted", func(t *testing.T) {
		account.Security = letterbox.TLS
		box := open(t, account)
		if err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), trial(t, "elsa@example.org"), nothing); err != nil {
			t.Error(err)
		}
	})
}

func TestSendHostileText(t *testing.T) {
	box := open(t, letterbox.Options{})
	server := parse(t, box.URL())
	message := trial(t, "elsa@example.org")
	message.Sender = `Evil" <evil@example.org>, "` + strings.Repeat("Å", 60)
	message.Name = "Elsa\r\nBcc: evil@example.org"
	message.Subject = "One\r\nBcc: evil@example.org\r\n\r\n<b>" + strings.Repeat("x", 10_000)
	if err := mail.NewSender().Send(t.Context(), server, message, nothing); err != nil {
		t.Fatal(err)
	}
	l := box.Letters()[0]
	from, err := l.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != "usher@example.org" || from[0].Name != message.Sender {
		t.Errorf("it comes from %v: %v", from, err)
	}
	if to, err := l.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "elsa@example.org" {
		t.Errorf("it goes to %v: %v", to, err)
	}
	if l.Header.Has("Bcc") || len(l.To) != 1 || !strings.Contains(l.Text, "arrived") {
		t.Errorf("the letter is\n%s", l.Raw)
	}
	for _, to := range []string{"", "elsa", "elsa@example.org\r\nRCPT TO:<evil@example.org>", "a@b.example, c@d.example", "<a@b.example>"} {
		wantFailure(t, mail.NewSender().Send(t.Context(), server, trial(t, to), nothing), true, "cannot be written")
	}
	if n := len(box.Letters()); n != 1 {
		t.Errorf("%d letters", n)
	}
}

func TestSendBeyondASCII(t *testing.T) {
	box := open(t, letterbox.Options{})
	for to, want := range map[string]string{"elsa@bücher.example": "elsa@xn--bcher-kva.example", "åsa@example.org": "åsa@example.org"} {
		box.Take()
		if err := mail.NewSender().Send(t.Context(), parse(t, box.URL()), trial(t, to), nothing); err != nil {
			t.Fatal(err)
		}
		if l := box.Letters()[0]; l.To[0] != want {
			t.Errorf("%s is sent to %s", to, l.To[0])
		}
	}
}
