package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// tokenBytes gives a token 256 bits, so that guessing one is hopeless and a
// plain, fast hash of it is safe to store.
const tokenBytes = 32

// tokenLength is how long a token is in base64url.
const tokenLength = (tokenBytes*8 + 5) / 6

// NewToken returns a secret to hand out (in a cookie or a link; base64url, 43
// characters) and the hash under which the database knows it.
func NewToken() (token string, hash []byte) {
	secret := make([]byte, tokenBytes)
	// crypto/rand.Read never returns an error: the program ends instead.
	rand.Read(secret)
	token = base64.RawURLEncoding.EncodeToString(secret)
	return token, HashToken(token)
}

// HashToken returns the SHA-256 of a token, as stored. Looking a token up by
// its hash tells an attacker nothing through timing, since what they vary is
// not what is compared.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
