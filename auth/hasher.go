package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"runtime"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
	"golang.org/x/text/unicode/norm"
)

// ErrBusy is returned when so many passwords wait to be hashed that one more
// would only make everybody wait longer. Trying again a little later helps.
var ErrBusy = errors.New("too many passwords are being checked at once")

// ErrPasswordForm is returned by Hash for a password that no form of Usher
// accepts: one that is not valid UTF-8, or is longer than any password may be.
var ErrPasswordForm = errors.New("the password is not readable text of a sensible length")

const (
	// maxWaiting is how many may queue for a free place before ErrBusy. At about
	// 20 ms a hash the last one in the queue waits around a second.
	maxWaiting = 64

	// maxPasswordBytes is above what MaxPasswordLength characters can take in
	// UTF-8, even decomposed, so that nobody makes Usher normalise megabytes.
	maxPasswordBytes = 16 * MaxPasswordLength
)

// Hasher hashes and checks passwords with Argon2id. Each hash takes 19 MiB of
// memory, so a Hasher runs at most one for each processor and lets a bounded
// number wait. All of a program shares one Hasher.
type Hasher struct {
	admitted *semaphore.Weighted // running and waiting
	running  *semaphore.Weighted
	params   argonParams
	decoy    argonHash
}

// NewHasher returns a Hasher with the parameters that the OWASP Password
// Storage Cheat Sheet recommends for Argon2id: m=19 MiB, t=2, p=1.
func NewHasher() *Hasher {
	return newHasher(argonParams{memory: 19 * 1024, passes: 2, lanes: 1}, runtime.GOMAXPROCS(0))
}

// NewQuickHasher returns a Hasher whose hashes take next to no time and memory,
// and protect nothing: for tests, which make hundreds. Nothing else may use it.
func NewQuickHasher() *Hasher {
	return newHasher(argonParams{memory: 64, passes: 1, lanes: 1}, runtime.GOMAXPROCS(0))
}

func newHasher(params argonParams, atOnce int) *Hasher {
	decoy := argonHash{argonParams: params, salt: make([]byte, saltBytes), tag: make([]byte, tagBytes)}
	rand.Read(decoy.salt) // crypto/rand.Read never returns an error: the program ends instead
	rand.Read(decoy.tag)
	return &Hasher{
		admitted: semaphore.NewWeighted(int64(atOnce) + maxWaiting),
		running:  semaphore.NewWeighted(int64(atOnce)),
		params:   params,
		decoy:    decoy,
	}
}

// Verdict is what Verify found.
type Verdict struct {
	Match  bool // the password is the one that was hashed
	Rehash bool // it matched, but was hashed with other parameters than today's
}

// Hash returns the password's hash as a PHC string, with a salt of its own.
//
// The password is hashed in Unicode form NFC, so that the same word typed on
// another keyboard matches (NIST SP 800-63B, section 3.1.1.2, asks for one
// stable form). The errors are ErrPasswordForm, ErrBusy and the context's.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if !readable(password) {
		return "", ErrPasswordForm
	}
	fresh := argonHash{argonParams: h.params, salt: make([]byte, saltBytes)}
	rand.Read(fresh.salt)
	tag, err := h.derive(ctx, fresh, tagBytes, password)
	if err != nil {
		return "", err
	}
	fresh.tag = tag
	return fresh.String(), nil
}

// Verify tells whether password is the one that phc was made from.
//
// It does the same hashing work when there is nothing to compare with: an
// empty phc (no such user, or one without a password) or one that cannot be
// read never matches, but takes as long as a wrong password. The errors are
// ErrBusy and the context's.
func (h *Hasher) Verify(ctx context.Context, phc, password string) (Verdict, error) {
	stored, err := parsePHC(phc)
	usable := err == nil
	if !usable {
		stored = h.decoy
	}
	if !readable(password) {
		usable, password = false, ""
	}
	tag, err := h.derive(ctx, stored, len(stored.tag), password)
	if err != nil {
		return Verdict{}, err
	}
	same := subtle.ConstantTimeCompare(tag, stored.tag) == 1
	match := same && usable
	return Verdict{Match: match, Rehash: match && stored.argonParams != h.params}, nil
}

// derive waits for a free place and computes the tag.
func (h *Hasher) derive(ctx context.Context, with argonHash, size int, password string) ([]byte, error) {
	if !h.admitted.TryAcquire(1) {
		return nil, ErrBusy
	}
	defer h.admitted.Release(1)
	if err := h.running.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("wait for a free place to hash a password: %w", err)
	}
	defer h.running.Release(1)
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), with.salt, with.passes, with.memory, with.lanes, uint32(size)), nil
}

func readable(password string) bool {
	return len(password) <= maxPasswordBytes && utf8.ValidString(password)
}
