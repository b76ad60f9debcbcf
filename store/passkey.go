package store

import "time"

// MaxPasskeys is how many passkeys one user may have.
const MaxPasskeys = 20

// maxPasskeyName is how long the name of a passkey may be, in characters.
const maxPasskeyName = 64

// Passkey is the public half of a key pair of which a user's device keeps the
// other: whoever shows that half, after the device has made sure who it is,
// signs in without a password.
type Passkey struct {
	ID           int64
	UserID       int64
	Site         string // the domain at which it was made, and works
	Handle       []byte // by which it knows its user
	CredentialID []byte
	Credential   string // public key, counter and flags, as JSON of whoever checks it
	Name         string
	MadeAt       time.Time
	UsedAt       time.Time // zero: never
}

// NewPasskey is a passkey to be kept.
type NewPasskey struct {
	Passkey
	By       Strength // of the session in which it was made
	Session  int64    // its id
	Recovery [][]byte // the hashes of the recovery codes that come with the first factor
}

// MayHavePasskeys says whether passkeys are for u: for those with an account of
// their own, so not for the guest account.
func (u User) MayHavePasskeys() bool { return u.Kind == KindLocal || u.Kind == KindGuest }

// MayChangePasskeys says whether u may add and remove passkeys in such a session
// (Vouches). Who has no password, nor a session that began with as much, makes a
// first way in from away with one, as with a first password, where they may.
func (s Strength) MayChangePasskeys(u User) bool {
	return u.MayHavePasskeys() && s.Vouches(u) && (s.Proven() || u.HasPassword || u.MayChangePassword)
}
