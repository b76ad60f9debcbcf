package views

import (
	"net/url"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

const secondFactorPath = "/account/second-factor"

// SecondFactorPage is what somebody is asked for besides the password.
type SecondFactorPage struct {
	Layout   ui.Layout
	User     store.User
	MadeAt   time.Time // when the authenticator was set up
	Left     int       // recovery codes
	Demanded bool      // the admin area asks for a second factor, and there is none
	Next     string    // where to go once there is one
	Now      time.Time
}

// scarce is how few recovery codes are worth a warning.
const scarce = 3

func (p SecondFactorPage) authenticator() string {
	switch {
	case p.User.Codes:
		return "Set up " + inSentence(ui.When(p.MadeAt, p.Now)) + ". After your password, Usher asks for the code that it shows."
	case p.User.Kind == store.KindGuestAccount:
		return "This account is for everyone who visits, so nothing is asked but its name."
	case p.User.HasPassword:
		return "An app on your phone shows a code of six digits, another every 30 seconds. After your password, Usher asks for it."
	}
	return "Usher asks for a code after the password, and you have none."
}

// recovery says how many recovery codes are left.
func (p SecondFactorPage) recovery() string {
	if p.Left == 0 {
		return "You have none left."
	}
	return "You have " + ui.CountOf(p.Left, "code", "codes") + " left."
}

// secondFactorRow leads from my account to what is asked for besides the
// password.
func (p AccountPage) secondFactorRow() accountRow {
	row := accountRow{Icon: "shield", Label: "Second factor", Href: secondFactorPath, State: "None: your password is enough."}
	switch {
	case p.User.Codes:
		row.State = "A code of your authenticator, after your password."
	case p.User.Passkeys:
		row.State = "A passkey, or your password and then a passkey."
	case !p.User.HasPassword:
		row.State = "None."
	}
	return row
}

// NewAuthenticatorPage sets an authenticator up.
type NewAuthenticatorPage struct {
	ServerName string
	User       store.User
	Secret     string // in base32
	Next       string
	Problem    string // what was wrong with the code
}

// groups is the secret as people type it: four letters at a time.
func (p NewAuthenticatorPage) groups() string {
	var groups []string
	for rest := p.Secret; rest != ""; {
		n := min(4, len(rest))
		groups, rest = append(groups, rest[:n]), rest[n:]
	}
	return strings.Join(groups, " ")
}

// RecoveryCodesPage shows recovery codes, this once.
type RecoveryCodesPage struct {
	ServerName string
	User       store.User
	Codes      []string
	Next       string // where to go on to
}

// RecoveryCodesText is the page to keep as a file.
func RecoveryCodesText(serverName, userName string, codes []string) string {
	return "Recovery codes of " + userName + " for " + serverName + "\r\nEach works once.\r\n\r\n" + strings.Join(codes, "\r\n") + "\r\n"
}

// SecondFactorAddress is the page about second factors, or one under it, and
// leads on to next from there.
func SecondFactorAddress(under, next string) string {
	address := secondFactorPath + under
	if next == "" || next == "/" {
		return address
	}
	return address + "?" + url.Values{"next": {next}}.Encode()
}
