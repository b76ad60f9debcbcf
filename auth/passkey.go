package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gorilla/sessions"

	"usher/store"
)

// ErrPasskey is the answer to a passkey that does not work, whatever the cause:
// nobody here has it, it was made for another site, what was signed is not what
// was asked for, or was asked for too long ago.
var ErrPasskey = errors.New("this passkey does not work here")

// Passkeys makes passkeys and checks them (Web Authentication, Level 3:
// https://www.w3.org/TR/webauthn-3/). A passkey has to know its user by itself
// and to make sure that it is them, so that it is enough to sign in.
type Passkeys struct {
	store *store.Store
	key   *Key
}

// NewPasskeys keeps passkeys in st, and has them know their users by the server's
// key.
func NewPasskeys(st *store.Store, key *Key) *Passkeys { return &Passkeys{store: st, key: key} }

// PasskeySite is the domain to which passkeys belong at the address of the
// request: the server's own over https, or localhost. At others browsers know
// none, and it is "".
func PasskeySite(r *http.Request, settings store.Settings) string {
	site, _ := passkeySite(r.Host, settings)
	return site
}

// passkeySite is the domain to which passkeys belong that are made at this host,
// and the origin at which they work; "" where there are none. Browsers make them
// for domains only, and only over https but for localhost
// (https://www.w3.org/TR/webauthn-3/#relying-party-identifier).
func passkeySite(host string, settings store.Settings) (site, origin string) {
	site = plainHost(host)
	if Secure(settings) {
		own := strings.TrimPrefix(settings.Address, "https://")
		if !strings.EqualFold(own, host) || protocol.ValidateRPID(site) != nil {
			return "", ""
		}
		return site, settings.Address
	}
	if site != "localhost" {
		return "", ""
	}
	return site, "http://" + host
}

// party is this server to the browser of the request, or ErrPasskey where there
// are no passkeys.
func (p *Passkeys) party(r *http.Request) (*webauthn.WebAuthn, error) {
	settings, err := p.store.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	site, origin := passkeySite(r.Host, settings)
	if site == "" {
		return nil, fmt.Errorf("%w: no passkeys at %q", ErrPasskey, r.Host)
	}
	party, err := webauthn.New(&webauthn.Config{
		RPID: site, RPOrigins: []string{origin}, RPDisplayName: settings.ServerName,
		AttestationPreference: protocol.PreferNoAttestation, // which model somebody has is not our business
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
		// Some password managers tell more than they were asked for, and nothing is decided by it.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, fmt.Errorf("set up passkeys at %q: %w", origin, err)
	}
	return party, nil
}

// keyHolder is a user as a passkey knows them.
type keyHolder struct {
	name   string
	handle []byte
	keys   []webauthn.Credential
}

// WebAuthnID is by what the passkey knows its user.
func (h *keyHolder) WebAuthnID() []byte { return h.handle }

// WebAuthnName is what the browser calls the passkey.
func (h *keyHolder) WebAuthnName() string { return h.name }

// WebAuthnDisplayName is what the browser calls the user.
func (h *keyHolder) WebAuthnDisplayName() string { return h.name }

// WebAuthnCredentials are the passkeys to check with.
func (h *keyHolder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// handle is by what passkeys that are made now know the user: nothing that tells
// who it is, and not the same as of another server on the same domain.
func (p *Passkeys) handle(userID int64) []byte {
	return p.key.mac("passkey user", []byte(strconv.FormatInt(userID, 10)))
}

// parsed is a stored passkey as the library has it.
func parsed(p store.Passkey) (key webauthn.Credential, err error) {
	if err := json.Unmarshal([]byte(p.Credential), &key); err != nil {
		return key, fmt.Errorf("read passkey %d: %w", p.ID, err)
	}
	return key, nil
}

// text is a passkey of the library as it is stored. The proof of how it was made
// is left out: it is not looked at again, and tells about its holder.
func text(key *webauthn.Credential) (string, error) {
	key.Attestation = webauthn.CredentialAttestation{}
	data, err := json.Marshal(key)
	if err != nil {
		return "", fmt.Errorf("keep passkey: %w", err)
	}
	return string(data), nil
}

// passkeyCookie is the cookie that binds what is asked of a passkey to the browser
// that was asked.
const passkeyCookie = "usher_passkey"

// browserOf is the cookie that binds what is asked of passkeys to this browser:
// the one that it has, or a new one. One is enough for all of its tabs.
func (p *Passkeys) browserOf(r *http.Request) (*http.Cookie, error) {
	settings, err := p.store.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	name := hostCookie(passkeyCookie, Secure(settings))
	token, _ := NewToken()
	if has, err := r.Cookie(name); err == nil && len(has.Value) == tokenLength {
		token = has.Value
	}
	return sessions.NewCookie(name, token, cookieOptions(settings, store.ChallengeLife)), nil
}

// asked is by what the database knows what was asked of this browser.
func asked(browser *http.Cookie, challenge string) []byte {
	return HashToken(browser.Value + " " + challenge)
}
