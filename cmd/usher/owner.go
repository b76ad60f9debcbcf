package main

import (
	"context"
	"errors"
	"fmt"

	"usher/auth"
	"usher/store"
)

// ensureOwner makes the owner named in the environment, or resets that
// owner's password. A password that is right already stays as it is, so that
// a restart signs nobody out.
func (cmd *serveCommand) ensureOwner(ctx context.Context, st *store.Store) error {
	if cmd.Owner == "" && cmd.OwnerPassword == "" {
		return nil
	}
	if cmd.Owner == "" || cmd.OwnerPassword == "" {
		return errors.New("USHER_OWNER and USHER_OWNER_PASSWORD go together: set both, or neither")
	}
	if err := auth.CheckPassword(cmd.OwnerPassword, cmd.Owner); err != nil {
		return fmt.Errorf("USHER_OWNER_PASSWORD cannot be used. %w", err)
	}
	hasher := auth.NewHasher()
	owner, err := st.Owner(ctx)
	if errors.Is(err, store.ErrNotFound) {
		hash, err := hasher.Hash(ctx, cmd.OwnerPassword)
		if err != nil {
			return err
		}
		_, err = st.MakeOwner(ctx, cmd.Owner, hash)
		return err
	}
	if err != nil {
		return err
	}
	named, err := st.Credentials(ctx, cmd.Owner)
	if errors.Is(err, store.ErrNotFound) || err == nil && named.ID != owner.ID {
		return fmt.Errorf("USHER_OWNER is %q, but the owner here is %s. Name %s instead, or leave out both USHER_OWNER and USHER_OWNER_PASSWORD", cmd.Owner, owner.Name, owner.Name)
	}
	if err != nil {
		return err
	}
	verdict, err := hasher.Verify(ctx, named.PasswordHash, cmd.OwnerPassword)
	if err != nil || verdict.Match {
		return err
	}
	hash, err := hasher.Hash(ctx, cmd.OwnerPassword)
	if err != nil {
		return err
	}
	return st.ResetPassword(ctx, store.Console(), owner.ID, hash)
}
