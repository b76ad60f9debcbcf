package page

import (
	"errors"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
)

// Lack is what a session lacks for the admin area.
type Lack int

// The lacks: nothing, a proof that can be given at once (the password, with a
// code where the user has a second factor), and a second factor that is yet to be
// set up.
const (
	LacksNothing Lack = iota
	LacksProof
	LacksFactor
)

// Lacks is what keeps the viewer, an administrator, from the admin area. Whoever
// came in with less than the password gets there with it, for as long as the
// settings say.
func (v *Viewer) Lacks() Lack {
	session, demanded := v.Session, v.Settings.AdminSecondFactor && v.Session.Factor == store.FactorNone
	switch {
	case !session.Strength.Proven() && !session.ProvenWithin(v.Settings.AdminHours, v.now), demanded && v.User.SecondFactor():
		return LacksProof
	case demanded:
		return LacksFactor
	}
	return LacksNothing
}

// Admin says whether the viewer may enter the admin area: an administrator who
// lacks nothing for it.
func (v *Viewer) Admin() bool {
	return v.User.Role != store.RoleUser && v.SignedIn() && v.Lacks() == LacksNothing
}

// Unconfirmed says whether the viewer has to give the password, or what is worth
// as much, once more before something dangerous, and the second factor where
// there is one that was not shown yet, as after Connect. Who has nothing of the
// kind is not asked: anyone at home may set a password for such a user.
func (v *Viewer) Unconfirmed() bool {
	provable := v.User.HasPassword || v.User.Linked || v.User.Passkeys
	return provable && (!v.Session.ProvenWithin(store.ConfirmLife, v.now) || v.AsksCode())
}

// Actor is the viewer as somebody who changes something.
func (v *Viewer) Actor() store.Actor {
	return store.Actor{
		ID: v.User.ID, Name: v.User.Name, Role: v.User.Role, Address: v.Location.Text(), AtHome: v.Location.Home, Unconfirmed: v.Unconfirmed(),
	}
}

// AsksCode says whether the viewer is asked for a code besides the password: they
// have a second factor, and the session was not proven by one yet.
func (v *Viewer) AsksCode() bool {
	return v.User.HasPassword && v.User.SecondFactor() && v.Session.Factor == store.FactorNone
}

// Confirmation is what the viewer has typed to confirm a session, in fields whose
// names begin with Prefix.
type Confirmation struct {
	Prefix, Password, Code string
	Passkey                string // shown in place of both
}

// Confirm checks what the viewer has typed once more, and notes in the session
// that it was right. It answers store.Invalid with the fields password and code,
// auth.ErrBusy, store.ErrNotFound where the session has ended, and
// store.ErrForbidden where the password is another by now.
func (p *Core) Confirm(c echo.Context, typed Confirmation) error {
	if typed.Passkey != "" {
		return p.confirmByPasskey(c, typed.Passkey)
	}
	checked, err := p.Prove(c, typed.Password, typed.Prefix+"password")
	if err != nil {
		return err
	}
	var proof store.Proof
	if viewer := From(c); viewer.AsksCode() {
		if proof, err = p.Porter.ShowCode(c.Request().Context(), viewer.User, typed.Code); err != nil {
			return refusedCode(err, typed.Prefix+"code")
		}
	}
	return refusedCode(p.Confirmed(c, checked, proof), typed.Prefix+"code")
}

// Confirmed notes that the viewer has given the password just now, or what is
// worth as much, and what besides. It answers as store.Confirm.
func (p *Core) Confirmed(c echo.Context, checked store.Credentials, proof store.Proof) error {
	viewer := From(c)
	err := p.Sessions.Renew(c.Request(), c.Response(), func(before, after []byte) (bool, error) {
		return p.Store.Confirm(c.Request().Context(), viewer.Actor(), store.Confirmation{
			Session: viewer.Session.ID, Checked: checked, Proof: proof, OldToken: before, NewToken: after,
			Entering: viewer.Actor().IsAdministrator() && viewer.Lacks() == LacksProof,
		})
	})
	if err != nil {
		return err
	}
	viewer.now = p.Store.Now()
	viewer.Session.ProvenAt = viewer.now
	if proof.Factor != store.FactorNone {
		viewer.Session.Factor = proof.Factor
	}
	return nil
}

// ConfirmPage asks the viewer for the password once more. What it is asked for,
// and what happens then, is the caller's to say.
func (p *Core) ConfirmPage(c echo.Context, next string) (views.ConfirmPage, error) {
	viewer := From(c)
	model := views.ConfirmPage{ServerName: viewer.Settings.ServerName, User: viewer.User, AsksCode: viewer.AsksCode()}
	model.Passkeys = viewer.User.Passkeys && auth.PasskeySite(c.Request(), viewer.Settings) != ""
	if !viewer.User.Linked {
		return model, nil
	}
	providers, err := p.Store.Providers(c.Request().Context())
	model.Providers = views.SignInChoices(providers, next)
	return model, err
}

// ConfirmationOver says whether err is that nobody is signed in any more who
// could confirm anything.
func ConfirmationOver(err error) bool {
	return errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrForbidden)
}
