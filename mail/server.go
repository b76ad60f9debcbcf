// Package mail composes Usher's e-mails, sends them, and runs the worker that
// empties the outbox.
package mail

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"usher/store"
)

// Encryption is how the way to a mail server is protected.
type Encryption string

// The kinds of encryption, named as the scheme of their URL.
const (
	TLS              Encryption = "smtps"         // from the first byte on (RFC 8314, section 3)
	STARTTLS         Encryption = "smtp+starttls" // or nothing is sent (RFC 3207)
	STARTTLSIfBetter Encryption = "smtp"          // where the server offers it
)

// port is where servers listen with this encryption, when nothing else is said.
func (e Encryption) port() int {
	switch e {
	case TLS:
		return 465
	case STARTTLS:
		return 587
	case STARTTLSIfBetter:
		return 25
	}
	return 0
}

// Server is a mail server, and how Usher sends through it.
type Server struct {
	Host       string
	Port       int
	Encryption Encryption
	User       string // "" for none
	Password   string
	From       string // the address that Usher's e-mails come from
}

// Bounds of what a mail server is told.
const (
	maxHost   = 253 // RFC 1035, section 2.3.4, as text
	maxSecret = 1000
)

// ParseServer reads a mail server from one URL, such as
// smtps://user:password@mail.example:465?from=usher@example.org. The error is a
// *store.Invalid with the fields host, port, encryption, user, password and
// from; its text never holds the password.
func ParseServer(text string) (Server, error) {
	u, err := url.Parse(text)
	if err != nil || u.Opaque != "" || u.Path != "" && u.Path != "/" || u.Fragment != "" || u.Host == "" {
		return Server{}, &store.Invalid{Problems: []store.Problem{{
			Field: "host", Message: "A mail server looks like smtps://user:password@mail.example:465?from=usher@example.org.",
		}}}
	}
	s := Server{Host: u.Hostname(), Encryption: Encryption(u.Scheme), User: u.User.Username(), From: u.Query().Get("from")}
	s.Password, _ = u.User.Password()
	s.Port = ParsePort(u.Port(), s.Encryption)
	return s.Checked()
}

// ParsePort is the port that is typed, the usual one for the encryption where
// none is, and 0, which no server has, for what is no number.
func ParsePort(text string, encryption Encryption) int {
	if text == "" {
		return encryption.port()
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return port
}

// Checked is the server in its plainest form. The error is as ParseServer's.
func (s Server) Checked() (Server, error) {
	var bad store.Invalid
	s.Host = strings.ToLower(s.Host)
	if !isHost(s.Host) {
		bad.Add("host", "Name the mail server, such as mail.example or 192.168.1.5.")
	}
	if s.Encryption.port() == 0 {
		bad.Add("encryption", "Choose how the connection is encrypted: smtps, smtp+starttls or smtp.")
	} else if s.Port < 1 || s.Port > 65535 {
		bad.Add("port", "A port is a number from 1 to 65535. Mail servers mostly have 465, 587 or 25.")
	}
	if !isSecret(s.User) {
		bad.Add("user", "There are characters in this user name that cannot be sent.")
	}
	if !isSecret(s.Password) {
		bad.Add("password", "There are characters in this password that cannot be sent.")
	} else if s.User == "" && s.Password != "" {
		bad.Add("user", "There is a password, so a user name is needed too.")
	}
	var message string
	if s.From, message = store.CleanEmail(s.From); message == "" && s.From == "" {
		message = "Say which address the e-mails come from, such as usher@example.org."
	}
	bad.Add("from", message)
	return s, bad.Err()
}

// isHost takes names in the DNS and addresses.
func isHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return !strings.Contains(host, "%")
	}
	return host != "" && len(host) <= maxHost && !strings.ContainsFunc(host, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("-._", r))
	})
}

// isSecret takes what can be sent to a mail server as a name or a password.
func isSecret(text string) bool {
	return utf8.ValidString(text) && len(text) <= maxSecret && !strings.ContainsFunc(text, unicode.IsControl)
}

// URL is the server as ParseServer reads it.
func (s Server) URL() string {
	u := url.URL{Scheme: string(s.Encryption), Host: s.addr(), RawQuery: url.Values{"from": {s.From}}.Encode()}
	switch {
	case s.Password != "":
		u.User = url.UserPassword(s.User, s.Password)
	case s.User != "":
		u.User = url.User(s.User)
	}
	return u.String()
}

// addr is where to connect.
func (s Server) addr() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

// here says whether the server is this very machine, where nobody stands in
// between: a mail server at home or a bridge to one elsewhere.
func (s Server) here() bool {
	address, err := netip.ParseAddr(s.Host)
	return s.Host == "localhost" || err == nil && address.IsLoopback()
}
