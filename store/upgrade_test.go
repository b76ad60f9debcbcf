package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// firstSchema is what a server of the first schema has written: an owner, a
// child who is restricted, and somebody with a session.
const firstSchema = `
UPDATE settings SET server_name = 'Lindqvist home', user_limit = 9;
INSERT INTO libraries (id, name, name_key, kind, position, created_at) VALUES (3, 'Films', 'films', 'films', 1, 1);
INSERT INTO channels (id, name, name_key, address, position, created_at) VALUES (4, 'News', 'news', 'https://news.example/list.m3u', 1, 1);
INSERT INTO users (id, name, name_key, sort_name, email, email_key, role, password_hash, password_at, created_at, last_seen_at)
	VALUES (1, 'Mara', 'mara', 'mara', 'mara@example.org', 'mara@example.org', 'owner', '$mara', 5, 6, 7);
INSERT INTO users (id, name, name_key, sort_name, note, local_access, all_libraries, all_channels, ends_at, created_at)
	VALUES (2, 'Åsa Nyström', 'åsa nyström', 'asa nystrom', 'Twelve.', 1, 0, 0, 4000000000000, 8);
INSERT INTO users (id, name, name_key, sort_name, role, password_hash, password_at, disabled, created_at)
	VALUES (9, 'Jonas', 'jonas', 'jonas', 'administrator', '$jonas', 5, 1, 6);
INSERT INTO user_words (word, sort_name, user_id) VALUES ('mara', 'mara', 1), ('example', 'mara', 1), ('asa', 'asa nystrom', 2), ('nystrom', 'asa nystrom', 2), ('jonas', 'jonas', 9);
INSERT INTO user_libraries (user_id, library_id) VALUES (2, 3);
INSERT INTO user_channels (user_id, channel_id) VALUES (2, 4);
INSERT INTO pictures (user_id, hash, jpeg) VALUES (2, 'abc', x'ff');
INSERT INTO reset_links (user_id, token_hash, created_by, created_at, expires_at) VALUES (2, x'01', 1, 1, 4000000000000);`

// A database of the first schema opens with everything kept and found.
func TestUpgradeFromTheFirstSchema(t *testing.T) {
	h := emptyHome(t)
	provider, err := h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 1)
	h.must(err)
	db := h.raw()
	_, err = db.ExecContext(h.ctx, firstSchema)
	h.must(err)
	now := h.clock.now().UnixMilli()
	for token, user := range map[string]int{"of Mara": 1, "of Åsa": 2} {
		_, err = db.ExecContext(h.ctx, `INSERT INTO sessions (token_hash, user_id, strength, created_at, last_seen_at, address, at_home, user_agent, flash)
			VALUES (?, ?, ?, ?, ?, '10.0.0.7', 1, 'Firefox', 'Saved.')`, hash(token), user, map[int]string{1: "password", 2: "home"}[user], now, now)
		h.must(err)
	}
	h.must(db.Close())
	h.must(h.Close())
	h.Store = h.open()

	asa := h.user(2)
	if asa.Kind != store.KindLocal || asa.Linked || asa.Name != "Åsa Nyström" || asa.Note != "Twelve." || !asa.LocalAccess || asa.HasPassword ||
		asa.Picture != "" || !slices.Equal(asa.Access.Libraries, []int64{3}) || !slices.Equal(asa.Access.Channels, []int64{4}) || !asa.EndsAt.Equal(time.UnixMilli(4000000000000)) {
		t.Errorf("Åsa is %+v", asa)
	}
	if mara, err := h.Owner(h.ctx); err != nil || mara.Email != "mara@example.org" || h.credentialsOf("MARA").PasswordHash != "$mara" {
		t.Errorf("the owner is %+v, %v", mara, err)
	}
	for search, want := range map[string][]int64{"": {2, 9, 1}, "asa": {2}, "nyst": {2}, "exam": {1}, "jon": {9}} {
		found, err := h.Users(h.ctx, store.UserQuery{Search: search})
		if h.must(err); !slices.Equal(idsOf(found.Users), want) {
			t.Errorf("%q finds %v, want %v", search, idsOf(found.Users), want)
		}
	}
	for filter, want := range map[store.UserFilter][]int64{
		store.FilterAdministrators: {9, 1}, store.FilterRestricted: {2}, store.FilterDisabled: {9}, store.FilterNoPassword: {2},
	} {
		found, err := h.Users(h.ctx, store.UserQuery{Filter: filter})
		if h.must(err); !slices.Equal(idsOf(found.Users), want) {
			t.Errorf("%s leaves %v, want %v", filter, idsOf(found.Users), want)
		}
	}
	session, err := h.Session(h.ctx, hash("of Mara"))
	if h.must(err); session.User.ID != 1 || session.Strength != store.StrengthPassword || session.Flash != "Saved." {
		t.Errorf("Mara's session is %+v", session)
	}
	if session, err = h.Session(h.ctx, hash("of Åsa")); err != nil || session.User.ID != 2 || session.Strength != store.StrengthHome {
		t.Errorf("Åsa's session is %+v, %v", session, err)
	}
	if jpeg, err := h.Picture(h.ctx, 2, "abc"); err != nil || len(jpeg) != 1 {
		t.Errorf("the picture is %d bytes, %v", len(jpeg), err)
	}
	if u, err := h.ResetLinkUser(h.ctx, []byte{1}); err != nil || u.ID != 2 {
		t.Errorf("the reset link is for %d, %v", u.ID, err)
	}
	if settings, err := h.Settings(h.ctx); err != nil || settings.ServerName != "Lindqvist home" || settings.UserLimit != 9 {
		t.Errorf("the settings are %+v, %v", settings, err)
	}
	for _, list := range []store.List{store.ListGuests, store.ListInvited, store.ListWaiting} {
		if n, err := h.CountUsers(h.ctx, list, store.FilterEveryone); err != nil || n != 0 {
			t.Errorf("%d are on the list %s, %v", n, list, err)
		}
	}
}

