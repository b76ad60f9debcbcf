package store_test

import (
	"testing"
	"time"

	"usher/store"
)

// Access that ends on a day lasts through it, also when the clocks change.
func TestEndOfDay(t *testing.T) {
	stockholm, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Skip("no time zones on this machine: ", err)
	}
	for _, day := range []time.Time{
		time.Date(2026, 3, 29, 0, 0, 0, 0, stockholm), // 23 hours long
		time.Date(2026, 10, 25, 13, 0, 0, 0, stockholm),
		time.Date(2026, 12, 31, 23, 59, 0, 0, stockholm),
	} {
		u := store.User{EndsAt: store.EndOf(day)}
		year, month, date := day.Date()
		if last := time.Date(year, month, date, 23, 59, 59, 0, stockholm); u.Expired(last) {
			t.Errorf("the last minute of %v is not the user's any more: %v", day, u.EndsAt)
		}
		if !u.Expired(time.Date(year, month, date+1, 0, 0, 0, 0, stockholm)) {
			t.Errorf("the day after %v is the user's too: %v", day, u.EndsAt)
		}
		if got := u.LastDay().In(stockholm).Format(time.DateOnly); got != day.Format(time.DateOnly) {
			t.Errorf("the last day is %s, want %s", got, day.Format(time.DateOnly))
		}
	}
	if !(store.User{}).LastDay().IsZero() {
		t.Error("who may always come in has a last day")
	}
}

// What lets somebody in, and where: the table of every kind of user.
func TestWhoComesInAtHome(t *testing.T) {
	for about, row := range map[string]struct {
		user                    store.User
		byName, homeOnly, cloud bool
	}{
		"with a password":               {store.User{Kind: store.KindLocal, HasPassword: true}, false, false, false},
		"with a password and let in":    {store.User{Kind: store.KindLocal, HasPassword: true, LocalAccess: true}, true, false, false},
		"without a password":            {store.User{Kind: store.KindLocal}, true, true, false},
		"without a password but linked": {store.User{Kind: store.KindLocal, Linked: true}, true, false, true},
		"the guest account":             {store.User{Kind: store.KindGuestAccount}, true, true, false},
		"a guest":                       {store.User{Kind: store.KindGuest, HasPassword: true}, false, false, true},
		"a guest with Connect alone":    {store.User{Kind: store.KindGuest, Linked: true, LocalAccess: true}, false, false, true},
		"invited":                       {store.User{Kind: store.KindInvited}, false, false, false},
		"waiting":                       {store.User{Kind: store.KindWaiting, LocalAccess: true}, false, false, false},
	} {
		u := row.user
		if u.AtHomeByName() != row.byName || u.HomeOnly() != row.homeOnly || u.Connects() != row.cloud {
			t.Errorf("%s: at home by name %t, home only %t, cloud %t", about, u.AtHomeByName(), u.HomeOnly(), u.Connects())
		}
	}
}
