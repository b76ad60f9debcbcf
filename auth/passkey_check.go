package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"usher/store"
)

// AskNew is what the browser has to be told to make a passkey for the user, none
// of whose passkeys it may have already. It answers ErrPasskey where there are no
// passkeys.
func (p *Passkeys) AskNew(w http.ResponseWriter, r *http.Request, u store.User) (*protocol.CredentialCreation, error) {
	party, err := p.party(r)
	if err != nil {
		return nil, err
	}
	holder := &keyHolder{name: u.Name, handle: p.handle(u.ID)}
	has, err := p.store.Passkeys(r.Context(), u.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range has {
		key, err := parsed(one)
		if err != nil {
			return nil, err
		}
		holder.keys = append(holder.keys, key)
	}
	options, session, err := party.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.keys).CredentialDescriptors()))
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	err = p.ask(w, r, session, func(ctx context.Context, token, data []byte) error {
		return p.store.BeginChallenge(ctx, store.Challenge{TokenHash: token, Kind: store.ChallengeNewPasskey, UserID: u.ID, Data: data})
	})
	return options, err
}

// Ask is what the browser has to be told to show a passkey, whosever it is. It
// answers ErrPasskey where there are no passkeys.
func (p *Passkeys) Ask(w http.ResponseWriter, r *http.Request) (*protocol.CredentialAssertion, error) {
	party, err := p.party(r)
	if err != nil {
		return nil, err
	}
	options, session, err := party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, fmt.Errorf("ask to show a passkey: %w", err)
	}
	return options, p.ask(w, r, session, p.store.BeginPasskeySignIn)
}

// ask has keep remember what the browser is asked, and binds it to the browser.
func (p *Passkeys) ask(w http.ResponseWriter, r *http.Request, session *webauthn.SessionData, keep func(ctx context.Context, token, data []byte) error) error {
	data, err := json.Marshal(session)
	if err != nil {
		return fmt.Errorf("keep what a passkey is asked: %w", err)
	}
	browser, err := p.browserOf(r)
	if err != nil {
		return err
	}
	if err := keep(r.Context(), asked(browser, session.Challenge), data); err != nil {
		return err
	}
	http.SetCookie(w, browser)
	return nil
}

// taken is what this browser was asked with that challenge, once. What is too
// long ago, or was asked of another, is ErrPasskey.
func (p *Passkeys) taken(r *http.Request, kind store.ChallengeKind, challenge string) (c store.Challenge, session webauthn.SessionData, err error) {
	browser, err := p.browserOf(r)
	if err != nil {
		return c, session, err
	}
	c, err = p.store.TakeChallenge(r.Context(), kind, asked(browser, challenge))
	if errors.Is(err, store.ErrBadLink) {
		return c, session, errors.Join(ErrPasskey, err)
	}
	if err != nil {
		return c, session, err
	}
	if err := json.Unmarshal(c.Data, &session); err != nil {
		return c, session, fmt.Errorf("read what a passkey was asked: %w", err)
	}
	return c, session, nil
}

// Made is the passkey that the browser of the user says it has made: what
// PublicKeyCredential.toJSON answers. It has yet to be saved. It answers
// ErrPasskey for one that was not asked for, or is not sound.
func (p *Passkeys) Made(r *http.Request, u store.User, answer string) (store.Passkey, error) {
	party, err := p.party(r)
	if err != nil {
		return store.Passkey{}, err
	}
	made, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return store.Passkey{}, errors.Join(ErrPasskey, err)
	}
	begun, session, err := p.taken(r, store.ChallengeNewPasskey, made.Response.CollectedClientData.Challenge)
	if err != nil {
		return store.Passkey{}, err
	}
	if begun.UserID != u.ID {
		return store.Passkey{}, fmt.Errorf("%w: it was asked of user %d", ErrPasskey, begun.UserID)
	}
	handle := p.handle(u.ID)
	key, err := party.CreateCredential(&keyHolder{name: u.Name, handle: handle}, session, made)
	if err != nil {
		return store.Passkey{}, errors.Join(ErrPasskey, err)
	}
	credential, err := text(key)
	return store.Passkey{
		UserID: u.ID, Site: party.Config.RPID, Handle: handle, CredentialID: key.ID, Credential: credential, Name: DeviceName(r.UserAgent()),
	}, err
}

