package auth

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"usher/store"
)

// pinLength is how many digits a PIN has.
const pinLength = 4

// ErrPINForm is returned for what is no PIN: anything but four digits.
var ErrPINForm = errors.New("a PIN has exactly four digits")

// WrongPIN is an ErrWrong about a PIN.
type WrongPIN struct {
	Left int           // how many more tries there are before the door shuts
	Wait time.Duration // how long it is shut now
}

// Error tells the tries that are left.
func (w *WrongPIN) Error() string { return fmt.Sprintf("wrong PIN, %d tries left", w.Left) }

// Is says that it is ErrWrong.
func (w *WrongPIN) Is(target error) bool { return target == ErrWrong }

// Unwrap is a Throttled where it was the last try before the door shut.
func (w *WrongPIN) Unwrap() error {
	if w.Wait == 0 {
		return nil
	}
	return &Throttled{Wait: w.Wait}
}

// ParsePIN reads a PIN as people type and paste it: four decimal digits of any
// script, with spaces and characters that nobody sees around and between. It
// answers the PIN in ASCII, or ErrPINForm.
func ParsePIN(typed string) (pin string, err error) {
	var digits []byte
	for _, r := range typed {
		switch {
		case unicode.Is(unicode.Nd, r):
			digits = append(digits, '0'+digitValue(r))
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r):
			return "", ErrPINForm
		}
		if len(digits) > pinLength {
			return "", ErrPINForm
		}
	}
	if len(digits) != pinLength {
		return "", ErrPINForm
	}
	return string(digits), nil
}

// digitValue is what a decimal digit stands for. Those of a script lie together
// from 0 to 9 (The Unicode Standard, section 4.6), and scripts that lie side by
// side begin anew at 0.
func digitValue(r rune) byte {
	first := r
	for unicode.Is(unicode.Nd, first-1) {
		first--
	}
	return byte((r - first) % 10)
}

// HashPIN is the hash of a user's PIN to be stored: Argon2id of the PIN with the
// server's key mixed in, since all PINs could be tried on a stolen database. Before
// it stands which key that was. It answers ErrPINForm, ErrBusy or the context's
// error.
func (p *Porter) HashPIN(ctx context.Context, userID int64, typed string) (hash string, err error) {
	pin, err := ParsePIN(typed)
	if err != nil {
		return "", err
	}
	hash, err = p.hasher.Hash(ctx, p.pinSecret(userID, pin))
	return p.pinMark() + hash, err
}

// PINLost says that a stored PIN cannot be checked any more: the server's key is
// another than the one it was set with.
func (p *Porter) PINLost(stored string) bool {
	return stored != "" && !strings.HasPrefix(stored, p.pinMark())
}

func (p *Porter) pinSecret(userID int64, pin string) string {
	return base64.RawStdEncoding.EncodeToString(p.key.mac("pin", fmt.Appendf(nil, "%d %s", userID, pin)))
}

// pinMark tells this key from others, and nothing about it.
func (p *Porter) pinMark() string { return hex.EncodeToString(p.key.mac("pin mark", nil)[:4]) }

// verifyPIN costs the same hashing whether there is a PIN or not.
func (p *Porter) verifyPIN(ctx context.Context, known store.Credentials, pin string) (Verdict, error) {
	phc, _ := strings.CutPrefix(known.PINHash, p.pinMark())
	return p.hasher.Verify(ctx, phc, p.pinSecret(known.ID, pin))
}

// pinChecked is a PIN that was typed and found right. Lost says that it could not
// be checked, being set with another key.
type pinChecked struct {
	pin     string
	door    store.Door
	verdict Verdict
	lost    bool
}

// tryPIN counts the try and checks it. Known is the zero Credentials where nobody
// is meant who could come in by a PIN. It answers ErrPINForm, *Throttled,
// *WrongPIN or ErrBusy.
func (p *Porter) tryPIN(ctx context.Context, known store.Credentials, typed string, browser []byte, l Location) (c pinChecked, err error) {
	if c.pin, err = ParsePIN(typed); err != nil {
		return c, err
	}
	c.door = store.NewDoor("\x00pin", l.neighbourhood())
	if known.ID != 0 {
		if c.door, err = p.store.PINDoor(ctx, known.ID, browser, l.neighbourhood()); err != nil {
			return c, err
		}
	}
	wait, err := p.store.Knock(ctx, c.door)
	if err != nil {
		return c, err
	}
	if wait > 0 {
		return c, &Throttled{Wait: wait}
	}
	if c.verdict, err = p.verifyPIN(ctx, known, c.pin); err != nil {
		return c, errors.Join(err, p.store.TakeBack(ctx, c.door))
	}
	if c.lost = p.PINLost(known.PINHash); c.lost {
		return c, p.store.TakeBack(ctx, c.door)
	}
	if c.verdict.Match {
		return c, nil
	}
	left, wait, err := p.store.TriesLeft(ctx, c.door)
	if err != nil {
		return c, err
	}
	return c, &WrongPIN{Left: left, Wait: wait}
}

// TypesPIN says whether the PIN signs the user in at that place, whether their face
// shows there or not.
func (p *Porter) TypesPIN(u store.User, l Location) bool {
	return l.Home && u.AtHomeByPIN() && !u.Disabled && !u.Expired(p.store.Now())
}

// lostPIN is said to whoever types a PIN that cannot be checked any more.
const lostPIN = "This PIN cannot be checked any more. An administrator can set a new one."

// lostPINRecord is the same for Activity.
const lostPINRecord = "the PIN was set with another key of this server"

// signInByPIN is SignIn for an attempt with a PIN, at home. It answers ErrPINForm
// as well, and *WrongPIN for ErrWrong.
func (p *Porter) signInByPIN(ctx context.Context, a Attempt) (token string, err error) {
	known, err := p.find(ctx, a)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	if err != nil || !known.AtHomeByPIN() {
		known = store.Credentials{}
	}
	checked, err := p.tryPIN(ctx, known, a.PIN, a.Browser, a.Location)
	if err != nil {
		return "", p.refuse(ctx, a, known, err)
	}
	if checked.lost {
		return "", p.refuse(ctx, a, known, &Refused{lostPIN, lostPINRecord})
	}
	if refused := p.refusal(known.User, a.Location, "PIN"); refused != nil {
		return "", p.refuse(ctx, a, known, refused)
	}
	var rehash string
	if checked.verdict.Rehash {
		if rehash, err = p.HashPIN(ctx, known.ID, checked.pin); err != nil {
			return "", err
		}
	}
	return p.open(ctx, a, known, store.StrengthPIN, checked.door, rehash)
}

// ProvePIN is Prove for somebody at home or away who has a PIN and no password. It
// answers ErrPINForm, *WrongPIN and *Refused as well.
func (p *Porter) ProvePIN(ctx context.Context, userID int64, pin string, browser []byte, l Location) (store.Credentials, error) {
	known, err := p.store.CredentialsByID(ctx, userID)
	if err != nil {
		return known, err
	}
	checked, err := p.tryPIN(ctx, known, pin, browser, l)
	if err != nil {
		return known, err
	}
	if checked.lost {
		return known, &Refused{lostPIN, lostPINRecord}
	}
	return known, p.store.Forget(ctx, checked.door)
}
