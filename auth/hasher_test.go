package auth

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// quick hashes with next to no memory, so that tests spend their time elsewhere.
func quick(atOnce int) *Hasher {
	return newHasher(argonParams{memory: 64, passes: 1, lanes: 1}, atOnce)
}

func TestHashIsArgon2idAsOWASPRecommends(t *testing.T) {
	h := NewHasher()
	phc, err := h.Hash(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("unexpected parameters in %s", phc)
	}
	parsed, err := parsePHC(phc)
	if err != nil || len(parsed.salt) != 16 || len(parsed.tag) != 32 {
		t.Errorf("parsePHC(%s) = %+v, %v; want a salt of 16 and a tag of 32 bytes", phc, parsed, err)
	}
	verdict, err := h.Verify(t.Context(), phc, "correct horse")
	if err != nil || verdict != (Verdict{Match: true}) {
		t.Errorf("Verify = %+v, %v; want a match that needs no new hash", verdict, err)
	}
}

func TestVerify(t *testing.T) {
	h := quick(2)
	phc, err := h.Hash(t.Context(), "Gr\u00fc\u00dfe aus K\u00f6ln") // NFC
	if err != nil {
		t.Fatal(err)
	}
	other, err := newHasher(argonParams{memory: 128, passes: 1, lanes: 1}, 1).Hash(t.Context(), "secret")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, phc, password string
		want                Verdict
	}{
		{"the same", phc, "Gr\u00fc\u00dfe aus K\u00f6ln", Verdict{Match: true}},
		{"the same, typed decomposed", phc, "Gru\u0308\u00dfe aus Ko\u0308ln", Verdict{Match: true}},
		{"another case", phc, "gr\u00fc\u00dfe aus K\u00f6ln", Verdict{}},
		{"nothing", phc, "", Verdict{}},
		{"not UTF-8", phc, "Gr\xfc\xdfe", Verdict{}},
		{"a megabyte", phc, strings.Repeat("x", 1<<20), Verdict{}},
		{"no such user", "", "Gr\u00fc\u00dfe aus K\u00f6ln", Verdict{}},
		{"no such user, no password", "", "", Verdict{}},
		{"damaged hash", phc[:len(phc)-3] + "###", "Gr\u00fc\u00dfe aus K\u00f6ln", Verdict{}},
		{"older parameters", other, "secret", Verdict{Match: true, Rehash: true}},
		{"older parameters, wrong", other, "Secret", Verdict{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := h.Verify(t.Context(), test.phc, test.password)
			if err != nil || got != test.want {
				t.Errorf("Verify = %+v, %v; want %+v", got, err, test.want)
			}
		})
	}
}

func TestHashRefusesWhatNoFormAccepts(t *testing.T) {
	for _, password := range []string{"\xff\xfe", strings.Repeat("x", maxPasswordBytes+1)} {
		if _, err := quick(1).Hash(t.Context(), password); !errors.Is(err, ErrPasswordForm) {
			t.Errorf("Hash of %d bytes: %v, want ErrPasswordForm", len(password), err)
		}
	}
}

func TestParsePHCRefuses(t *testing.T) {
	const salt, tag = "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	good := "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + tag
	if _, err := parsePHC(good); err != nil {
		t.Fatalf("parsePHC(%s): %v", good, err)
	}
	for _, bad := range []string{
		"", "$", "plain", good + "$", strings.TrimPrefix(good, "$"),
		strings.Replace(good, "argon2id", "argon2i", 1),
		strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=19456", "m=4294967295", 1),
		strings.Replace(good, "m=19456", "m=1073741824", 1),
		strings.Replace(good, "m=19456", "m=0", 1),
		strings.Replace(good, "m=19456", "m=-1", 1),
		strings.Replace(good, "t=2", "t=0", 1),
		strings.Replace(good, "t=2", "t=4000000000", 1),
		strings.Replace(good, "p=1", "p=0", 1),
		strings.Replace(good, "p=1", "p=255", 1),
		strings.Replace(good, "p=1", "p=1x", 1),
		strings.Replace(good, "p=1", "p=01", 1),
		strings.Replace(good, salt, "", 1),
		strings.Replace(good, tag, "", 1),
		strings.Replace(good, tag, "AAAA", 1),
		strings.Replace(good, tag, strings.Repeat("AAAA", 1000), 1),
		strings.Replace(good, tag, "!!!", 1),
	} {
		if h, err := parsePHC(bad); err == nil {
			t.Errorf("parsePHC(%q) = %+v, want an error", bad, h)
		}
	}
}

// A flood finds every place taken: as many as may wait do so, the others are
// refused at once, and the waiting ones are served when places are free again.
func TestFloodIsRefusedAndNothingDeadlocks(t *testing.T) {
	const atOnce, flood = 2, 500
	h := quick(atOnce)
	if !h.admitted.TryAcquire(atOnce) || !h.running.TryAcquire(atOnce) {
		t.Fatal("a new Hasher has no free places")
	}
	results := make(chan error, flood)
	for range flood {
		go func() {
			_, err := h.Verify(t.Context(), "", "password")
			results <- err
		}()
	}
	for range flood - maxWaiting {
		if err := <-results; !errors.Is(err, ErrBusy) {
			t.Fatalf("with every place taken: %v, want ErrBusy", err)
		}
	}
	h.running.Release(atOnce)
	h.admitted.Release(atOnce)
	for range maxWaiting {
		if err := <-results; err != nil {
			t.Fatalf("after waiting: %v", err)
		}
	}
	if _, err := h.Verify(t.Context(), "", "password"); err != nil {
		t.Errorf("after the flood: %v", err)
	}
}

func TestWaitingEndsWithTheRequest(t *testing.T) {
	h := quick(1)
	if !h.running.TryAcquire(1) {
		t.Fatal("a new Hasher has no free place")
	}
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() {
		_, err := h.Hash(ctx, "password")
		result <- err
	}()
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("Hash: %v, want the context's error", err)
	}
	if !h.admitted.TryAcquire(1 + maxWaiting) {
		t.Error("who left still takes a place in the queue")
	}
}
