package views

import (
	"usher/store"
	"usher/views/ui"
)

// secondFactor says what the user is asked for besides the password.
func (p SignInRulesPage) secondFactor() string {
	u := p.user()
	switch {
	case u.Codes && u.Passkeys:
		return "After the password, " + u.Name + " is asked for a code of an authenticator or a passkey."
	case u.Codes:
		return "After the password, " + u.Name + " is asked for a code of an authenticator."
	case u.Passkeys:
		return u.Name + " signs in with a passkey, or with the password and then a passkey."
	}
	return "None. " + u.Name + " can set one up under My account."
}

// removesFactor says whether the second factor can be taken away here. Guests
// look after their own.
func (p SignInRulesPage) removesFactor() bool {
	return p.user().SecondFactor() && p.Actor.MayResetPassword(p.user())
}

// RemoveSecondFactorPage asks before somebody's second factor goes.
type RemoveSecondFactorPage struct {
	Layout ui.Layout
	User   store.User
}

func (p RemoveSecondFactorPage) address(under string) string { return UserAddress(p.User.ID) + under }
