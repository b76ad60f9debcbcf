package views

import (
	"usher/store"
	"usher/views/ui"
)

// accountRow is one thing about how somebody signs in, or of what is theirs: how
// it stands, and the page where it is looked after.
type accountRow struct {
	Icon, Label, State string
	Href               string // "" where there is nothing to do about it
}

// signingIn are the rows under Signing in. Those that cannot be used are left
// out.
func (p AccountPage) signingIn() []accountRow {
	rows := []accountRow{p.passwordRow()}
	if p.User.Kind == store.KindLocal {
		rows = append(rows, p.pinRow())
	}
	if p.User.MayHavePasskeys() {
		rows = append(rows, passkeysRow(p.User))
	}
	if p.User.Kind != store.KindGuestAccount {
		rows = append(rows, p.secondFactorRow())
	}
	if p.mayConnect() {
		rows = append(rows, accountRow{Icon: "cloud", Label: "Connect", State: p.connect(), Href: "/account/connect"})
	}
	return append(rows, accountRow{Icon: "device", Label: "Devices", State: "Where you are signed in, and where you were.", Href: ownDevicesPath})
}

func (p AccountPage) passwordRow() accountRow {
	row := accountRow{Icon: "key", Label: "Password", State: p.password()}
	switch {
	case p.User.MayChangePassword:
		row.Href = "/account/password"
	case p.User.Kind != store.KindGuestAccount:
		row.State += " An administrator can change it."
	}
	return row
}

func (p AccountPage) password() string {
	switch {
	case p.User.HasPassword:
		return "Set " + inSentence(ui.When(p.User.PasswordAt, p.Now)) + "."
	case p.User.Linked:
		return "None: you sign in through Connect."
	}
	if p.User.AtHomeByPIN() {
		return "None: you sign in at home only, with your PIN."
	}
	return "None: you sign in at home only, by your name alone."
}

func (p AccountPage) pinRow() accountRow {
	row := accountRow{Icon: "lock", Label: "PIN", Href: "/account/pin", State: "None. It is asked for when somebody picks you on a shared screen at home."}
	if p.User.HasPIN {
		row.Icon, row.State = "lock closed", "Set. It is asked for when somebody picks you on a shared screen at home."
	}
	return row
}

func passkeysRow(u store.User) accountRow {
	row := accountRow{Icon: "key", Label: "Passkeys", State: "None. Sign in with your fingerprint, your face or the lock of a device.", Href: PasskeysPath}
	if u.Passkeys {
		row.State = "You can sign in with your fingerprint, your face or the lock of a device."
	}
	return row
}

// mayConnect says whether there is anything to see or do about Connect.
func (p AccountPage) mayConnect() bool {
	return p.User.MayLink() && (p.Offered || len(p.Links) > 0)
}

func (p AccountPage) connect() string {
	if len(p.Links) == 0 {
		return "No account elsewhere is linked"
	}
	where := make([]string, len(p.Links))
	for i, link := range p.Links {
		where[i] = link.Where()
	}
	return ui.Names(where, 0)
}

// watching are the rows under What you watch.
func (p AccountPage) watching() []accountRow {
	return []accountRow{
		{Icon: "clock", Label: "History", State: "What you have watched, and where you stopped. Only you see it.", Href: "/history"},
		{Icon: "heart", Label: "Favourites", State: "What you have marked with a heart.", Href: "/favourites"},
	}
}
