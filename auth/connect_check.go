package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/coreos/go-oidc/v3/oidc"

	"usher/store"
)

// Found is what Check tells about a provider.
type Found struct {
	Problem    string // a sentence about why it cannot be used, "" when it can
	EndSession bool   // people can sign out there from here
}

// Check asks the provider now, whatever is known of it, and tells what was
// found.
func (c *Connect) Check(ctx context.Context, provider store.Provider) Found {
	known, err := c.directory.lookUp(ctx, provider.Issuer)
	if err != nil {
		return Found{Problem: discoverySentence(err)}
	}
	return Found{EndSession: known.endSession != ""}
}

// discoverySentence tells whoever runs the server why a provider cannot be
// used.
func discoverySentence(err error) string {
	var other *oidc.IssuerMismatchError
	switch {
	case errors.As(err, &other):
		return fmt.Sprintf("This provider says that its address is %.300q. Type it to the letter so.", other.Discovered)
	case kindOf(err, Unsound) == Unreachable:
		return fmt.Sprintf("Nothing answers at this address (%q).", told(err))
	}
	return fmt.Sprintf("What answers at this address is not an OpenID Connect provider that Usher can use (%q).", told(err))
}
