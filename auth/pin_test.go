package auth

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/runenames"

	"usher/store"
)

func TestParsePIN(t *testing.T) {
	for typed, want := range map[string]string{
		"1234":               "1234",
		" 1234\n":            "1234",
		"12 34":              "1234",
		"1\u00a02\u202f3\t4": "1234",
		"٠١٢٣":               "0123", // Arabic
		"\u200f۴۵۶۷\u200e":   "4567", // Persian, between marks of direction
		"０９８７":               "0987", // full width
		"१२३४":               "1234", // Devanagari
		"𝟎𝟙𝟤𝟿":               "0129", // bold, double-struck, sans-serif, monospace, which lie side by side
		"1٢३４":               "1234",
		"\ufeff0000":         "0000",
	} {
		if pin, err := ParsePIN(typed); err != nil || pin != want {
			t.Errorf("ParsePIN(%q) = %q, %v; want %q", typed, pin, err, want)
		}
	}
	for _, typed := range []string{"", " ", "123", "12345", "123456", "12a4", "abcd", "12-34", "1.23", "+123", "½123", "²²²²", "ⅣⅣⅣⅣ", "一二三四", "①②③④", "12\x0034", "12\xff34", strings.Repeat("1", 1<<20)} {
		if pin, err := ParsePIN(typed); !errors.Is(err, ErrPINForm) || pin != "" {
			t.Errorf("ParsePIN(%.20q) = %q, %v; want ErrPINForm", typed, pin, err)
		}
	}
}

// TestEveryDigit holds every decimal digit that there is to its name in Unicode.
func TestEveryDigit(t *testing.T) {
	names := []string{"ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"}
	looked := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if name := runenames.Name(r); unicode.Is(unicode.Nd, r) && name != "" {
			looked++
			if value := digitValue(r); !strings.HasSuffix(name, " "+names[value]) {
				t.Errorf("%c, %s, counts as %d", r, name, value)
			}
		}
	}
	if looked < 600 {
		t.Errorf("only %d digits were looked at", looked)
	}
}

// FuzzParsePIN holds that what is taken is four digits of ASCII, and that typing
// those comes to the same.
func FuzzParsePIN(f *testing.F) {
	for _, seed := range []string{"1234", "12 34", "٠١٢٣", "０９８７", "12345", "x", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		pin, err := ParsePIN(typed)
		if err != nil {
			if pin != "" || !errors.Is(err, ErrPINForm) {
				t.Errorf("ParsePIN(%q) = %q, %v", typed, pin, err)
			}
			return
		}
		if len(pin) != 4 || strings.Trim(pin, "0123456789") != "" {
			t.Errorf("ParsePIN(%q) = %q", typed, pin)
		}
		if again, err := ParsePIN(pin); err != nil || again != pin {
			t.Errorf("ParsePIN(%q) = %q, and of that %q, %v", typed, pin, again, err)
		}
	})
}

// pinPorch is a porch whose porter has a key, at which Elsa has the PIN 1234 and
// no password.
type pinPorch struct {
	*porch
	porter *Porter
	elsa   store.User
}

func newPINPorch(t *testing.T) *pinPorch {
	t.Helper()
	p := &pinPorch{porch: newPorch(t)}
	key, _, err := OpenKey(t.Context(), p.store)
	p.must(err)
	p.porter = NewPorter(p.store, p.hasher, key)
	p.elsa = p.add("Elsa", "")
	p.set("1234")
	return p
}

func (p *pinPorch) set(pin string) {
	p.t.Helper()
	hash, err := p.porter.HashPIN(p.t.Context(), p.elsa.ID, pin)
	p.must(err)
	p.must(p.store.SetPIN(p.t.Context(), p.owner, p.elsa.ID, hash))
}

func atHome() Location { return Location{Address: netip.MustParseAddr("192.168.1.20"), Home: true} }

// typed types a name and a PIN, at home.
func (p *pinPorch) typed(name, pin string) error {
	_, err := p.porter.SignIn(p.t.Context(), Attempt{Name: name, PIN: pin, Location: atHome()})
	return err
}

// pick picks somebody with a PIN, at home.
func (p *pinPorch) pick(user int64, pin string) error {
	_, err := p.porter.SignIn(p.t.Context(), Attempt{User: user, PIN: pin, Location: atHome()})
	return err
}

func TestSignInByPIN(t *testing.T) {
	p := newPINPorch(t)
	p.must(p.pick(p.elsa.ID, " ١٢ ٣٤ "))
	for about, try := range map[string]func() error{
		"another PIN":          func() error { return p.pick(p.elsa.ID, "1235") },
		"somebody without one": func() error { return p.pick(p.owner.ID, "1234") },
		"nobody":               func() error { return p.typed("Nobody", "1234") },
		"away": func() error {
			_, err := p.porter.SignIn(t.Context(), Attempt{User: p.elsa.ID, PIN: "1234", Location: Location{Address: netip.MustParseAddr("203.0.113.9")}})
			return err
		},
	} {
		if err := try(); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: %v, want ErrWrong", about, err)
		}
	}
	for range 20 { // none of which counts
		if err := p.typed("Elsa", ""); !errors.Is(err, ErrAsksPIN) {
			t.Fatalf("the name alone: %v", err)
		}
	}
	if err := p.pick(99, "1234"); !errors.Is(err, ErrNoFace) {
		t.Errorf("somebody who is not there: %v", err)
	}
	if err := p.pick(p.elsa.ID, "123"); !errors.Is(err, ErrPINForm) {
		t.Errorf("three digits: %v", err)
	}
}

