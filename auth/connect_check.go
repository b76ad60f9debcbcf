package auth

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"syscall"

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
		return fmt.Sprintf("This provider says that its address is “%.300s”. Type it to the letter so.", other.Discovered)
	case kindOf(err, Unsound) == Unreachable:
		return "Nothing answers at this address" + silence(err) + "."
	}
	return "What answers at this address is not an OpenID Connect provider that Usher can use. What is wrong: “" + told(err) + "”."
}

// silence tells why nothing answers, after a colon; "" where that is not known.
func silence(err error) string {
	var (
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		timeout     net.Error
	)
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return ": no server has this name, as far as this machine can tell"
	case errors.As(err, &certificate):
		return " that can be trusted: its certificate is not valid here"
	case errors.Is(err, syscall.ECONNREFUSED):
		return ": it refuses the connection"
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return " in time"
	}
	return ""
}
