package auth

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/hotp"

	"usher/store"
)

// Codes of RFC 6238, appendix B, of which authenticators show the last six digits.
func TestCodesOfTheStandard(t *testing.T) {
	secret := base32Secret.EncodeToString([]byte("12345678901234567890"))
	for seconds, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		if step, right := matchCode(secret, code, time.Unix(seconds, 0)); !right || step != seconds/30 {
			t.Errorf("at %d %s is step %d, %v", seconds, code, step, right)
		}
	}
}

// withCodes is a porter, and Elsa with an authenticator that she set up a minute
// ago.
func (p *porch) withCodes() (porter *Porter, elsa store.User, secret string, recovery []string) {
	p.t.Helper()
	key, _, err := OpenKey(p.t.Context(), p.store)
	p.must(err)
	porter = NewPorter(p.store, p.hasher, key)
	elsa = p.add("Elsa", p.hash("right"))
	actor := store.Actor{ID: elsa.ID}
	token, err := porter.BeginAuthenticator(p.t.Context(), actor)
	p.must(err)
	secret, err = porter.NewAuthenticator(p.t.Context(), elsa.ID, HashToken(token))
	p.must(err)
	recovery, err = porter.SetAuthenticator(p.t.Context(), actor, 0, HashToken(token), p.code(secret, 0))
	p.must(err)
	p.now = p.now.Add(time.Minute)
	elsa, err = p.store.User(p.t.Context(), elsa.ID)
	p.must(err)
	return porter, elsa, secret, recovery
}

// code is the one of so many steps from now.
func (p *porch) code(secret string, later int64) string {
	p.t.Helper()
	code, err := hotp.GenerateCode(secret, uint64(store.CodeStep(p.now)+later))
	p.must(err)
	return code
}

// enter goes the whole way in with what is typed in the second step.
func (p *porch) enter(porter *Porter, typed string) error {
	p.t.Helper()
	var needs *NeedsFactor
	if _, err := porter.SignIn(p.t.Context(), Attempt{Name: "Elsa", Password: "right"}); !errors.As(err, &needs) || !needs.Codes || needs.Passkeys {
		p.t.Fatalf("the password alone: %v", err)
	}
	_, session := NewToken()
	return porter.FinishWithCode(p.t.Context(), HashToken(needs.Token), typed, store.NewSession{TokenHash: session}, 0)
}

func TestWhichCodesCount(t *testing.T) {
	p := newPorch(t)
	porter, _, secret, _ := p.withCodes()
	at := func(step int64) string { return p.code(secret, step) }
	for _, wrong := range []string{"", at(-2), at(2), at(0)[:5], at(0) + "0", "O" + at(0), "½½½½½½"} {
		if err := p.enter(porter, wrong); !errors.Is(err, ErrWrong) {
			t.Errorf("%q: %v", wrong, err)
		}
		p.now = p.now.Add(store.CodePeriod * 2) // so that no pause is in the way
	}
	for _, right := range []func() string{
		func() string { return at(-1) }, func() string { return at(0) }, func() string { return at(1) },
		func() string { return " " + at(0)[:3] + "\u00a0" + at(0)[3:] + "\n" },
	} {
		p.now = p.now.Add(store.CodePeriod * 4)
		if err := p.enter(porter, right()); err != nil {
			t.Errorf("a right code: %v", err)
		}
	}
	p.now = p.now.Add(store.CodePeriod * 4)
	arabic := strings.Map(func(digit rune) rune { return '٠' + digit - '0' }, at(0))
	if err := p.enter(porter, arabic); err != nil {
		t.Errorf("Arabic digits: %v", err)
	}
}

// The last code that was used counts no more, nor any before it, unless the clock
// was set back since.
func TestUsedCodes(t *testing.T) {
	p := newPorch(t)
	porter, _, secret, _ := p.withCodes()
	p.must(p.enter(porter, p.code(secret, 1)))
	for _, step := range []int64{-1, 0, 1} {
		if err := p.enter(porter, p.code(secret, step)); !errors.Is(err, store.ErrUsed) {
			t.Errorf("step %d: %v", step, err)
		}
	}
	p.now = p.now.Add(2 * store.CodePeriod)
	p.must(p.enter(porter, p.code(secret, 0)))
	p.now = p.now.Add(-store.CodePeriod) // as clocks are set right
	if err := p.enter(porter, p.code(secret, 0)); !errors.Is(err, store.ErrUsed) {
		t.Errorf("a step back: %v", err)
	}
	p.now = p.now.Add(-24 * time.Hour)
	if err := p.enter(porter, p.code(secret, 0)); err != nil {
		t.Errorf("a day back: %v", err)
	}
}

func TestRecoveryCodesAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"7k3qx-m9p2d":         "7K3QXM9P2D",
		" 7K3QX – M9P2D\n":    "7K3QXM9P2D",
		"oO1lI-iL0Oo":         "0011111000",
		"\u200e7k3qxm9p2d":    "7K3QXM9P2D",
		"٧k٣qx m９p2d":         "7K3QXM9P2D",
		"7k3qx_m9p2d":         "7K3QX_M9P2D",
		"12\u2011\u00a034 56": "123456",
	} {
		if got := plainCode(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

// A stolen database alone says nothing about recovery codes, and those of one user
// are not those of another.
func TestRecoveryCodesAndKeys(t *testing.T) {
	p := newPorch(t)
	porter, elsa, _, recovery := p.withCodes()
	own, err := porter.OwnRecoveryCodes(t.Context(), elsa.ID, []string{recovery[1], "AAAAA-AAAAA", "", recovery[0]})
	p.must(err)
	if len(own) != 2 || own[0] != recovery[1] || own[1] != recovery[0] {
		t.Errorf("her own are %q of %q", own, recovery[:2])
	}
	if own, err = porter.OwnRecoveryCodes(t.Context(), p.owner.ID, recovery); err != nil || len(own) != 0 {
		t.Errorf("Mara's are %q, %v", own, err)
	}
	other := NewPorter(p.store, p.hasher, &Key{secret: make([]byte, keyBytes)})
	for _, typed := range []string{recovery[0], "123456"} {
		if err := p.enter(other, typed); !errors.Is(err, ErrSealed) {
			t.Errorf("with another key %q: %v", typed, err)
		}
	}
}
