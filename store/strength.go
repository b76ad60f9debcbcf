package store

// Strength is how a session was signed in.
type Strength string

// The strengths: by being picked at home, by being picked there with the PIN,
// with the password, through Connect, and with a passkey.
const (
	StrengthHome     Strength = "home"
	StrengthPIN      Strength = "pin"
	StrengthPassword Strength = "password"
	StrengthConnect  Strength = "connect"
	StrengthPasskey  Strength = "passkey"
)

// Proven says whether whoever signed in has shown to be the user: with the
// password, through Connect or with a passkey.
func (s Strength) Proven() bool {
	return s == StrengthPassword || s == StrengthConnect || s == StrengthPasskey
}

// HomeOnly says whether a session of this strength counts at home only, having
// begun with nothing that is asked for elsewhere.
func (s Strength) HomeOnly() bool { return !s.Proven() }

// detail is what Activity says of how somebody came in, beside that they did.
func (s Strength) detail() string {
	switch s {
	case StrengthHome:
		return "at home, without a password"
	case StrengthPIN:
		return "at home, with the PIN"
	case StrengthPasskey:
		return "with a passkey"
	case StrengthPassword, StrengthConnect:
	}
	return ""
}

// Factor is what a session was proven by besides the password.
type Factor string

// The factors: none, a code of an authenticator, a passkey, which proves enough
// alone, and a recovery code.
const (
	FactorNone     Factor = ""
	FactorCode     Factor = "code"
	FactorPasskey  Factor = "passkey"
	FactorRecovery Factor = "recovery"
)

// Vouches says whether in such a session u's own name, e-mail and password may be
// decided about. Who has no password comes in by the name alone at home, as anyone
// there can, so one who signs in elsewhere as well, through Connect or with a
// passkey, has to have done that. A password that there is is asked for.
func (s Strength) Vouches(u User) bool {
	return s.Proven() || u.HasPassword || !u.Linked && !u.Passkeys
}

// MaySetPassword says whether u may set a password in such a session.
func (s Strength) MaySetPassword(u User) bool { return u.MayChangePassword && s.Vouches(u) }

// MaySetPIN says whether u may set a PIN in such a session. One that there is is
// asked for, as a password is.
func (s Strength) MaySetPIN(u User) bool { return u.Kind == KindLocal && (s.Vouches(u) || u.HasPIN) }
