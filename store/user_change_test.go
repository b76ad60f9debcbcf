package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func TestCreateUser(t *testing.T) {
	h := newHome(t)
	wrote := h.wrote(func() {
		u, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: " Elsa ", Email: " elsa@example.org", PasswordHash: "$elsa", Access: store.Access{AllChannels: true}})
		h.must(err)
		want := store.User{
			Kind: store.KindLocal,
			ID:   u.ID, Name: "Elsa", Email: "elsa@example.org", Role: store.RoleUser, HasPassword: true, PasswordAt: h.Now(),
			MayChangePassword: true, WantsMail: true, DeviceRule: store.DevicesAny, WantsDeviceMail: true, MayEditProfile: true,
			Access: store.Access{AllChannels: true}, CreatedAt: h.Now(),
		}
		if got := h.user(u.ID); fmt.Sprint(got) != fmt.Sprint(want) || fmt.Sprint(u) != fmt.Sprint(want) {
			t.Errorf("made %+v, and reads %+v, want %+v", u, got, want)
		}
	})
	if !slices.Equal(wrote, []store.Action{store.ActionUserCreated}) {
		t.Errorf("wrote %v", wrote)
	}
	nils := h.add("Nils", "")
	if nils.HasPassword || !nils.PasswordAt.IsZero() || !nils.HomeOnly() {
		t.Errorf("Nils has a password: %+v", nils)
	}
	wrote = h.wrote(func() {
		for _, a := range []store.Actor{actor(nils), {}, {ID: 999, Role: store.RoleOwner}, {ID: nils.ID, Role: store.RoleOwner}} {
			_, err := h.CreateUser(h.ctx, a, store.NewUser{Name: "Another"})
			wantError(t, err, store.ErrForbidden)
		}
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "elsa"})
		wantInvalid(t, err, "name")
	})
	if len(wrote) != 0 {
		t.Errorf("what was refused wrote %v", wrote)
	}
}

func TestLimitOfUsers(t *testing.T) {
	h := newHome(t)
	create := func(name string) error {
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name})
		return err
	}
	h.limit(2)
	h.must(create("One"))
	h.must(create("Two"))
	wantInvalid(t, create("Three"), "")
	h.limit(1)
	wantInvalid(t, create("Three"), "")
	h.limit(0)
	h.must(create("Three"))
	h.limit(3)
	h.must(h.DeleteUsers(h.ctx, h.mara(), h.credentialsOf("Two").ID))
	h.must(create("Four"))
	wantInvalid(t, create("Five"), "")
	people := []store.Person{{NewUser: store.NewUser{Name: "One"}}, {NewUser: store.NewUser{Name: "Five"}}}
	_, err := h.AddHousehold(h.ctx, store.Household{People: people})
	wantInvalid(t, err, "")
	if n, err := h.CountUsers(h.ctx, store.ListLocal, store.FilterEveryone); err != nil || n != 4 {
		t.Errorf("%d users, want the owner and three: %v", n, err)
	}
}

func (h *home) credentialsOf(name string) store.Credentials {
	h.t.Helper()
	c, err := h.Credentials(h.ctx, name)
	h.must(err)
	return c
}

func TestUpdateProfileWritesWhatChanged(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	tomorrow := h.Now().Add(store.Day)
	for _, step := range []struct {
		about  string
		change func(*store.Profile)
		want   []store.Action
	}{
		{"nothing", func(*store.Profile) {}, nil},
		{"name", func(p *store.Profile) { p.Name = "Elsa Ek" }, []store.Action{store.ActionUserChanged}},
		{"case of the name", func(p *store.Profile) { p.Name = "elsa ek" }, []store.Action{store.ActionUserChanged}},
		{"spaces only", func(p *store.Profile) { p.Name = " elsa  ek " }, nil},
		{"note", func(p *store.Profile) { p.Note = "Twelve in March.\r\nMay see more then." }, []store.Action{store.ActionUserChanged}},
		{"end date", func(p *store.Profile) { p.EndsAt = tomorrow }, []store.Action{store.ActionUserChanged}},
		{"appoint", func(p *store.Profile) { p.Administrator = true }, []store.Action{store.ActionAppointed}},
		{"disable and dismiss", func(p *store.Profile) { p.Administrator, p.Disabled = false, true },
			[]store.Action{store.ActionDismissed, store.ActionUserDisabled}},
		{"all at once", func(p *store.Profile) {
			*p = store.Profile{Name: "Elsa", Email: "elsa@example.org", Administrator: true}
		}, []store.Action{store.ActionUserChanged, store.ActionAppointed, store.ActionUserEnabled}},
	} {
		wrote := h.wrote(func() { h.must(h.edit(elsa.ID, step.change)) })
		if !slices.Equal(wrote, step.want) {
			t.Errorf("%s wrote %v, want %v", step.about, wrote, step.want)
		}
	}
	if got := h.user(elsa.ID); got.Note != "" || !got.EndsAt.IsZero() || got.Email != "elsa@example.org" || got.Role != store.RoleAdministrator {
		t.Errorf("in the end Elsa is %+v", got)
	}
}

