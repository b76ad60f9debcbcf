package auth

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/crypto/chacha20poly1305"

	"usher/store"
)

// KeyFileName is the file beside the database in which the server's key is.
const KeyFileName = "usher.key"

// keyBytes gives the key 256 bits.
const keyBytes = 32

// ErrSealed is returned for what was sealed with another key than the server's,
// or is no sealed thing at all.
var ErrSealed = errors.New("this was not sealed with the server’s key")

// Key is the server's own secret. It is mixed into what would be guessed from a
// stolen database alone: PINs and recovery codes; and it seals what has to be
// read again: the secrets of authenticators.
type Key struct {
	secret []byte
}

// OpenKey reads the server's key from the data folder, or makes one where there is
// none. Changed says that the key is another than the one that the database was
// used with before, so that PINs, codes of authenticators and recovery codes in
// it count no more. Errors are of a file that cannot be read, and of the store.
func OpenKey(ctx context.Context, st *store.Store) (key *Key, changed bool, err error) {
	path := filepath.Join(st.Folder(), KeyFileName)
	if key, err = readKey(path); errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(path)
	}
	if err != nil {
		return nil, false, err
	}
	changed, err = st.MarkKey(ctx, key.mac("mark", nil))
	return key, changed, err
}

func readKey(path string) (*Key, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the server’s key: %w", err)
	}
	secret, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(secret) != keyBytes {
		return nil, fmt.Errorf("the server’s key %s is damaged: it has to be %d characters of 0 to 9 and a to f. Bring it back from a backup. "+
			"Without it PINs and second factors are lost: remove the file, and a new key is made", path, 2*keyBytes)
	}
	return &Key{secret}, nil
}

// makeKey writes the file whole or not at all, and reads it again, since another
// process may have been first.
func makeKey(path string) (*Key, error) {
	secret := make([]byte, keyBytes)
	rand.Read(secret)                                                     // never returns an error: the program ends instead
	file, err := os.CreateTemp(filepath.Dir(path), KeyFileName+".making") // 0600
	if err != nil {
		return nil, fmt.Errorf("make the server’s key: %w", err)
	}
	_, err = file.WriteString(hex.EncodeToString(secret) + "\n")
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		if err = os.Link(file.Name(), path); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	if err = errors.Join(err, os.Remove(file.Name())); err != nil {
		return nil, fmt.Errorf("make the server’s key: %w", err)
	}
	return readKey(path)
}

// mac is the text under a key of its own for each purpose.
func (k *Key) mac(purpose string, text []byte) []byte {
	mac := hmac.New(sha256.New, k.derive(purpose))
	mac.Write(text)
	return mac.Sum(nil)
}

func (k *Key) derive(purpose string) []byte {
	derived, err := hkdf.Key(sha256.New, k.secret, nil, "usher "+purpose, sha256.Size)
	if err != nil {
		panic(err) // only a length that no key has
	}
	return derived
}

// seal is the text, readable only with the key, for the purpose, and about whom it
// is.
func (k *Key) seal(purpose string, about int64, text []byte) ([]byte, error) {
	cipher, err := chacha20poly1305.NewX(k.derive(purpose))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	nonce := make([]byte, cipher.NonceSize(), cipher.NonceSize()+len(text)+cipher.Overhead())
	rand.Read(nonce)
	return cipher.Seal(nonce, nonce, text, fmt.Append(nil, about)), nil
}

// unseal is what seal has sealed, or ErrSealed.
func (k *Key) unseal(purpose string, about int64, sealed []byte) ([]byte, error) {
	cipher, err := chacha20poly1305.NewX(k.derive(purpose))
	if err != nil {
		return nil, fmt.Errorf("unseal: %w", err)
	}
	if len(sealed) < cipher.NonceSize() {
		return nil, ErrSealed
	}
	text, err := cipher.Open(nil, sealed[:cipher.NonceSize()], sealed[cipher.NonceSize():], fmt.Append(nil, about))
	if err != nil {
		return nil, ErrSealed
	}
	return text, nil
}