// Shown is the passkey that the browser has shown: what
// PublicKeyCredential.toJSON answers. It is throttled by the address. It answers
// ErrPasskey for one that does not work here, *Refused for one that may have been
// copied, and *Throttled.
func (p *Passkeys) Shown(r *http.Request, answer string, l Location) (store.Passkey, error) {
	ctx, door := r.Context(), store.NewDoor("\x00passkey", l.neighbourhood())
	wait, err := p.store.Knock(ctx, door)
	if err != nil {
		return store.Passkey{}, err
	}
	if wait > 0 {
		return store.Passkey{}, &Throttled{Wait: wait}
	}
	found, err := p.check(r, answer)
	var refused *Refused
	if errors.Is(err, ErrPasskey) || errors.As(err, &refused) {
		return store.Passkey{}, errors.Join(err, p.recordRefusal(ctx, found, err, l))
	}
	if err != nil {
		return store.Passkey{}, errors.Join(err, p.store.TakeBack(ctx, door))
	}
	return found, p.store.TakeBack(ctx, door)
}

// check finds out whose passkey was shown, and whether it is that. The passkey is
// answered with an error, too, where it is known.
func (p *Passkeys) check(r *http.Request, answer string) (found store.Passkey, err error) {
	party, err := p.party(r)
	if err != nil {
		return found, err
	}
	shown, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return found, errors.Join(ErrPasskey, err)
	}
	_, session, err := p.taken(r, store.ChallengePasskeySignIn, shown.Response.CollectedClientData.Challenge)
	if err != nil {
		return found, err
	}
	found, err = p.store.PasskeyByCredential(r.Context(), shown.RawID)
	if errors.Is(err, store.ErrNotFound) {
		return found, errors.Join(ErrPasskey, err)
	}
	if err != nil {
		return found, err
	}
	known, err := parsed(found)
	if err != nil {
		return found, err
	}
	holder := &keyHolder{handle: found.Handle, keys: []webauthn.Credential{known}}
	key, err := party.ValidateDiscoverableLogin(func([]byte, []byte) (webauthn.User, error) { return holder, nil }, session, shown)
	if err != nil {
		return found, errors.Join(ErrPasskey, err)
	}
	return found, p.used(r.Context(), found, key)
}

// used notes what the passkey is like since it was shown. A counter that does not
// go up says that there may be two of it
// (https://www.w3.org/TR/webauthn-3/#sctn-sign-counter).
func (p *Passkeys) used(ctx context.Context, found store.Passkey, key *webauthn.Credential) error {
	if key.Authenticator.CloneWarning {
		return &Refused{
			Reason: "This passkey may have been copied: it counts how often it is used, and has counted less than last time. Sign in another way, remove it, and make a new one.",
			record: "with a passkey that may have been copied",
		}
	}
	credential, err := text(key)
	if err != nil {
		return err
	}
	err = p.store.UsePasskey(ctx, found, credential)
	if errors.Is(err, store.ErrNotFound) {
		return errors.Join(ErrPasskey, err)
	}
	return err
}

// recordRefusal writes down that a passkey was refused; nobody's and made-up ones
// of one network are one line.
func (p *Passkeys) recordRefusal(ctx context.Context, found store.Passkey, why error, l Location) error {
	if errors.Is(why, store.ErrBadLink) {
		return nil
	}
	if found.ID == 0 {
		return p.store.RecordRefusal(ctx, nil, "with a passkey that nobody here has", l.neighbourhood(), l.Home)
	}
	u, err := p.store.User(ctx, found.UserID)
	if err != nil {
		return err
	}
	var refused *Refused
	reason := "with a passkey that did not prove to be theirs"
	if errors.As(why, &refused) {
		reason = refused.record
	}
	return p.store.RecordRefusal(ctx, &u, reason, l.Text(), l.Home)
}
