package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// terms are those of an invitation that lives a week and opens everything.
func terms() store.InvitationTerms {
	return store.InvitationTerms{Access: store.FullAccess(), Life: 7 * store.Day}
}

// mailed invites the addresses by e-mail.
func (h *home) mailed(emails ...string) []store.Invitation {
	h.t.Helper()
	made, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Emails: emails, InvitationTerms: terms(), BaseURL: "http://usher.example:8080"})
	h.must(err)
	return made
}

// invitation is the invitation as the database has it now.
func (h *home) invitation(id int64) store.Invitation {
	h.t.Helper()
	i, err := h.Invitation(h.ctx, id)
	h.must(err)
	return i
}

// opens says whether the link of this token accepts an invitation.
func (h *home) opens(token string) bool {
	h.t.Helper()
	_, err := h.InvitationByLink(h.ctx, hash(token))
	if err != nil {
		wantError(h.t, err, store.ErrBadLink)
	}
	return err == nil
}

func TestInviteByMail(t *testing.T) {
	h, _ := post(t)
	made := h.mailed("sam@example.com", " Lea.Martin@Example.COM ")
	if len(made) != 2 || made[1].User.Name != "Lea.Martin@Example.COM" || made[1].User.Email != made[1].User.Name || made[0].Mail != store.LetterWaiting {
		t.Fatalf("made %+v", made)
	}
	if sam := h.invitation(made[0].User.ID); sam.Inviter != "Mara" || sam.InviterID != h.owner.ID || sam.Life != 7*store.Day ||
		!sam.ExpiresAt.Equal(h.Now().Add(7*store.Day)) || !sam.User.CreatedAt.Equal(h.Now()) || sam.Opened != 0 || sam.User.Kind != store.KindInvited {
		t.Errorf("the invitation is %+v", sam)
	}
	letter := h.claim("first")
	if letter.Kind != store.LetterInvitation || letter.Recipient != "sam@example.com" || !h.opens("first") {
		t.Errorf("the letter is %+v", letter)
	}
	if _, err := h.User(h.ctx, made[0].User.ID); err == nil {
		t.Error("somebody invited is on the server already")
	}
	record, err := h.Activity(h.ctx, store.ActivityQuery{UserID: made[0].User.ID})
	h.must(err)
	if len(record.Records) != 1 || record.Records[0].Sentence() != "Mara invited sam@example.com (by e-mail, for 7 days)." {
		t.Errorf("the record is %+v", record.Records)
	}
}

func TestInviteRefuses(t *testing.T) {
	h, elsa := post(t)
	h.mailed("sam@example.com")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Name = "Elsa" }))
	many := make([]string, 10_000)
	for n := range many {
		many[n] = fmt.Sprintf("n%d@example.org", n)
	}
	for _, test := range []struct {
		about  string
		in     store.NewInvitations
		fields []string
		says   string
	}{
		{"nobody", store.NewInvitations{Emails: []string{}}, []string{"emails"}, "at least one"},
		{"blanks", store.NewInvitations{Emails: []string{" ", ""}}, []string{"emails"}, "at least one"},
		{"a bad address", store.NewInvitations{Emails: []string{"good@example.org", "bad"}}, []string{"emails"}, "“bad”: This is not an e-mail address."},
		{"two bad ones", store.NewInvitations{Emails: []string{"bad", "worse@"}}, []string{"emails", "emails"}, "“worse@”"},
		{"a line break", store.NewInvitations{Emails: []string{"a@example.org\r\nBcc: b@example.org"}}, []string{"emails"}, "invisible character"},
		{"300 characters", store.NewInvitations{Emails: []string{strings.Repeat("a", 288) + "@example.org"}}, []string{"emails"}, strings.Repeat("a", 80) + "…”: This e-mail address is longer than 254"},
		{"ten thousand", store.NewInvitations{Emails: many}, []string{"emails"}, "There are 10000 addresses. Invite at most 100 at once."},
		{"a double", store.NewInvitations{Emails: []string{"a@example.org", "A@Example.org", "a@EXAMPLE.org"}}, []string{"emails"}, "more than once"},
		{"a user", store.NewInvitations{Emails: []string{"ELSA@example.org"}}, []string{"emails"}, "Elsa has this e-mail address already."},
		{"somebody invited", store.NewInvitations{Emails: []string{"sam@example.com"}}, []string{"emails"}, "“sam@example.com”: This e-mail address is invited already."},
		{"no name", store.NewInvitations{}, []string{"name"}, "Type a name."},
		{"the name of a user", store.NewInvitations{Name: "elsa"}, []string{"name"}, "There is already a user called Elsa."},
		{"the name of somebody invited", store.NewInvitations{Name: "Sam@example.com"}, []string{"name"}, "There is an invitation for sam@example.com already."},
	} {
		test.in.InvitationTerms = terms()
		_, err := h.Invite(h.ctx, h.mara(), test.in)
		wantInvalid(t, err, test.fields...)
		if !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %q", test.about, err, test.says)
		}
	}
	if n, err := h.CountUsers(h.ctx, store.ListInvited, store.FilterEveryone); err != nil || n != 1 {
		t.Errorf("%d are invited: %v", n, err)
	}
}

