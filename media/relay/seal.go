package relay

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
)

// maxAddress bounds the addresses that are sealed, in bytes.
const maxAddress = 4096

// sealer hides addresses from browsers that are to ask for them through Usher.
// What it seals can be opened for the same entry only, until Usher stops.
type sealer struct {
	box   cipher.AEAD
	nonce []byte // the key with which nonces are made
}

func newSealer() sealer {
	// Neither fails: rand.Read ends the program where there is no randomness, and
	// the key has a length that AES knows.
	keys := make([]byte, 2*sha256.Size)
	_, _ = rand.Read(keys)
	block, err := aes.NewCipher(keys[:sha256.Size])
	if err != nil {
		panic(err)
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return sealer{box, keys[sha256.Size:]}
}

// seal is an address as a part of another. The same address is sealed into the
// same text each time, since players know the parts of a list again by their
// addresses: so the nonce is made of what is sealed.
func (s sealer) seal(entry int64, address string) string {
	about := about(entry)
	mac := hmac.New(sha256.New, s.nonce)
	mac.Write(about)
	mac.Write([]byte(address))
	nonce := mac.Sum(nil)[:s.box.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(s.box.Seal(nonce, nonce, []byte(address), about))
}

// open is the address that was sealed for the entry, and false for what was not.
func (s sealer) open(entry int64, sealed string) (address string, ok bool) {
	if len(sealed) > 2*maxAddress {
		return "", false
	}
	box, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || len(box) < s.box.NonceSize() {
		return "", false
	}
	plain, err := s.box.Open(nil, box[:s.box.NonceSize()], box[s.box.NonceSize():], about(entry))
	return string(plain), err == nil
}

// about is what an address is sealed for.
func about(entry int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(entry)) }
