package views

import (
	"time"

	"usher/store"
	"usher/views/ui"
)

// UserConnect is what the Password and sign-in tab tells about Connect.
type UserConnect struct {
	User      store.User
	Actor     store.Actor
	Links     []store.Link
	Offered   bool // there is a provider to link an account at
	SendsMail bool
	Address   string // where the user links an account
	OwnServer bool   // Address is the server's own, not just the one that this request came to
	Now       time.Time
}

// shown says whether there is anything to tell.
func (c UserConnect) shown() bool {
	return c.User.MayLink() && (len(c.Links) > 0 || c.mayInvite())
}

// own says whether the viewer looks at themself, who links and unlinks under My
// account.
func (c UserConnect) own() bool { return c.Actor.ID == c.User.ID }

// mayInvite says whether the user can be told how to link an account.
func (c UserConnect) mayInvite() bool {
	return c.Offered && !c.own() && c.Actor.MayChangeSignIn(c.User)
}

func (c UserConnect) mayMail() bool { return c.mayInvite() && c.SendsMail && c.User.Email != "" }

// whoUnlinks says why there is no button to unlink; "" where there is one.
func (c UserConnect) whoUnlinks() string {
	switch {
	case c.own() || len(c.Links) == 0 || c.Actor.MayUnlink(c.User):
		return ""
	case c.User.Kind == store.KindGuest:
		return "Only " + c.User.Name + " can link and unlink accounts: how a guest signs in is the guest’s own."
	}
	return "Only " + c.User.Name + " can link and unlink accounts."
}

// how tells what the user does with the address.
func (c UserConnect) how() string {
	name := c.User.Name
	if !c.User.HasPassword {
		return "Linking takes a password, so that nobody else at home links an account to " + name + ". Set one first."
	}
	return "Give this address to " + name + ", who signs in there, types the password and chooses an account. It is no secret."
}

func (c UserConnect) unlink(l store.Link) ui.LinkProps {
	if c.own() {
		return unlinkOwn(l)
	}
	return ui.LinkProps{Label: "Unlink…", Href: unlinkAddress(UserAddress(c.User.ID), l), Dialog: true}
}

// unlinkable is the way to unlink each account; nil where the viewer may not.
func (c UserConnect) unlinkable() func(store.Link) ui.LinkProps {
	if !c.Actor.MayUnlink(c.User) {
		return nil
	}
	return c.unlink
}
