package main

import (
	"context"
	"errors"
	"fmt"

	"usher/auth"
	"usher/store"
)

// ensureProvider makes the provider that was given by flag or environment the
// fixed one, and removes one that was given before.
func (cmd *serveCommand) ensureProvider(ctx context.Context, st *store.Store) error {
	if cmd.ConnectIssuer == "" {
		if cmd.ConnectClient != "" || cmd.ConnectSecret != "" {
			return errors.New("USHER_CONNECT_CLIENT_ID and USHER_CONNECT_CLIENT_SECRET need USHER_CONNECT_ISSUER, the address of the provider")
		}
		return st.FixProvider(ctx, nil)
	}
	if message := auth.IssuerProblem(cmd.ConnectIssuer); message != "" {
		return fmt.Errorf("--connect-issuer (USHER_CONNECT_ISSUER) is %q. %s", cmd.ConnectIssuer, message)
	}
	err := st.FixProvider(ctx, &store.ProviderInput{
		Name: cmd.ConnectName, Issuer: cmd.ConnectIssuer, ClientID: cmd.ConnectClient, ClientSecret: cmd.ConnectSecret,
	})
	var invalid *store.Invalid
	if errors.As(err, &invalid) {
		return errors.New("USHER_CONNECT_ISSUER, USHER_CONNECT_NAME, USHER_CONNECT_CLIENT_ID and USHER_CONNECT_CLIENT_SECRET cannot be used as they are. " + invalid.Error())
	}
	return err
}
