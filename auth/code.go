package auth

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"usher/store"
)

// codeRules are the rules of codes that every authenticator knows (RFC 6238; the
// defaults of https://github.com/google/google-authenticator/wiki/Key-Uri-Format).
var codeRules = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// codeSkew is how many codes before and after the one of now are taken, for
// clocks that differ (RFC 6238, section 5.2).
const codeSkew = 1

// sealCodes and recovery are for what the server's key seals and mixes.
const (
	sealCodes   = "authenticator"
	macRecovery = "recovery"
)

// ShowCode checks what a user has typed as the second step: a code of the
// authenticator, or a recovery code. It answers the proof, which the change that
// it is for uses up; *Throttled after too many that were wrong; ErrWrong;
// store.ErrUsed; and ErrSealed where the server's key is another than the one
// that codes of the user were kept with.
func (p *Porter) ShowCode(ctx context.Context, u store.User, typed string) (store.Proof, error) {
	wait, err := p.store.KnockCode(ctx, u.ID)
	if err != nil {
		return store.Proof{}, err
	}
	if wait > 0 {
		return store.Proof{}, &Throttled{Wait: wait}
	}
	var secret string
	var made store.Authenticator
	if u.Codes {
		if made, err = p.store.Authenticator(ctx, u.ID); err != nil {
			return store.Proof{}, gone(err)
		}
		if secret, err = p.codeSecret(u.ID, made.Sealed); err != nil {
			return store.Proof{}, err
		}
	}
	code := plainCode(typed)
	if len(code) == recoveryLength {
		return p.showRecoveryCode(ctx, u.ID, code)
	}
	now := p.store.Now()
	step, right := matchCode(secret, code, now)
	switch {
	case !right:
		return store.Proof{}, ErrWrong
	case !made.Fresh(step, now):
		return store.Proof{}, fmt.Errorf("code of user %d: %w", u.ID, store.ErrUsed)
	}
	return store.Proof{Factor: store.FactorCode, Sealed: made.Sealed, Step: step}, nil
}

// gone is ErrWrong for what was removed since it was looked up.
func gone(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return ErrWrong
	}
	return err
}

// codeSecret is the secret of an authenticator in base32, as codes are made from it.
func (p *Porter) codeSecret(userID int64, sealed []byte) (string, error) {
	secret, err := p.key.unseal(sealCodes, userID, sealed)
	if err != nil {
		return "", fmt.Errorf("secret of the authenticator of user %d: %w", userID, err)
	}
	return base32Secret.EncodeToString(secret), nil
}

// base32Secret is how authenticators want a secret.
var base32Secret = base32.StdEncoding.WithPadding(base32.NoPadding)

// matchCode says which of the codes around now it is, the latest where it is
// several. A secret of "" has no codes.
func matchCode(secret, code string, now time.Time) (step int64, right bool) {
	if secret == "" || len(code) != codeRules.Digits.Length() {
		return 0, false
	}
	for step = store.CodeStep(now) + codeSkew; step >= store.CodeStep(now)-codeSkew; step-- {
		if same, err := hotp.ValidateCustom(code, uint64(max(step, 0)), secret, codeRules); err == nil && same {
			return step, true
		}
	}
	return 0, false
}

// recoveryAlphabet is the base32 of https://www.crockford.com/base32.html, which
// leaves out letters that are read as digits.
const recoveryAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// recoveryLength is how many characters a recovery code has, of five bits each.
const recoveryLength = 10

// NewRecoveryCodes are fresh recovery codes, each in two groups, and the hashes
// under which the database knows them.
func (p *Porter) NewRecoveryCodes(userID int64) (codes []string, hashes [][]byte) {
	for range store.RecoveryCodes {
		random := make([]byte, recoveryLength)
		rand.Read(random) // never returns an error: the program ends instead
		for i, b := range random {
			random[i] = recoveryAlphabet[int(b)%len(recoveryAlphabet)]
		}
		code := string(random)
		codes = append(codes, grouped(code))
		hashes = append(hashes, p.recoveryHash(userID, code))
	}
	return codes, hashes
}

func (p *Porter) recoveryHash(userID int64, code string) []byte {
	return p.key.mac(macRecovery, fmt.Appendf(nil, "%d %s", userID, code))
}

func (p *Porter) showRecoveryCode(ctx context.Context, userID int64, code string) (store.Proof, error) {
	hash := p.recoveryHash(userID, code)
	has, err := p.store.HasRecoveryCode(ctx, userID, hash)
	if err != nil {
		return store.Proof{}, err
	}
	if !has {
		return store.Proof{}, ErrWrong
	}
	return store.Proof{Factor: store.FactorRecovery, Recovery: hash}, nil
}

// OwnRecoveryCodes are those among what was typed that are recovery codes of the
// user, in the order typed, each as it was made.
func (p *Porter) OwnRecoveryCodes(ctx context.Context, userID int64, typed []string) (own []string, err error) {
	for _, text := range typed {
		code := plainCode(text)
		has, err := p.store.HasRecoveryCode(ctx, userID, p.recoveryHash(userID, code))
		if err != nil {
			return nil, err
		}
		if has {
			own = append(own, grouped(code))
		}
	}
	return own, nil
}

// grouped is a recovery code as people read it.
func grouped(code string) string { return code[:recoveryLength/2] + "-" + code[recoveryLength/2:] }

// plainCode is a code without what people put between its characters, with the
// digits of any script as 0 to 9, and letters that stand for digits as those.
func plainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); {
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r):
			return -1
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case unicode.Is(unicode.Nd, r):
			return '0' + rune(digitValue(r))
		}
		return r
	}, typed)
}
