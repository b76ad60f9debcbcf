package store

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"
)

// Registration says whether strangers may make themselves an account.
type Registration string

// The ways to register: not at all, with an administrator's approval, or freely.
const (
	RegistrationOff      Registration = "off"
	RegistrationApproval Registration = "approval"
	RegistrationOpen     Registration = "open"
)

// RegistrationLinkLife is how long a link works that proves an e-mail address.
const RegistrationLinkLife = 24 * time.Hour

// Bounds of registration. For each registration that a day has room for,
// strangers may have lettersEach e-mails sent, and none to the same address
// sooner than askAgain after the last.
const (
	MaxRegistrationsADay = 1000
	MaxDomains           = 100
	lettersEach          = 10
	askAgain             = 10 * time.Minute
)

// RegistrationRules say who may register, and what they get.
type RegistrationRules struct {
	Registration Registration
	ADay         int    // how many at most in 24 hours
	Domains      string // of e-mail addresses, one a line; "" for any
	Access       Access // of those who register
}

// Registrant is somebody who registers.
type Registrant struct {
	LinkHash     []byte // SHA-256 of the link that proves the address; nil where none is asked for
	Name         string
	PasswordHash string
}

// Shut is why nobody can register just now. It is an error.
type Shut string

// The reasons.
const (
	ShutOff      Shut = "off"
	ShutUnproven Shut = "unproven" // only some domains may register, and no address can be verified
	ShutFull     Shut = "full"     // there are as many local users as there may be
	ShutToday    Shut = "today"    // there were as many registrations as a day may have
)

// Error names the reason.
func (s Shut) Error() string { return "registration is shut: " + string(s) }

// RegistrationShut is why nobody can register by these settings, or "".
func (s Settings) RegistrationShut() Shut {
	switch {
	case s.Registration == RegistrationOff:
		return ShutOff
	case s.RegistrationDomains != "" && !s.MailsStrangers():
		return ShutUnproven
	}
	return ""
}

// checkRegistrationEmail is the address as it is written to, if it may
// register. The message says what is wrong with it, or is "": who may register
// is no secret.
func (s Settings) checkRegistrationEmail(email string) (clean, message string) {
	clean, message = CleanEmail(email)
	switch {
	case message != "":
		return clean, message
	case clean == "":
		return "", "Type your e-mail address."
	}
	allowed := strings.Fields(s.RegistrationDomains)
	domain, _ := cleanDomain(clean[strings.LastIndexByte(clean, '@')+1:])
	if len(allowed) == 0 || slices.Contains(allowed, domain) {
		return clean, ""
	}
	return clean, "Only addresses at " + anyOf(allowed, 5) + " can register here."
}

// anyOf joins words with commas and an or; where they are more than limit, the
// rest goes unnamed.
func anyOf(words []string, limit int) string {
	switch n := len(words); {
	case n == 1:
		return words[0]
	case n > limit:
		return strings.Join(words[:limit], ", ") + " or the other domains of this server"
	default:
		return strings.Join(words[:n-1], ", ") + " or " + words[n-1]
	}
}

// CleanDomains reads a list of domains with commas, spaces or lines between
// them, and writes it as it is stored: one a line, each once, in lower case
// and in its own script. The message names those that are none, or is "".
func CleanDomains(text string) (clean, message string) {
	var domains, bad []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || unicode.IsSpace(r) }) {
		domain, ok := cleanDomain(strings.TrimPrefix(word, "@"))
		switch {
		case !ok:
			bad = append(bad, "“"+clip(strings.ToValidUTF8(word, "�"), 100)+"”")
		case !slices.Contains(domains, domain):
			domains = append(domains, domain)
		}
		if len(domains) > MaxDomains {
			return "", fmt.Sprintf("These are more than %d domains. Leave the list empty for any, or choose fewer.", MaxDomains)
		}
	}
	switch {
	case len(bad) == 1:
		return "", bad[0] + " is not a domain. One looks like example.org."
	case len(bad) > 5:
		return "", fmt.Sprintf("%s and %d more are not domains. One looks like example.org.", strings.Join(bad[:5], ", "), len(bad)-5)
	case len(bad) > 0:
		return "", strings.Join(bad[:len(bad)-1], ", ") + " and " + bad[len(bad)-1] + " are not domains. One looks like example.org."
	}
	return strings.Join(domains, "\n"), ""
}

// cleanDomain is a domain of e-mail addresses in the one form in which domains
// are compared (UTS #46, as browsers look names up): lower case, in its own
// script. ok is false for what is none.
func cleanDomain(domain string) (clean string, ok bool) {
	if len(domain) > 1000 { // reading it would take longer than it is worth
		return "", false
	}
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(domain, "."))
	if err != nil || len(ascii) > 253 || !strings.Contains(ascii, ".") {
		return "", false
	}
	if _, err := netip.ParseAddr(ascii); err == nil {
		return "", false
	}
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	clean, err = idna.Lookup.ToUnicode(ascii)
	return clean, err == nil
}

// Equal says whether both rules are the same.
func (r RegistrationRules) Equal(other RegistrationRules) bool {
	return r.Registration == other.Registration && r.ADay == other.ADay && r.Domains == other.Domains && r.Access.Equal(other.Access)
}