// A PIN hashes to something else for another user and with another key, so that
// a stolen database alone cannot be guessed, and with another key it is said to
// be lost.
func TestPINNeedsTheKey(t *testing.T) {
	p := newPINPorch(t)
	thief := NewPorter(p.store, p.hasher, &Key{secret: make([]byte, keyBytes)})
	known, err := p.store.CredentialsByID(t.Context(), p.elsa.ID)
	p.must(err)
	for about, change := range map[string]func() (Verdict, error){
		"another key": func() (Verdict, error) {
			known := known
			known.PINHash = thief.pinMark() + strings.TrimPrefix(known.PINHash, p.porter.pinMark())
			return thief.verifyPIN(t.Context(), known, "1234")
		},
		"another user": func() (Verdict, error) {
			known := known
			known.ID++
			return p.porter.verifyPIN(t.Context(), known, "1234")
		},
	} {
		if verdict, err := change(); err != nil || verdict.Match {
			t.Errorf("with %s: %+v, %v", about, verdict, err)
		}
	}
	if verdict, err := p.porter.verifyPIN(t.Context(), known, "1234"); err != nil || !verdict.Match {
		t.Errorf("the right PIN: %+v, %v", verdict, err)
	}
	var refused *Refused
	for range 10 { // none of which counts
		_, err := thief.SignIn(t.Context(), Attempt{User: p.elsa.ID, PIN: "1234", Location: atHome()})
		if !errors.As(err, &refused) || refused.Reason != lostPIN {
			t.Fatalf("with another key: %v", err)
		}
	}
	if p.porter.PINLost(known.PINHash) || p.porter.PINLost("") || !thief.PINLost(known.PINHash) {
		t.Error("PINLost is wrong")
	}
	p.must(p.pick(p.elsa.ID, "1234"))
}

// Whoever is refused has cost a hash, whoever is meant.
func TestEveryWrongPINHashes(t *testing.T) {
	p := newPINPorch(t)
	for _, name := range []string{"Elsa", "Mara", "Nobody"} {
		release := p.full()
		for range 20 { // none of which counts
			if err := p.typed(name, "9999"); !errors.Is(err, ErrBusy) {
				t.Errorf("%s comes to no hash: %v", name, err)
			}
		}
		release()
		if err := p.typed(name, "9999"); !errors.Is(err, ErrWrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Five wrong ones are a pause, and the refusals say how many are left.
func TestWrongPINsAreCounted(t *testing.T) {
	p := newPINPorch(t)
	for left := 4; left >= 0; left-- {
		var wrong *WrongPIN
		err := p.pick(p.elsa.ID, "9999")
		if !errors.As(err, &wrong) || wrong.Left != left || wrong.Wait > 0 != (left == 0) {
			t.Fatalf("%#v, want %d left", err, left)
		}
	}
	var throttled *Throttled
	if err := p.pick(p.elsa.ID, "1234"); !errors.As(err, &throttled) || throttled.Wait != time.Minute {
		t.Errorf("after five: %v", err)
	}
	p.now = p.now.Add(time.Minute)
	p.must(p.pick(p.elsa.ID, "1234"))
	if err := p.pick(p.elsa.ID, "9999"); err.Error() != "wrong PIN, 4 tries left" {
		t.Errorf("after the right one: %v", err)
	}
}

// After the right PIN the refusal says why, and a PIN that was hashed with less
// is hashed anew.
func TestRightPINHearsWhy(t *testing.T) {
	p := newPINPorch(t)
	old := NewPorter(p.store, newHasher(argonParams{memory: 32, passes: 1, lanes: 1}, 1), p.porter.key)
	hash, err := old.HashPIN(t.Context(), p.elsa.ID, "1234")
	p.must(err)
	p.must(p.store.SetPIN(t.Context(), p.owner, p.elsa.ID, hash))
	p.must(p.pick(p.elsa.ID, "1234"))
	if known, err := p.store.CredentialsByID(t.Context(), p.elsa.ID); err != nil || known.PINHash == hash || known.PasswordHash != "" {
		t.Errorf("after the sign-in: %+v, %v", known, err)
	}
	p.must(p.pick(p.elsa.ID, "1234"))
	p.must(p.store.SetDisabled(t.Context(), p.owner, true, p.elsa.ID))
	var refused *Refused
	if err := p.typed("Elsa", "1234"); !errors.As(err, &refused) || !strings.HasPrefix(refused.Reason, "The PIN is right, but this account is disabled.") {
		t.Errorf("disabled: %v", err)
	}
}
