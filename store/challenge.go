package store

import "time"

// ChallengeLife is how long a browser may take to finish what it has begun.
const ChallengeLife = 10 * time.Minute

// ChallengeKind is what a browser has begun.
type ChallengeKind string

// The kinds: a sign-in whose password was right, a sign-in with a passkey alone,
// a passkey to be made, an authenticator to be confirmed.
const (
	ChallengeSignIn           ChallengeKind = "sign-in"
	ChallengePasskeySignIn    ChallengeKind = "passkey-sign-in"
	ChallengeNewPasskey       ChallengeKind = "passkey-new"
	ChallengeNewAuthenticator ChallengeKind = "authenticator-new"
)

// Challenge is what a browser has begun and has yet to finish, within
// ChallengeLife and once.
type Challenge struct {
	TokenHash []byte // SHA-256 of the token in the browser's cookie
	Kind      ChallengeKind
	UserID    int64  // 0 where a passkey will tell
	Data      []byte // of whoever has begun it
}