func TestNotes(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Note = strings.Repeat("å", store.MaxNote) + "\r\n " }))
	for _, note := range []string{strings.Repeat("x", store.MaxNote+1), "bad \xff byte"} {
		wantInvalid(t, h.edit(elsa.ID, func(p *store.Profile) { p.Note = note }), "note")
	}
	if got := h.user(elsa.ID).Note; got != strings.Repeat("å", store.MaxNote) {
		t.Errorf("the note is %.20q…, %d bytes", got, len(got))
	}
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Note = "one\r\ntwo" }))
	if got := h.user(elsa.ID).Note; got != "one\ntwo" {
		t.Errorf("the note is %q", got)
	}
}

func TestEndDate(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	for _, past := range []time.Duration{0, -time.Millisecond, -400 * store.Day} {
		wantInvalid(t, h.edit(elsa.ID, func(p *store.Profile) { p.EndsAt = h.Now().Add(past) }), "ends")
	}
	ends := h.Now().Add(store.Day)
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.EndsAt = ends }))
	h.signIn(elsa.ID, "browser")
	h.clock.pass(store.Day - time.Millisecond)
	if !h.signedIn("browser") || h.user(elsa.ID).Expired(h.Now()) {
		t.Error("Elsa is out before the end date")
	}
	h.clock.pass(time.Millisecond)
	if h.signedIn("browser") || !h.user(elsa.ID).Expired(h.Now()) {
		t.Error("Elsa is in after the end date")
	}
	_, err := h.SignIn(h.ctx, store.NewSession{TokenHash: hash("another"), UserID: elsa.ID, Strength: store.StrengthPassword}, store.NewDoor("", ""), h.credentials(elsa.ID), "", 0)
	wantError(t, err, store.ErrForbidden)
	// A day that is over may stay, but not be chosen anew.
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Note = "left" }))
	wantInvalid(t, h.edit(elsa.ID, func(p *store.Profile) { p.EndsAt = ends.Add(-time.Hour) }), "ends")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.EndsAt = time.Time{} }))
	h.signIn(elsa.ID, "back")
}

// Somebody whose role was taken away while a page was open has no say any
// more, whatever the page thinks.
func TestActorOfYesterday(t *testing.T) {
	for about, lose := range map[string]func(h *home, id int64) error{
		"demoted":  func(h *home, id int64) error { return h.edit(id, func(p *store.Profile) { p.Administrator = false }) },
		"disabled": func(h *home, id int64) error { return h.SetDisabled(h.ctx, h.mara(), true, id) },
		"deleted":  func(h *home, id int64) error { return h.DeleteUsers(h.ctx, h.mara(), id) },
		"at the end date": func(h *home, id int64) error {
			err := h.edit(id, func(p *store.Profile) { p.EndsAt = h.Now().Add(time.Hour) })
			h.clock.pass(time.Hour)
			return err
		},
	} {
		t.Run(about, func(t *testing.T) {
			h := newHome(t)
			jonas, elsa := h.administrator("Jonas"), h.add("Elsa", "$elsa")
			h.must(lose(h, jonas.ID))
			wrote := h.wrote(func() {
				_, err := h.CreateUser(h.ctx, actor(jonas), store.NewUser{Name: "New"})
				wantError(t, err, store.ErrForbidden)
				wantError(t, h.SetDisabled(h.ctx, actor(jonas), true, elsa.ID), store.ErrForbidden)
				wantError(t, h.DeleteUsers(h.ctx, actor(jonas), elsa.ID), store.ErrForbidden)
				wantError(t, h.DeleteUsers(h.ctx, actor(jonas), elsa.ID, h.owner.ID), store.ErrForbidden)
				wantError(t, h.ResetPassword(h.ctx, actor(jonas), elsa.ID, "$x"), store.ErrForbidden)
				wantError(t, h.UpdateProfile(h.ctx, actor(jonas), elsa.ID, store.Profile{Name: "Else"}), store.ErrForbidden)
			})
			if len(wrote) != 0 || h.credentials(elsa.ID).PasswordHash != "$elsa" {
				t.Errorf("what was refused wrote %v", wrote)
			}
		})
	}
	// The owner who has handed over does only what an administrator does.
	h := newHome(t)
	jonas, elsa := h.administrator("Jonas"), h.add("Elsa", "$elsa")
	h.must(h.HandOver(h.ctx, h.mara(), jonas.ID, 0))
	wantError(t, h.edit(elsa.ID, func(p *store.Profile) { p.Administrator = true }), store.ErrForbidden)
	wantError(t, h.SetDisabled(h.ctx, h.mara(), true, jonas.ID), store.ErrForbidden)
	h.must(h.SetDisabled(h.ctx, h.mara(), true, elsa.ID))
}

