package store

import (
	"errors"
	"time"
)

// ErrUsed says that a code was right, but has been used before.
var ErrUsed = errors.New("used already")

// CodePeriod is how long a code of an authenticator is shown (RFC 6238, section 5.2).
const CodePeriod = 30 * time.Second

// CodeStep is the number of the code that authenticators show at a moment.
func CodeStep(at time.Time) int64 { return at.Unix() / int64(CodePeriod.Seconds()) }

// RecoveryCodes is how many recovery codes are made at once.
const RecoveryCodes = 10

// Proof is what somebody has shown besides the password, checked but not used up
// yet.
type Proof struct {
	Factor   Factor
	Sealed   []byte // of FactorCode: the secret with which the code was checked
	Step     int64  // of FactorCode: which code it was
	Recovery []byte // of FactorRecovery: the hash of the code
}

// words says with what somebody signed in, for Activity.
func (p Proof) words() string {
	switch p.Factor {
	case FactorCode:
		return "with the password and a code"
	case FactorRecovery:
		return "with the password and a recovery code"
	case FactorPasskey:
		return "with the password and a passkey"
	case FactorNone:
	}
	return ""
}

// Authenticator is what makes a user's codes.
type Authenticator struct {
	Sealed   []byte // its secret, sealed with the server's key
	MadeAt   time.Time
	LastStep int64 // the number of the code that was used last; 0 for none
}

// Fresh says whether the code of this step may be used: it is later than the one
// that was used last (RFC 6238, section 5.2). One that lies ahead of the clock by
// more than a step shows that the clock was set back, and counts as not known.
func (a Authenticator) Fresh(step int64, now time.Time) bool {
	return step > a.LastStep || a.LastStep > CodeStep(now)+1
}

// MayHaveCodes says whether codes of an authenticator can be asked of the user:
// they come after a password.
func (u User) MayHaveCodes() bool {
	return u.HasPassword && (u.Kind == KindLocal || u.Kind == KindGuest)
}

// NewAuthenticator is an authenticator of which a code has shown that it works.
type NewAuthenticator struct {
	Challenge []byte   // SHA-256 of the token of the browser that has begun it
	Step      int64    // of that code, which is used now
	Recovery  [][]byte // hashes of recovery codes, for a first factor
	Session   int64    // in which the code was typed
}
