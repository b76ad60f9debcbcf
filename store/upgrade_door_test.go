package store_test

import (
	"testing"

	"usher/store"
)

// fourthSchema is what a server of the fourth schema has written: the owner, a
// child, somebody who is kept from signing in away, an e-mail that waits, and a
// film that a player has the address of.
const fourthSchema = `
INSERT INTO libraries (id, name, name_key, kind, position, created_at) VALUES (3, 'Films', 'films', 'films', 1, 1);
INSERT INTO users (id, name, name_key, sort_name, role, password_hash, password_at, created_at) VALUES (1, 'Mara', 'mara', 'mara', 'owner', '$mara', 5, 6);
INSERT INTO users (id, name, name_key, sort_name, created_at) VALUES (2, 'Elsa', 'elsa', 'elsa', 8);
INSERT INTO users (id, name, name_key, sort_name, email, email_key, from_away, restrained, time_zone, created_at) VALUES (3, 'Nils', 'nils', 'nils', 'nils@example.org', 'nils@example.org', 0, 1, 'Europe/Oslo', 8);
INSERT INTO audiences (id, library_id, age) VALUES (1, 3, 7);
INSERT INTO titles (id, library_id, kind, name, sort_name, found_name, audience_id, added_at) VALUES (10, 3, 'film', 'The Bear', 'bear', 'The Bear', 1, 9);
INSERT INTO outbox (id, letter, recipient, user_id, base_url, message_id, created_at, due_at) VALUES (4, 'reset', 'nils@example.org', 3, 'https://home.example', 'm4', 9, 4000000000000);`

// A database of the fourth schema opens with everybody still signed in, each
// browser a device; and goes back with what the fourth schema knows.
func TestUpgradeFromTheFourthSchema(t *testing.T) {
	h := emptyHome(t)
	provider, err := h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 4)
	h.must(err)
	db, now := h.raw(), h.clock.now().UnixMilli()
	_, err = db.ExecContext(h.ctx, fourthSchema)
	h.must(err)
	for id, strength := range map[int]string{1: "password", 2: "home"} {
		_, err = db.ExecContext(h.ctx, `INSERT INTO sessions (id, token_hash, user_id, strength, created_at, last_seen_at, address, at_home, user_agent, flash)
			VALUES (?, ?, ?, ?, ?, ?, '10.0.0.7', 1, 'Firefox', 'Saved.')`, 10*id, hash(strength), id, strength, now, now)
		h.must(err)
	}
	_, err = db.ExecContext(h.ctx, `INSERT INTO player_links (token_hash, session_id, title_id, created_at, expires_at) VALUES (x'07', 10, 10, ?, 4000000000000)`, now)
	h.must(err)
	h.must(db.Close())
	h.must(h.Close())
	h.Store = h.open()

	mara, err := h.Session(h.ctx, hash("password"))
	h.must(err)
	if mara.ID != 10 || mara.User.ID != 1 || mara.Device == 0 || mara.Flash != "Saved." || mara.Strength != store.StrengthPassword || mara.ProvenAt.UnixMilli() != now || mara.Factor != store.FactorNone {
		t.Errorf("Mara's session is %+v", mara)
	}
	elsa, err := h.Session(h.ctx, hash("home"))
	if h.must(err); elsa.Device == mara.Device || !elsa.ProvenAt.IsZero() || elsa.Strength != store.StrengthHome {
		t.Errorf("Elsa's session is %+v", elsa)
	}
	nils := h.user(3)
	if nils.Hidden || nils.HasPIN || nils.SecondFactor() || nils.DeviceRule != store.DevicesAny || !nils.WantsDeviceMail || !nils.MayEditProfile || nils.Look != store.LookSystem ||
		!nils.Restrictions.NoAway || nils.Restrictions.TimeZone != "Europe/Oslo" {
		t.Errorf("Nils is %+v", nils)
	}
	if h.user(2).Restrictions.NoAway || !h.user(2).HomeOnly() {
		t.Error("Elsa may not sign in at home, or not from away")
	}
	if n := h.number(`SELECT (SELECT count(*) FROM player_links WHERE session_id = 10 AND title_id = 10) + (SELECT count(*) FROM outbox WHERE id = 4 AND recipient = 'nils@example.org')`); n != 2 {
		t.Errorf("%d of the player's address and the e-mail are left", n)
	}

	provider, err = h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 4)
	h.must(err)
	if n := h.number(`SELECT count(*) FROM sqlite_schema WHERE name IN ('devices', 'passkeys', 'challenges', 'users_faces') OR sql LIKE '%pin_hash%' OR sql LIKE '%admin_hours%'`); n != 0 {
		t.Errorf("%d things of the fifth schema are left", n)
	}
	if n := h.number(`SELECT count(*) FROM sessions WHERE address = '10.0.0.7' AND at_home = 1 AND user_agent = 'Firefox' AND flash = 'Saved.'`); n != 2 {
		t.Errorf("%d sessions are left", n)
	}
	if n := h.number(`SELECT (SELECT count(*) FROM player_links) + (SELECT count(*) FROM outbox)`); n != 2 {
		t.Errorf("%d of the player's address and the e-mail are left of the fourth schema", n)
	}
	h.must(h.Close())
	h.Store = h.open()
	if session, err := h.Session(h.ctx, hash("password")); err != nil || session.User.ID != 1 {
		t.Errorf("Mara's session comes back as %+v, %v", session, err)
	}
}