func TestInviteRefusesTerms(t *testing.T) {
	h, _ := post(t)
	for _, test := range []struct {
		change func(*store.InvitationTerms)
		fields []string
	}{
		{func(in *store.InvitationTerms) { in.Life = 0 }, []string{"life"}},
		{func(in *store.InvitationTerms) { in.Life = 8 * store.Day }, []string{"life"}},
		{func(in *store.InvitationTerms) { in.EndsAt = h.Now() }, []string{"ends"}},
		{func(in *store.InvitationTerms) { in.Greeting = strings.Repeat("ö", store.MaxGreeting+1) }, []string{"greeting"}},
		{func(in *store.InvitationTerms) { in.Greeting, in.Life = "\xff", -store.Day }, []string{"greeting", "life"}},
	} {
		in := terms()
		test.change(&in)
		_, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Name: "Tom", InvitationTerms: in, Links: [][]byte{hash("t")}})
		wantInvalid(t, err, test.fields...)
	}
	_, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Emails: []string{"bad"}, InvitationTerms: terms()}, store.Problem{Field: "ends", Message: "This is not a day."})
	wantInvalid(t, err, "emails", "ends")
	h.must(h.SaveMail(h.ctx, h.mara(), ""))
	_, err = h.Invite(h.ctx, h.mara(), store.NewInvitations{Emails: []string{"a@example.org"}, InvitationTerms: terms()})
	wantInvalid(t, err, "")
}

func TestInvitationEndsWithTheAccessItOffers(t *testing.T) {
	h := newHome(t)
	in := terms()
	in.EndsAt = h.Now().Add(store.Day)
	made, err := h.Invite(h.ctx, h.mara(), store.NewInvitations{Name: "Tom", InvitationTerms: in, Links: [][]byte{hash("tom")}})
	h.must(err)
	if tom := made[0]; !tom.ExpiresAt.Equal(in.EndsAt) || !tom.User.EndsAt.Equal(in.EndsAt) {
		t.Errorf("the invitation is %+v", tom)
	}
	h.clock.pass(store.Day)
	_, err = h.FreshLink(h.ctx, h.mara(), made[0].User.ID, hash("again"))
	wantInvalid(t, err, "")
	in.EndsAt = h.Now().Add(store.Day)
	h.must(h.ChangeInvitation(h.ctx, h.mara(), made[0].User.ID, in))
	_, err = h.FreshLink(h.ctx, h.mara(), made[0].User.ID, hash("again"))
	h.must(err)
	if !h.opens("again") {
		t.Error("the fresh link does not work")
	}
}

