package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Failure is why a mail server has not taken an e-mail.
type Failure struct {
	Why       string // a sentence for the screen, without secrets
	Permanent bool   // trying again is of no use
	answered  bool   // the server has said so
	err       error
}

// Error is the sentence for the screen: what lies beneath may quote a password.
func (f *Failure) Error() string { return f.Why }

// Unwrap is what lies beneath.
func (f *Failure) Unwrap() error { return f.err }

// refused says that the server has answered no, or has not answered. A no for
// good (RFC 5321, section 4.2.1: 5yz) is permanent where it concerns this one
// letter.
func (t *conversation) refused(what string, err error, aboutLetter bool) error {
	var answer *textproto.Error
	if !errors.As(err, &answer) {
		return t.explain(err)
	}
	return &Failure{
		Why:       what + ". It said: “" + t.quote(answer) + "”.",
		Permanent: aboutLetter && answer.Code >= 500 && answer.Code < 600,
		answered:  true,
		err:       err,
	}
}

// explain tells why there is no conversation with the server, or no more.
func (t *conversation) explain(err error) error {
	return &Failure{Why: t.reason(err), err: err}
}

func (t *conversation) reason(err error) string {
	host := t.server.Host
	var (
		answer      *textproto.Error
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		unknown     x509.UnknownAuthorityError
		record      tls.RecordHeaderError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &name):
		return "There is no mail server called " + host + ", as far as this machine can tell."
	case errors.As(err, &certificate), errors.As(err, &unknown):
		return "The certificate of " + host + " is not to be trusted, so nothing was sent."
	case errors.As(err, &record):
		return host + " does not encrypt the connection from its start on port " + strconv.Itoa(t.server.Port) + ". Choose another encryption or port."
	case errors.Is(err, syscall.ECONNREFUSED):
		return host + " takes no connections on port " + strconv.Itoa(t.server.Port) + "."
	case t.over.Load(), errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return host + " did not answer in time."
	case t.handed.Load():
		return host + " cut the connection before it had taken the e-mail."
	case errors.As(err, &answer):
		return t.unwelcome(answer)
	case strings.Contains(err.Error(), "STARTTLS"):
		return host + " does not offer to encrypt the connection, so nothing was sent."
	case strings.Contains(err.Error(), "unencrypted"), strings.Contains(err.Error(), "AUTH"):
		return host + " offers no way to sign in that keeps the password safe, so nothing was sent."
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, net.ErrClosed):
		return host + " cut the connection."
	}
	return host + " cannot be reached."
}

// unwelcome is what a no at the beginning of the conversation means.
func (t *conversation) unwelcome(answer *textproto.Error) string {
	switch answer.Code {
	case 530, 534, 535, 538: // RFC 4954, section 6
		// What it says may quote what it was told.
		return t.server.Host + " did not accept the user name and the password (" + strconv.Itoa(answer.Code) + ")."
	}
	return t.server.Host + " does not want to talk. It said: “" + t.quote(answer) + "”."
}

// maxQuote bounds what a stranger's server says on our screen.
const maxQuote = 200

// quote is what the server said, without the password, should it say that.
func (t *conversation) quote(answer *textproto.Error) string {
	said := []rune(oneLine(answer.Msg))
	text := strconv.Itoa(answer.Code) + " " + string(said[:min(len(said), maxQuote)])
	if t.server.Password != "" {
		text = strings.ReplaceAll(text, t.server.Password, "…")
	}
	return strings.TrimSpace(text)
}
