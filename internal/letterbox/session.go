package letterbox

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Letter is what somebody sent.
type Letter struct {
	ID        int // from 1
	At        time.Time
	From      string   // of the envelope
	To        []string // of the envelope
	Subject   string
	MessageID string // without brackets
	Header    mail.Header
	Text      string
	HTML      string
	Raw       []byte
	Encrypted bool
	User      string // who signed in to send it
}

// session is one client.
type session struct {
	box  *Box
	conn *smtp.Conn
	user string
	from string
	to   []string
}

// Reset forgets the letter that was begun.
func (s *session) Reset() { s.from, s.to = "", nil }

// Logout ends the session.
func (s *session) Logout() error { return nil }

// AuthMechanisms are the ways to sign in.
func (s *session) AuthMechanisms() []string {
	if s.box.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth checks a name and a password.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if err := s.box.refusal(RefuseAuth); err != nil {
			return err
		}
		if user != s.box.options.User || password != s.box.options.Password {
			return refusals[RefuseAuth]
		}
		s.user = user
		return nil
	}), nil
}

// Mail begins a letter.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.box.options.User != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return s.box.refusal(RefuseSender)
}

// Rcpt adds somebody to send it to.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return s.box.refusal(RefuseRecipient, PostponeRecipient)
}

// Data takes the letter's text.
func (s *session) Data(r io.Reader) error {
	start := make([]byte, 16)
	if _, err := io.ReadFull(r, start); err != nil {
		return err
	}
	switch {
	case s.box.fails(CutInData):
		return s.conn.Conn().Close()
	case s.box.fails(HangInData):
		<-s.box.closed
		return net.ErrClosed
	}
	raw, err := io.ReadAll(io.MultiReader(bytes.NewReader(start), r))
	if err != nil {
		return err
	}
	if err := s.box.refusal(RefuseMessage, PostponeMessage); err != nil {
		return err
	}
	l, err := read(raw)
	if err != nil {
		return err
	}
	if s.box.fails(EchoMessage) {
		s.box.keep(l)
		return l.echo()
	}
	_, l.Encrypted = s.conn.TLSConnectionState()
	l.At, l.From, l.To, l.User = time.Now(), s.from, s.to, s.user
	s.box.keep(l)
	switch {
	case s.box.fails(CutBeforeReply):
		return s.conn.Conn().Close()
	case s.box.fails(HangAfterData):
		<-s.box.closed
	}
	return nil
}

// echo refuses the letter with the link that is in it.
func (l Letter) echo() error {
	link := ""
	for line := range strings.Lines(l.Text) {
		if strings.HasPrefix(line, "http") {
			link = strings.TrimSpace(line)
		}
	}
	return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "The address " + link + " is on a list"}
}

// read takes a letter apart.
func read(raw []byte) (Letter, error) {
	reader, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		return Letter{}, fmt.Errorf("read letter: %w", err)
	}
	l := Letter{Raw: raw, Header: reader.Header}
	if l.Subject, err = reader.Header.Subject(); err != nil {
		return Letter{}, fmt.Errorf("read subject: %w", err)
	}
	if l.MessageID, err = reader.Header.MessageID(); err != nil {
		return Letter{}, fmt.Errorf("read Message-ID: %w", err)
	}
	for {
		part, err := reader.NextPart()
		if err == io.EOF { //nolint:errorlint // the reader's own end, as it is
			return l, nil
		}
		if err != nil {
			return Letter{}, fmt.Errorf("read part: %w", err)
		}
		body, err := io.ReadAll(part.Body)
		if err != nil {
			return Letter{}, fmt.Errorf("read part: %w", err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			l.HTML = string(body)
		} else {
			l.Text = string(body)
		}
	}
}
