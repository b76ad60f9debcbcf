package auth

import (
	"context"
	"errors"

	"usher/store"
)

// NeedsFactor says that the password was right, and that something besides it is
// asked for: a sign-in is held, and the browser gets the token for the challenge’s
// cookie.
type NeedsFactor struct {
	Token           string
	Codes, Passkeys bool // which the user has
}

// Error says so.
func (n *NeedsFactor) Error() string { return "a second factor is asked for" }

// hold keeps a sign-in whose password was right until its second step.
func (p *Porter) hold(ctx context.Context, door store.Door, known store.Credentials, rehash string) error {
	token, hash := NewToken()
	if err := p.store.HoldSignIn(ctx, hash, door, known, rehash); err != nil {
		return sinceWeLooked(err)
	}
	return &NeedsFactor{Token: token, Codes: known.Codes, Passkeys: known.Passkeys}
}

// Halfway is whose sign-in the browser with this challenge has yet to finish. It
// answers store.ErrBadLink when that is finished or too long ago.
func (p *Porter) Halfway(ctx context.Context, challenge []byte) (store.User, error) {
	held, err := p.store.Challenge(ctx, store.ChallengeSignIn, challenge)
	if err != nil {
		return store.User{}, err
	}
	u, err := p.store.User(ctx, held.UserID)
	if errors.Is(err, store.ErrNotFound) {
		return u, errors.Join(store.ErrBadLink, err)
	}
	return u, err
}

// FinishWithCode opens the session for a sign-in that was held, with a code of the
// authenticator or a recovery code. It answers as ShowCode and FinishSignIn do.
// Codes that are wrong are written down.
func (p *Porter) FinishWithCode(ctx context.Context, challenge []byte, typed string, session store.NewSession, replaces int64) error {
	u, err := p.Halfway(ctx, challenge)
	if err != nil {
		return err
	}
	proof, err := p.ShowCode(ctx, u, typed)
	if errors.Is(err, ErrWrong) || errors.Is(err, store.ErrUsed) {
		return errors.Join(err, p.store.RecordRefusal(ctx, &u, "the code was wrong", session.Address, session.AtHome))
	}
	if err != nil {
		return err
	}
	return p.FinishSignIn(ctx, challenge, proof, session, replaces)
}

// FinishSignIn opens the session for a sign-in that was held, with what the user
// has shown besides the password. It answers store.ErrBadLink when that sign-in
// cannot be finished any more, store.ErrUsed for a code that somebody else was
// faster with, and *Refused with why the user may not come in.
func (p *Porter) FinishSignIn(ctx context.Context, challenge []byte, proof store.Proof, session store.NewSession, replaces int64) error {
	u, err := p.Halfway(ctx, challenge)
	if err != nil {
		return err
	}
	if refused := p.refusal(u, Location{Home: session.AtHome}, "password"); refused != nil {
		return errors.Join(refused, p.store.RecordRefusal(ctx, &u, refused.record, session.Address, session.AtHome))
	}
	err = p.store.FinishSignIn(ctx, challenge, proof, session, replaces)
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrForbidden) {
		return errors.Join(store.ErrBadLink, err)
	}
	return err
}