func TestFreshLinkVoidsTheOld(t *testing.T) {
	h, _ := post(t)
	sam := h.mailed("sam@example.com")[0].User.ID
	letter := h.claim("mailed")
	h.clock.pass(6 * store.Day)
	fresh, err := h.FreshLink(h.ctx, h.mara(), sam, hash("fresh"))
	h.must(err)
	if h.opens("mailed") || !h.opens("fresh") || !fresh.ExpiresAt.Equal(h.Now().Add(7*store.Day)) || fresh.Mail != "" {
		t.Errorf("the invitation is %+v", fresh)
	}
	wantError(t, h.HandingOver(h.ctx, letter.ID), store.ErrNotFound)
	h.must(h.SendAgain(h.ctx, h.mara(), sam, "http://usher.example"))
	if h.opens("fresh") || h.invitation(sam).Mail != store.LetterWaiting {
		t.Error("the link from before still works, or no e-mail waits")
	}
	letter = h.claim("second")
	h.must(h.HandingOver(h.ctx, letter.ID))
	h.must(h.LetterSent(h.ctx, letter.ID))
	if !h.opens("second") || h.invitation(sam).Mail != store.LetterSent {
		t.Error("the second e-mail does not work")
	}
	h.clock.pass(8 * store.Day)
	if h.opens("second") {
		t.Error("the link works for longer than the invitation lives")
	}
	name := h.invited("Tom", "tom")
	wantInvalid(t, h.SendAgain(h.ctx, h.mara(), name, ""), "")
}

func TestChangeInvitation(t *testing.T) {
	h := newHome(t)
	tom := h.invited("Tom", "tom")
	before := h.invitation(tom)
	h.clock.pass(store.Day)
	in := store.InvitationTerms{Access: store.Access{AllChannels: true}, Greeting: "Hello,\r\nTom "}
	wrote := h.wrote(func() {
		h.must(h.ChangeInvitation(h.ctx, h.mara(), tom, in))
		h.must(h.ChangeInvitation(h.ctx, h.mara(), tom, in)) // as it is already
	})
	after := h.invitation(tom)
	if !slices.Equal(wrote, []store.Action{store.ActionInvitationChanged}) || after.Greeting != "Hello,\nTom" || !after.ExpiresAt.Equal(before.ExpiresAt) ||
		after.User.Access.AllLibraries || !after.User.Access.AllChannels || !h.opens("tom") {
		t.Errorf("wrote %v; the invitation is %+v", wrote, after)
	}
	in.EndsAt = h.Now().Add(store.Day)
	h.must(h.ChangeInvitation(h.ctx, h.mara(), tom, in))
	if after := h.invitation(tom); !after.ExpiresAt.Equal(in.EndsAt) {
		t.Errorf("it can be accepted until %v, beyond the access that it offers", after.ExpiresAt)
	}
	in.Life, in.EndsAt = 30*store.Day, time.Time{}
	h.must(h.ChangeInvitation(h.ctx, h.mara(), tom, in))
	if after := h.invitation(tom); after.Life != 30*store.Day || !after.ExpiresAt.Equal(h.Now().Add(30*store.Day)) {
		t.Errorf("the invitation is %+v", after)
	}
}

