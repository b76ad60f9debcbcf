package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// undeliverable is why a letter has lost its sense before it was sent, as a
// sentence for the screen.
type undeliverable string

func (u undeliverable) Error() string { return string(u) }

// prepare fills in what a letter says as things are now, and writes the hash
// of its link down. It answers undeliverable for one that nobody should get
// any more.
func (t *tx) prepare(ctx context.Context, l *Letter, userID, actorID int64, tokenHash func() []byte) error {
	if l.Kind == LetterRegistration {
		return t.prepareRegistration(ctx, l, tokenHash)
	}
	u, err := readUser(ctx, t, userID)
	if errors.Is(err, ErrNotFound) {
		return undeliverable("Whom this e-mail was for is not on this server any more.")
	}
	if err != nil {
		return err
	}
	l.Recipient = u.Email
	switch {
	case u.Email == "":
		return undeliverable(u.Name + " has no e-mail address any more.")
	case u.Disabled || u.Expired(t.now):
		return undeliverable(u.Name + " could not have signed in when this e-mail was due.")
	}
	switch l.Kind {
	case LetterInvitation:
		return t.prepareInvitation(ctx, l, u, tokenHash)
	case LetterReset:
		return t.prepareReset(ctx, l, u, actorID, tokenHash)
	case LetterDevice:
		return t.prepareDevice(ctx, l, u, tokenHash)
	case LetterAccepted, LetterConnect, LetterRegistration, LetterRegistered, LetterApproved:
	}
	l.Name = u.Name
	return nil
}

func (t *tx) prepareInvitation(ctx context.Context, l *Letter, u User, tokenHash func() []byte) error {
	var expires int64
	err := t.QueryRowContext(ctx, `SELECT greeting, expires_at FROM invitations WHERE user_id = ?`, u.ID).Scan(&l.Greeting, &expires)
	if errors.Is(err, sql.ErrNoRows) || err == nil && u.Kind != KindInvited {
		return undeliverable("The invitation was accepted before this e-mail was due.")
	}
	if err != nil {
		return fmt.Errorf("read invitation %d: %w", u.ID, err)
	}
	if l.Ends = fromMillis(expires); !t.now.Before(l.Ends) {
		return undeliverable("The invitation had expired when this e-mail was due.")
	}
	l.LastDay = u.LastDay()
	if err := t.nameOffer(ctx, l, u.Watches()); err != nil {
		return err
	}
	// A letter that is tried again may have arrived before, so the links of
	// earlier attempts stay.
	_, err = t.ExecContext(ctx, `INSERT OR IGNORE INTO invitation_links (token_hash, user_id, created_at) VALUES (?, ?, ?)`, tokenHash(), u.ID, millis(t.now))
	if err != nil {
		return fmt.Errorf("make link of invitation %d: %w", u.ID, err)
	}
	return nil
}

// nameOffer tells what an invitation offers, by name.
func (t *tx) nameOffer(ctx context.Context, l *Letter, access Access) error {
	libraries, err := readLibraries(ctx, t, shared)
	if err != nil {
		return err
	}
	channels, err := readChannels(ctx, t)
	if err != nil {
		return err
	}
	l.Access = access
	for _, library := range access.LibrariesOf(libraries) {
		l.Libraries = append(l.Libraries, library.Name)
	}
	for _, channel := range access.ChannelsOf(channels) {
		l.Channels = append(l.Channels, channel.Name)
	}
	return nil
}

// prepareReset makes the link in the name of whoever asked for it, who must
// still be allowed to: an administrator, or the user themself at the door.
func (t *tx) prepareReset(ctx context.Context, l *Letter, u User, actorID int64, tokenHash func() []byte) error {
	actor, err := t.actor(ctx, Actor{ID: actorID})
	if err != nil && !errors.Is(err, ErrForbidden) {
		return err
	}
	asked := actorID == u.ID && u.MayRecover(t.now)
	if !asked && (err != nil || !actor.MayResetPassword(u)) {
		return undeliverable(cmp.Or(l.Actor, u.Name) + ", who asked for this e-mail, may not do so any more.")
	}
	l.Name = u.Name
	l.Ends, err = t.putResetLink(ctx, actorID, u.ID, tokenHash())
	return err
}

// prepareRegistration gives a stranger a link to prove the address with, or
// tells whom the address belongs to already so: what happens on the screen is
// the same.
func (t *tx) prepareRegistration(ctx context.Context, l *Letter, tokenHash func() []byte) error {
	key := nameKey(l.Recipient)
	err := t.QueryRowContext(ctx, `SELECT kind FROM users WHERE email_key = ?`, key).Scan(&l.Known)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look for the address of letter %d: %w", l.ID, err)
	}
	var expires int64
	err = t.QueryRowContext(ctx, `UPDATE registration_links SET token_hash = ? WHERE email_key = ? AND expires_at > ? RETURNING expires_at`,
		tokenHash(), key, millis(t.now)).Scan(&expires)
	if errors.Is(err, sql.ErrNoRows) {
		return undeliverable("The registration was over before this e-mail was due.")
	}
	if err != nil {
		return fmt.Errorf("make link of letter %d: %w", l.ID, err)
	}
	l.Ends = fromMillis(expires)
	return nil
}
