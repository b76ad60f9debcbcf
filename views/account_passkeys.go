package views

import (
	"net/url"
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// AccountPasskeysPage shows somebody's passkeys.
type AccountPasskeysPage struct {
	Layout   ui.Layout
	User     store.User
	Passkeys []store.Passkey
	Site     string // the domain of the passkeys that are made at this address; "" where there are none
	Address  string // of the server, where there are passkeys; "" where there are none
	May      bool   // the viewer may add and remove passkeys
	Confirm  bool   // the viewer has to give the password first
	Now      time.Time
	Problems Problems
}

// PasskeysPath is the page with one's own passkeys.
const PasskeysPath = "/account/passkeys"

func passkeyAddress(p store.Passkey) string {
	return PasskeysPath + "/" + strconv.FormatInt(p.ID, 10)
}

func (p AccountPasskeysPage) intro() string {
	if p.User.HasPassword {
		return "Sign in with your fingerprint, your face or the lock of your device, in place of your password. Nobody can guess a passkey, or lure you into giving it away."
	}
	return "Sign in with your fingerprint, your face or the lock of your device, from everywhere. Nobody can guess a passkey, or lure you into giving it away."
}

// confirmFirst is where the viewer gives the password, and comes back from.
func (p AccountPasskeysPage) confirmFirst() string {
	return "/account/confirm?" + url.Values{"next": {PasskeysPath}}.Encode()
}

func (p AccountPasskeysPage) rows() []accountRow {
	rows := make([]accountRow, len(p.Passkeys))
	for i, key := range p.Passkeys {
		rows[i] = accountRow{Icon: "key", Label: key.Name, State: p.facts(key), Href: passkeyAddress(key)}
	}
	return rows
}

// full says whether there can be no more passkeys.
func (p AccountPasskeysPage) full() bool { return len(p.Passkeys) >= store.MaxPasskeys }

// facts say when the passkey was made and used, and where it works if not here.
func (p AccountPasskeysPage) facts(key store.Passkey) string {
	facts := "Made " + inSentence(ui.When(key.MadeAt, p.Now))
	if key.UsedAt.IsZero() {
		facts += ", not used yet"
	} else {
		facts += ", last used " + inSentence(ui.When(key.UsedAt, p.Now))
	}
	if key.Site != p.Site {
		facts += "; works at " + key.Site + " only"
	}
	return facts
}

// afterPassword says what passkeys change about signing in with the password.
func (p AccountPasskeysPage) afterPassword() string {
	if p.User.HasPassword {
		return "Who has a passkey is asked for it after the password, too, so that the password alone lets nobody in. At home, being picked asks for what it has asked for before."
	}
	return "At home you can still be picked as before."
}

// addPasskey is the form that has the browser make one.
func (p AccountPasskeysPage) addPasskey() PasskeyForm {
	return PasskeyForm{Begin: PasskeysPath + "/begin", Action: PasskeysPath, Label: "Add a passkey", Kind: "primary"}
}

// PasskeyPage is one passkey, to be named or removed.
type PasskeyPage struct {
	Layout   ui.Layout
	Passkey  store.Passkey
	May      bool // the viewer may remove it
	Name     string
	Problems Problems
}

// RemovePasskeyPage asks before a passkey is removed.
type RemovePasskeyPage struct {
	Layout  ui.Layout
	User    store.User
	Passkey store.Passkey
	Last    bool // the user has no other
}

func (p RemovePasskeyPage) confirm() ui.ConfirmProps {
	return ui.ConfirmProps{
		Title: "Remove " + p.Passkey.Name + "?", Action: passkeyAddress(p.Passkey) + "/remove",
		Button: "Remove passkey", Cancel: passkeyAddress(p.Passkey), Danger: true,
	}
}

// means says what comes of it.
func (p RemovePasskeyPage) means() []string {
	means := []string{
		"This passkey does not sign you in any more. Your device may go on offering it: delete it there, too.",
		"Devices that are signed in stay so. You can sign them out under Devices.",
	}
	switch {
	case !p.Last:
	case p.User.Codes:
		means = append(means, "It is your last one. You are still asked for a code after your password.")
	case p.User.HasPassword:
		means = append(means, "It is your last one. From then on your password alone lets you in.")
	case p.User.Linked:
		means = append(means, "It is your last one. You still sign in through Connect.")
	default:
		means = append(means, "It is your last one. From then on you sign in at home only, by being picked.")
	}
	return means
}
