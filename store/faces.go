package store

import "time"

// FacesPage is how many faces one page of them holds.
const FacesPage = 24

// Asking is what picking somebody at home asks for.
type Asking string

// What is asked for: nothing, the PIN, the password.
const (
	AsksNothing  Asking = ""
	AsksPIN      Asking = "pin"
	AsksPassword Asking = "password"
)

// Asks is what picking u at home asks for: the PIN where there is one, or else
// nothing where the name alone signs u in, or else the password.
func (u User) Asks() Asking {
	switch {
	case u.AtHomeByPIN():
		return AsksPIN
	case u.AtHomeByName():
		return AsksNothing
	}
	return AsksPassword
}

// ShowsFace says whether u is among the faces that the sign-in page shows at
// home: local users and the guest account are, unless they are hidden or could
// not come in. Guests never are.
func (u User) ShowsFace(now time.Time) bool {
	return (u.Kind == KindLocal || u.Kind == KindGuestAccount) && !u.Hidden && !u.Disabled && !u.Expired(now)
}

// BarredFrom says whether u may not come in from there, being restricted to
// home.
func (u User) BarredFrom(atHome bool) bool { return u.Restrictions.NoAway && !atHome }