func TestRevokeInvitations(t *testing.T) {
	h, elsa := post(t)
	sam, tom := h.mailed("sam@example.com")[0].User.ID, h.invited("Tom", "tom")
	wantError(t, h.RevokeInvitations(h.ctx, h.mara(), tom, elsa.ID), store.ErrNotFound)
	if !h.opens("tom") {
		t.Error("one is revoked although not all could be")
	}
	letter := h.claim("sam")
	h.must(h.RevokeInvitations(h.ctx, h.mara(), tom, sam, tom))
	if h.opens("tom") || h.opens("sam") {
		t.Error("a link of what is revoked works")
	}
	wantError(t, h.HandingOver(h.ctx, letter.ID), store.ErrNotFound)
	if n := h.number(`SELECT (SELECT count(*) FROM users WHERE kind = 'invited') + (SELECT count(*) FROM invitations) + (SELECT count(*) FROM outbox)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	many := make([]int64, store.MaxSelected+1)
	for n := range many {
		many[n] = int64(n + 1000)
	}
	wantInvalid(t, h.RevokeInvitations(h.ctx, h.mara(), many...), "")
}

func TestOnlyAdministratorsInvite(t *testing.T) {
	h, elsa := post(t)
	tom := h.invited("Tom", "tom")
	by := actor(elsa)
	_, err := h.Invite(h.ctx, by, store.NewInvitations{Name: "Ann", InvitationTerms: terms(), Links: [][]byte{hash("ann")}})
	wantError(t, err, store.ErrForbidden)
	wantError(t, h.ChangeInvitation(h.ctx, by, tom, terms()), store.ErrForbidden)
	wantError(t, h.RevokeInvitations(h.ctx, by, tom), store.ErrForbidden)
	wantError(t, h.SendAgain(h.ctx, by, tom, ""), store.ErrForbidden)
	_, err = h.FreshLink(h.ctx, by, tom, hash("x"))
	wantError(t, err, store.ErrForbidden)
	if !h.opens("tom") {
		t.Error("what was refused has changed something")
	}
}

// Whoever may no longer act must not come back through a link that they have
// seen; what only an e-mail has told stays, and so does every invitation.
func TestLinksGoWithWhoeverHasSeenThem(t *testing.T) {
	for about, end := range map[string]func(h *home, id int64) error{
		"disabled": func(h *home, id int64) error { return h.SetDisabled(h.ctx, h.mara(), true, id) },
		"deleted":  func(h *home, id int64) error { return h.DeleteUsers(h.ctx, h.mara(), id) },
		"demoted": func(h *home, id int64) error {
			return h.edit(id, func(p *store.Profile) { p.Administrator = false })
		},
		"ended": func(h *home, id int64) error {
			h.endSoon(id)
			h.clock.pass(time.Hour)
			return nil
		},
	} {
		t.Run(about, func(t *testing.T) {
			h, _ := post(t)
			jonas := h.administrator("Jonas")
			maras := h.invited("Tom", "hers")
			made, err := h.Invite(h.ctx, actor(jonas), store.NewInvitations{Name: "Lea", InvitationTerms: terms(), Links: [][]byte{hash("his")}})
			h.must(err)
			_, err = h.Invite(h.ctx, actor(jonas), store.NewInvitations{Emails: []string{"sam@example.com"}, InvitationTerms: terms()})
			h.must(err)
			h.claim("mailed")
			ann := h.invited("Ann", "seen first by Mara")
			_, err = h.FreshLink(h.ctx, actor(jonas), ann, hash("then by Jonas"))
			h.must(err)
			h.must(end(h, jonas.ID))
			if !h.opens("hers") || h.opens("his") || h.opens("then by Jonas") || !h.opens("mailed") {
				t.Error("the wrong links work")
			}
			if lea := h.invitation(made[0].User.ID); lea.Inviter != "Jonas" {
				t.Errorf("the invitation is from %q", lea.Inviter)
			}
			_, err = h.FreshLink(h.ctx, h.mara(), made[0].User.ID, hash("new"))
			h.must(err)
			if !h.opens("new") || h.invitation(maras).Inviter != "Mara" {
				t.Error("a fresh link does not work")
			}
		})
	}
}

func TestExpiredInvitationsAreKeptForAMonth(t *testing.T) {
	h := newHome(t)
	tom := h.invited("Tom", "tom")
	h.clock.pass(36 * store.Day)
	_, err := h.CleanUp(h.ctx)
	h.must(err)
	h.invitation(tom)
	h.clock.pass(2 * store.Day)
	_, err = h.CleanUp(h.ctx)
	h.must(err)
	_, err = h.Invitation(h.ctx, tom)
	wantError(t, err, store.ErrNotFound)
	h.invited("Tom", "again")
}

func TestInvitationIsExpiringForTwoDays(t *testing.T) {
	now := time.Now()
	i := store.Invitation{ExpiresAt: now.Add(2*store.Day + time.Millisecond)}
	for _, test := range []struct {
		at                time.Time
		expiring, expired bool
	}{
		{now, false, false},
		{now.Add(time.Millisecond), true, false},
		{i.ExpiresAt.Add(-time.Millisecond), true, false},
		{i.ExpiresAt, false, true},
	} {
		if i.Expiring(test.at) != test.expiring || i.Expired(test.at) != test.expired {
			t.Errorf("at %v: expiring %v, expired %v", test.at.Sub(now), i.Expiring(test.at), i.Expired(test.at))
		}
	}
}
