package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// The ways to encrypt the connection to a mail server, as the form sends them.
const (
	EncryptAlways   = "smtps"
	EncryptSTARTTLS = "smtp+starttls"
	EncryptOffered  = "smtp"
)

// MailSettingsPage says through which mail server Usher sends, and what became
// of its e-mails.
type MailSettingsPage struct {
	Layout     ui.Layout
	Actor      store.Actor
	Owner      string // who may change it
	Fixed      store.Fixed
	Saved      MailServer // what counts now
	Typed      MailServer
	TestTo     string
	TestFailed string // why a test was not sent
	Address    string // what links begin with
	ByRequest  bool   // Address is only where this request came to
	Letters    []store.OutboxEntry
	Now        time.Time
	Problems   Problems
}

// MailServer is a mail server in a form; the password is never in it.
type MailServer struct {
	Host, Port, Encryption string
	User, From             string
	HasPassword            bool
}

// set says whether there is one.
func (s MailServer) set() bool { return s.Host != "" }

// encryption is how the connection is encrypted, in words.
func (s MailServer) encryption() string {
	switch s.Encryption {
	case EncryptAlways:
		return "From the start (TLS)"
	case EncryptSTARTTLS:
		return "STARTTLS, always"
	}
	return "STARTTLS, if offered"
}

// signIn is how Usher signs in there, in words.
func (s MailServer) signIn() string {
	switch {
	case s.User == "":
		return "Without a user name"
	case s.HasPassword:
		return "As " + s.User + ", with a password"
	}
	return "As " + s.User + ", without a password"
}

func (p MailSettingsPage) mayChange() bool { return p.Actor.MayChangeSettings() }

// typing says whether the mail server can be changed here.
func (p MailSettingsPage) typing() bool { return p.mayChange() && p.Fixed.SMTPURL == nil }

func (p MailSettingsPage) field(f ui.FieldProps) ui.FieldProps {
	f.Error, f.Autocomplete = p.Problems.At(f.Name), "off"
	return f
}

func (p MailSettingsPage) encryptions() ui.SelectProps {
	options := make([]ui.Option, 0, 3)
	for _, value := range []string{EncryptAlways, EncryptSTARTTLS, EncryptOffered} {
		options = append(options, ui.Option{Value: value, Label: MailServer{Encryption: value}.encryption()})
	}
	return ui.SelectProps{Name: "encryption", Label: "Encryption", Value: p.Typed.Encryption, Error: p.Problems.At("encryption"), Options: options}
}

func (p MailSettingsPage) passwordField() ui.PasswordProps {
	props := ui.PasswordProps{Name: "password", Label: "Password", Error: p.Problems.At("password"), Autocomplete: "new-password"}
	if p.Saved.HasPassword {
		props.Help = "One is saved, and nobody can see it. Leave this empty to keep it."
	}
	return props
}

// letterTitle is what an e-mail is, in words.
func letterTitle(kind store.LetterKind) string {
	switch kind {
	case store.LetterInvitation:
		return "Invitation"
	case store.LetterAccepted:
		return "Word of an accepted invitation"
	case store.LetterReset:
		return "Password link"
	case store.LetterConnect:
		return "Connect link"
	case store.LetterRegistration:
		return "Confirmation link"
	case store.LetterRegistered:
		return "Word of a registration"
	case store.LetterApproved:
		return "Word of an approval"
	case store.LetterDevice:
		return "Word of a new device"
	}
	return "E-mail"
}

// letterBadge is how far an e-mail has come.
func letterBadge(e store.OutboxEntry) (kind, text string) {
	switch e.State {
	case store.LetterSent:
		return "good", "Sent"
	case store.LetterFailed:
		return "bad", "Not sent"
	case store.LetterWaiting, store.LetterSending, store.LetterHandingOver:
	}
	if e.Error != "" {
		return "warn", "Will be tried again"
	}
	return "", "On its way"
}

// LetterNews tells how far an e-mail has come, in a sentence.
func LetterNews(e store.OutboxEntry, now time.Time) string {
	switch e.State {
	case store.LetterSent:
		return "The mail server took it " + inSentence(ui.When(e.EndedAt, now)) + "."
	case store.LetterFailed:
		return e.Error
	case store.LetterWaiting, store.LetterSending, store.LetterHandingOver:
	}
	if e.Error == "" {
		return "It is sent as soon as the mail server takes it."
	}
	return e.Error + " The next attempt is " + until(e.DueAt, now) + "."
}

// until is a moment to come.
func until(t, now time.Time) string {
	if wait := t.Sub(now); wait > 0 {
		return "in " + ui.Wait(wait)
	}
	return "due now"
}

func againAddress(id int64) string {
	return "/admin/settings/mail/letters/" + strconv.FormatInt(id, 10) + "/again"
}

// RemoveMailPage says what switching e-mail off means.
type RemoveMailPage struct {
	Layout  ui.Layout
	Host    string
	Waiting int // e-mails that will not be sent
}
