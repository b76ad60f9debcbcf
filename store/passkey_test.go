package store_test

import (
	"strconv"
	"testing"

	"usher/store"
)

// addPasskey gives the user a passkey, in a session with the password.
func (h *home) addPasskey(u store.User, credential string) store.Passkey {
	h.t.Helper()
	_, err := h.AddPasskey(h.ctx, actor(u), newPasskey(credential))
	h.must(err)
	p, err := h.PasskeyByCredential(h.ctx, []byte(credential))
	h.must(err)
	return p
}

func newPasskey(credential string) store.NewPasskey {
	return store.NewPasskey{
		Passkey:  store.Passkey{Site: "usher.example", Handle: []byte{1}, CredentialID: []byte(credential), Credential: "{}", Name: "Phone"},
		By:       store.StrengthPassword,
		Recovery: [][]byte{[]byte("code of " + credential)},
	}
}

func TestPasskeysBelongToOneUser(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", ""), h.add("Nils", "")
	p := h.addPasskey(elsa, "hers")
	_, err := h.AddPasskey(h.ctx, actor(nils), newPasskey("hers"))
	wantInvalid(t, err, "")
	wantError(t, h.RenamePasskey(h.ctx, actor(nils), p.ID, "Mine"), store.ErrNotFound)
	wantError(t, h.RemovePasskey(h.ctx, actor(nils), store.StrengthPassword, p.ID), store.ErrNotFound)
	_, err = h.OwnPasskey(h.ctx, nils.ID, p.ID)
	wantError(t, err, store.ErrNotFound)
	wantInvalid(t, h.RenamePasskey(h.ctx, actor(elsa), p.ID, " "), "name")
	h.must(h.RenamePasskey(h.ctx, actor(elsa), p.ID, " Her  phone "))
	if p, err = h.OwnPasskey(h.ctx, elsa.ID, p.ID); err != nil || p.Name != "Her phone" {
		t.Errorf("it is called %q, %v", p.Name, err)
	}
	h.must(h.DeleteUsers(h.ctx, h.mara(), elsa.ID))
	_, err = h.PasskeyByCredential(h.ctx, p.CredentialID)
	wantError(t, err, store.ErrNotFound)
}

func TestPasskeysAreNoMoreThanNeeded(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	for i := range store.MaxPasskeys {
		made, err := h.AddPasskey(h.ctx, actor(elsa), newPasskey(strconv.Itoa(i)))
		if h.must(err); made != (i == 0) {
			t.Errorf("recovery codes with passkey %d: %t", i, made)
		}
	}
	_, err := h.AddPasskey(h.ctx, actor(elsa), newPasskey("one more"))
	wantInvalid(t, err, "")
	all, err := h.Passkeys(h.ctx, elsa.ID)
	h.must(err)
	for i, p := range all {
		if left, err := h.RecoveryCodesLeft(h.ctx, elsa.ID); err != nil || left != 1 {
			t.Errorf("%d recovery codes are left with %d passkeys, %v", left, len(all)-i, err)
		}
		h.must(h.RemovePasskey(h.ctx, actor(elsa), store.StrengthPassword, p.ID))
	}
	u, err := h.User(h.ctx, elsa.ID)
	h.must(err)
	if left, err := h.RecoveryCodesLeft(h.ctx, elsa.ID); err != nil || left != 0 || u.SecondFactor() {
		t.Errorf("without passkeys %d recovery codes are left, %v; asked for: %t", left, err, u.SecondFactor())
	}
}

// TestPasskeysOfThoseWithoutPassword holds that being picked at home is enough for
// a first passkey, and for nothing afterwards.
func TestPasskeysOfThoseWithoutPassword(t *testing.T) {
	for name, tc := range map[string]struct {
		user store.User
		by   store.Strength
		may  bool
	}{
		"a first one":           {store.User{Kind: store.KindLocal, MayChangePassword: true}, store.StrengthHome, true},
		"a second one":          {store.User{Kind: store.KindLocal, MayChangePassword: true, Passkeys: true}, store.StrengthHome, false},
		"with the first":        {store.User{Kind: store.KindLocal, MayChangePassword: true, Passkeys: true}, store.StrengthPasskey, true},
		"with another account":  {store.User{Kind: store.KindLocal, MayChangePassword: true, Linked: true}, store.StrengthHome, false},
		"through that account":  {store.User{Kind: store.KindGuest, Linked: true}, store.StrengthConnect, true},
		"a child without leave": {store.User{Kind: store.KindLocal}, store.StrengthHome, false},
		"with a password":       {store.User{Kind: store.KindLocal, HasPassword: true}, store.StrengthPIN, true},
		"the guest account":     {store.User{Kind: store.KindGuestAccount, MayChangePassword: true}, store.StrengthHome, false},
	} {
		if tc.by.MayChangePasskeys(tc.user) != tc.may {
			t.Errorf("%s: want %t", name, tc.may)
		}
	}
}

func TestPasskeyIsUsedFromWhatWasRead(t *testing.T) {
	h := newHome(t)
	p := h.addPasskey(h.add("Elsa", ""), "hers")
	h.must(h.UsePasskey(h.ctx, p, `{"counter":1}`))
	wantError(t, h.UsePasskey(h.ctx, p, `{"counter":1}`), store.ErrNotFound)
}

func TestStrangersFillNoDisk(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.must(h.BeginChallenge(h.ctx, store.Challenge{TokenHash: hash("hers"), Kind: store.ChallengeNewPasskey, UserID: elsa.ID}))
	_, err := h.raw().Exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
		INSERT INTO challenges (token_hash, kind, expires_at) SELECT CAST('stranger ' || i AS BLOB), 'passkey-sign-in', ? + i FROM n`, h.clock.now().UnixMilli())
	h.must(err)
	h.must(h.BeginPasskeySignIn(h.ctx, hash("the last"), nil))
	if n := h.number(`SELECT count(*) FROM challenges`); n != 10001 {
		t.Errorf("%d challenges are kept, want 10,000 of strangers and one", n)
	}
	_, err = h.TakeChallenge(h.ctx, store.ChallengePasskeySignIn, hash("the last"))
	h.must(err)
	_, err = h.TakeChallenge(h.ctx, store.ChallengeNewPasskey, hash("hers"))
	h.must(err)
}