func TestHandOver(t *testing.T) {
	h := newHome(t)
	jonas, elsa := h.administrator("Jonas"), h.add("Elsa", "$elsa")
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{}, jonas.ID))
	h.must(h.edit(jonas.ID, func(p *store.Profile) { p.EndsAt = h.Now().Add(store.Day) }))
	here := h.signIn(h.owner.ID, "here")
	h.signIn(h.owner.ID, "elsewhere")
	h.signIn(jonas.ID, "jonas")

	wantError(t, h.HandOver(h.ctx, h.mara(), elsa.ID, here.ID), store.ErrForbidden)
	wantError(t, h.HandOver(h.ctx, h.mara(), h.owner.ID, here.ID), store.ErrForbidden)
	wantError(t, h.HandOver(h.ctx, h.mara(), 999, here.ID), store.ErrNotFound)
	wantError(t, h.HandOver(h.ctx, actor(jonas), jonas.ID, 0), store.ErrForbidden)
	wantError(t, h.HandOver(h.ctx, store.Console(), jonas.ID, 0), store.ErrForbidden)
	h.clock.pass(2 * store.Day)
	wantInvalid(t, h.HandOver(h.ctx, h.mara(), jonas.ID, here.ID), "")
	h.clock.pass(-2 * store.Day)

	wrote := h.wrote(func() { h.must(h.HandOver(h.ctx, h.mara(), jonas.ID, here.ID)) })
	if !slices.Equal(wrote, []store.Action{store.ActionOwnership}) {
		t.Errorf("wrote %v", wrote)
	}
	owner, err := h.Owner(h.ctx)
	if h.must(err); owner.ID != jonas.ID || owner.Restricted() {
		t.Errorf("the owner is %+v", owner)
	}
	if mara := h.user(h.owner.ID); mara.Role != store.RoleAdministrator {
		t.Errorf("Mara is %s", mara.Role)
	}
	if !h.signedIn("here") || h.signedIn("elsewhere") || !h.signedIn("jonas") {
		t.Error("the former owner is signed in elsewhere, or somebody was signed out")
	}
	wantError(t, h.HandOver(h.ctx, h.mara(), jonas.ID, here.ID), store.ErrForbidden)
	h.must(h.HandOver(h.ctx, actor(owner), h.owner.ID, 0))
}

// The database itself keeps to one owner, who is under no limit, and to
// administrators with a password.
func TestConstraintsOfRoles(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", "$elsa"), h.add("Nils", "")
	for _, query := range []string{
		`UPDATE users SET role = 'owner' WHERE id = ?2`,
		`UPDATE users SET role = 'administrator' WHERE id = ?3`,
		`UPDATE users SET role = 'king' WHERE id = ?2`,
		`UPDATE users SET disabled = 1 WHERE id = ?1`,
		`UPDATE users SET ends_at = 5 WHERE id = ?1`,
		`UPDATE users SET all_libraries = 0 WHERE id = ?1`,
		`UPDATE users SET all_channels = 0 WHERE id = ?1`,
		`UPDATE users SET password_hash = NULL WHERE id = ?1`,
		`UPDATE users SET name_key = 'nils' WHERE id = ?2`,
		`UPDATE users SET disabled = 'yes' WHERE id = ?2`,
		`INSERT INTO users (name, name_key, sort_name, role, password_hash, created_at) VALUES ('x', 'x', 'x', 'owner', 'x', 1)`,
	} {
		if _, err := h.raw().ExecContext(h.ctx, query, h.owner.ID, elsa.ID, nils.ID); err == nil || !strings.Contains(err.Error(), "constraint") && !strings.Contains(err.Error(), "cannot store") {
			t.Errorf("%s: %v", query, err)
		}
	}
	wantInvalid(t, h.edit(nils.ID, func(p *store.Profile) { p.Administrator = true }), "administrator")
	wantError(t, h.RemovePassword(h.ctx, h.mara(), h.administrator("Jonas").ID), store.ErrForbidden)
}