func idsOf(users []store.User) []int64 {
	var ids []int64
	for _, u := range users {
		ids = append(ids, u.ID)
	}
	return ids
}

// secondSchema is what a server of the second schema has written: libraries
// with folders, a guest, an invitation and a session through Connect.
const secondSchema = `
INSERT INTO libraries (id, name, name_key, kind, position, created_at) VALUES (3, 'Films', 'films', 'films', 1, 1), (5, 'Photos', 'photos', 'photos', 2, 1);
INSERT INTO library_folders (library_id, position, path) VALUES (3, 0, '/srv/films'), (3, 1, '/mnt/more'), (5, 0, '/srv/photos');
INSERT INTO users (id, name, name_key, sort_name, role, password_hash, password_at, created_at) VALUES (1, 'Mara', 'mara', 'mara', 'owner', '$mara', 5, 6);
INSERT INTO users (id, name, name_key, sort_name, kind, all_libraries, ends_at, created_at, linked) VALUES (7, 'Priya', 'priya', 'priya', 'guest', 0, 4000000000000, 8, 0);
INSERT INTO users (id, name, name_key, sort_name, kind, created_at) VALUES (8, 'Sam', 'sam', 'sam', 'invited', 8);
INSERT INTO invitations (user_id, life_days, expires_at) VALUES (8, 7, 4000000000000);
INSERT INTO user_libraries (user_id, library_id) VALUES (7, 3);
INSERT INTO connect_providers (id, name, name_key, issuer, client_id, created_at) VALUES (2, 'Auth', 'auth', 'https://auth.example', 'usher', 1);
INSERT INTO connect_links (issuer, subject, user_id, linked_at) VALUES ('https://auth.example', 'p', 7, 1);`

// A database of the second schema opens with everything kept, and nobody
// restricted who was not.
func TestUpgradeFromTheSecondSchema(t *testing.T) {
	h := emptyHome(t)
	provider, err := h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 2)
	h.must(err)
	db := h.raw()
	_, err = db.ExecContext(h.ctx, secondSchema)
	h.must(err)
	now := h.clock.now().UnixMilli()
	_, err = db.ExecContext(h.ctx, `INSERT INTO sessions (token_hash, user_id, strength, created_at, last_seen_at, provider_id, id_token) VALUES (?, 7, 'connect', ?, ?, 2, 'token')`, hash("of Priya"), now, now)
	h.must(err)
	h.must(db.Close())
	h.must(h.Close())
	h.Store = h.open()

	libraries, err := h.Libraries(h.ctx)
	h.must(err)
	if len(libraries) != 2 || !slices.Equal(libraries[0].Folders, []string{"/srv/films", "/mnt/more"}) || !slices.Equal(libraries[1].Folders, []string{"/srv/photos"}) {
		t.Errorf("the libraries are %+v", libraries)
	}
	for _, library := range libraries {
		for _, root := range library.Roots {
			if root.ID == 0 || root.Unreachable != "" || library.UserID != 0 {
				t.Errorf("%s has the folder %+v", library.Name, root)
			}
		}
	}
	mara, err := h.Owner(h.ctx)
	if h.must(err); !mara.Restrictions.None() || mara.Restricted() {
		t.Errorf("the owner is restricted: %+v", mara.Restrictions)
	}
	priya := h.user(7)
	if !priya.Restrictions.None() || !priya.Restricted() || !priya.Linked || !slices.Equal(priya.Access.Libraries, []int64{3}) {
		t.Errorf("Priya is %+v", priya)
	}
	if session, err := h.Session(h.ctx, hash("of Priya")); err != nil || session.User.ID != 7 || session.Strength != store.StrengthConnect {
		t.Errorf("Priya's session is %+v, %v", session, err)
	}
	invitations, err := h.Invitations(h.ctx, store.UserQuery{})
	if h.must(err); invitations.Total != 1 || invitations.Invitations[0].User.Name != "Sam" {
		t.Errorf("the invitations are %+v", invitations)
	}
	if open, err := h.OpenLibraries(h.ctx, 7); err != nil || len(open) != 1 || open[0].Name != "Films" {
		t.Errorf("Priya may look into %+v, %v", open, err)
	}
}
