package auth

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"image/png"
	"strings"

	"github.com/pquerna/otp/totp"

	"usher/store"
)

// secretBytes is how long the secret of an authenticator is (RFC 4226, section 4,
// R6).
const secretBytes = 20

// qrSide is how many pixels the picture for authenticators is wide and high.
const qrSide = 320

// maxLabel is how many characters of a name go into that picture, so that a
// telephone can still read it.
const maxLabel = 32

// BeginAuthenticator makes a secret for an authenticator of the actor, and the
// token by which the browser is known that sets it up. It answers as
// store.BeginAuthenticator does.
func (p *Porter) BeginAuthenticator(ctx context.Context, actor store.Actor) (token string, err error) {
	secret := make([]byte, secretBytes)
	rand.Read(secret) // never returns an error: the program ends instead
	sealed, err := p.key.seal(sealCodes, actor.ID, secret)
	if err != nil {
		return "", err
	}
	token, hash := NewToken()
	return token, p.store.BeginAuthenticator(ctx, actor, hash, sealed)
}

// NewAuthenticator is the secret, in base32, of the authenticator that the user is
// setting up in this browser, or store.ErrBadLink.
func (p *Porter) NewAuthenticator(ctx context.Context, userID int64, challenge []byte) (secret string, err error) {
	sealed, err := p.store.AuthenticatorToBe(ctx, userID, challenge)
	if err != nil {
		return "", err
	}
	return p.codeSecret(userID, sealed)
}

// SetAuthenticator has the actor asked for codes from now on, if this one shows
// that the new authenticator works. It answers recovery codes where this is the
// first factor, none otherwise; ErrWrong for another code, and what
// store.SetAuthenticator does.
func (p *Porter) SetAuthenticator(ctx context.Context, actor store.Actor, sessionID int64, challenge []byte, typed string) (recovery []string, err error) {
	secret, err := p.NewAuthenticator(ctx, actor.ID, challenge)
	if err != nil {
		return nil, err
	}
	step, right := matchCode(secret, plainCode(typed), p.store.Now())
	if !right {
		return nil, ErrWrong
	}
	codes, hashes := p.NewRecoveryCodes(actor.ID)
	made, err := p.store.SetAuthenticator(ctx, actor, store.NewAuthenticator{Challenge: challenge, Step: step, Recovery: hashes, Session: sessionID})
	if err != nil || !made {
		return nil, err
	}
	return codes, nil
}

// AuthenticatorPicture is a PNG with the QR code by which an authenticator takes a
// secret over, as of this server and user
// (https://github.com/google/google-authenticator/wiki/Key-Uri-Format).
func AuthenticatorPicture(secret, serverName, userName string) ([]byte, error) {
	raw, err := base32Secret.DecodeString(secret)
	if err != nil {
		return nil, fmt.Errorf("read secret: %w", err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: label(serverName), AccountName: label(userName), Secret: raw})
	if err != nil {
		return nil, fmt.Errorf("describe authenticator: %w", err)
	}
	picture, err := key.Image(qrSide, qrSide)
	if err != nil {
		return nil, fmt.Errorf("draw authenticator: %w", err)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		return nil, fmt.Errorf("write picture: %w", err)
	}
	return file.Bytes(), nil
}

// label is a name as it may stand there: a colon would end it.
func label(name string) string {
	letters := []rune(strings.ReplaceAll(name, ":", " "))
	return strings.TrimSpace(string(letters[:min(len(letters), maxLabel)]))
}
