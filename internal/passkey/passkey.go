// Package passkey is a device with a passkey, and the browser beside it, for
// tests: it makes the passkey and shows it as Web Authentication has it
// (https://www.w3.org/TR/webauthn-3/), and what it says can be bent. Ready-made
// ones drop leading zeros of keys, and so fail now and then.
package passkey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
)

// Device holds one passkey. The browser beside it is at Origin.
type Device struct {
	Site    string // the domain that the passkey says it is for
	Origin  string
	ID      []byte
	Handle  []byte // by which it knows its user
	Key     *ecdsa.PrivateKey
	Counter uint32 // goes up each time; 0 before the first

	Absent, Unknown bool // nobody is there, or the device has not made sure who it is
	t               testing.TB
}

// New is a device whose passkey has yet to be made, beside a browser at the
// domain over https. Its user is there, and the device has made sure who it is.
func New(t testing.TB, site string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	rand.Read(id)
	return &Device{Site: site, Origin: "https://" + site, ID: id, Key: key, t: t}
}

// Copy is a device with the same passkey, which goes its own way from now on.
func (d *Device) Copy() *Device {
	other := *d
	return &other
}

// Make makes the passkey by what the server asks for, as JSON, and is what
// PublicKeyCredential.toJSON answers.
func (d *Device) Make(options string) string {
	d.t.Helper()
	var asked struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
			User      struct {
				ID protocol.URLEncodedBase64 `json:"id"`
			} `json:"user"`
		} `json:"publicKey"`
	}
	d.read(options, &asked)
	d.Handle = asked.PublicKey.User.ID
	attestation := d.cbor(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": append(d.data(protocol.FlagAttestedCredentialData), d.credential()...)})
	return d.answer(map[string]any{
		"clientDataJSON": encode(d.said(protocol.CreateCeremony, asked.PublicKey.Challenge)), "attestationObject": encode(attestation),
		"transports": []string{"internal"},
	})
}

// Show shows the passkey by what the server asks for, likewise.
func (d *Device) Show(options string) string {
	d.t.Helper()
	var asked struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
		} `json:"publicKey"`
	}
	d.read(options, &asked)
	data, said := d.data(0), d.said(protocol.AssertCeremony, asked.PublicKey.Challenge)
	hash := sha256.Sum256(said)
	digest := sha256.Sum256(append(data, hash[:]...))
	signature, err := d.Key.Sign(rand.Reader, digest[:], nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]any{
		"clientDataJSON": encode(said), "authenticatorData": encode(data), "signature": encode(signature), "userHandle": encode(d.Handle),
	})
}

// data is what the device says (section 6.1, Authenticator Data).
func (d *Device) data(flags protocol.AuthenticatorFlags) []byte {
	if !d.Absent {
		flags |= protocol.FlagUserPresent
	}
	if !d.Unknown {
		flags |= protocol.FlagUserVerified
	}
	d.Counter++
	site := sha256.Sum256([]byte(d.Site))
	return binary.BigEndian.AppendUint32(append(site[:], byte(flags)), d.Counter)
}

// credential is the public half of the passkey (section 6.5.1, Attested Credential
// Data), of a model that is not told.
func (d *Device) credential() []byte {
	public, err := d.Key.PublicKey.Bytes() // 4, x and y
	if err != nil {
		d.t.Fatal(err)
	}
	half := (len(public) - 1) / 2
	data := binary.BigEndian.AppendUint16(make([]byte, 16), uint16(len(d.ID)))
	return append(append(data, d.ID...), d.cbor(map[int]any{
		1: int(webauthncose.EllipticKey), 3: int(webauthncose.AlgES256), -1: int(webauthncose.P256), -2: public[1 : 1+half], -3: public[1+half:],
	})...)
}

// said is what the browser adds (section 5.8.1, Client Data).
func (d *Device) said(ceremony protocol.CeremonyType, challenge string) []byte {
	return d.json(map[string]any{"type": ceremony, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
}

func (d *Device) answer(response map[string]any) string {
	return string(d.json(map[string]any{
		"id": encode(d.ID), "rawId": encode(d.ID), "type": "public-key", "authenticatorAttachment": "platform",
		"clientExtensionResults": map[string]any{}, "response": response,
	}))
}

func (d *Device) read(options string, into any) {
	d.t.Helper()
	if err := json.Unmarshal([]byte(options), into); err != nil {
		d.t.Fatal(fmt.Errorf("%w in %s", err, options))
	}
}

func (d *Device) json(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

func (d *Device) cbor(value any) []byte {
	data, err := webauthncbor.Marshal(value)
	if err != nil {
		d.t.Fatal(err)
	}
	return data
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
