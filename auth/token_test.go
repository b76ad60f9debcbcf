package auth

import (
	"bytes"
	"encoding/base64"
	"testing"
)

func TestNewToken(t *testing.T) {
	token, hash := NewToken()
	if raw, err := base64.RawURLEncoding.DecodeString(token); err != nil || len(raw) != 32 {
		t.Errorf("NewToken() = %q: %d bytes, %v; want 32 in base64url", token, len(raw), err)
	}
	if !bytes.Equal(hash, HashToken(token)) || len(hash) != 32 {
		t.Errorf("the hash of %q is %x, HashToken says %x", token, hash, HashToken(token))
	}
	if again, _ := NewToken(); again == token {
		t.Errorf("NewToken returned %q twice", token)
	}
}
