package store_test

import (
	"slices"
	"testing"
	"time"

	"usher/store"
)

// thirdSchema is what a server of the third schema has written: a library that
// was scanned with a problem, a film, an episode in its series, a child with
// limits, and an administrator who looks as that child.
const thirdSchema = `
INSERT INTO libraries (id, name, name_key, kind, position, created_at) VALUES (3, 'Films', 'films', 'films', 1, 1), (5, 'Series', 'series', 'series', 2, 1);
INSERT INTO library_folders (id, library_id, position, path) VALUES (1, 3, 0, '/srv/films'), (2, 5, 0, '/srv/series');
INSERT INTO channels (id, name, name_key, address, position, created_at) VALUES (4, 'News', 'news', 'https://news.example/list.m3u', 1, 1);
INSERT INTO users (id, name, name_key, sort_name, role, password_hash, password_at, created_at) VALUES (1, 'Mara', 'mara', 'mara', 'owner', '$mara', 5, 6);
INSERT INTO users (id, name, name_key, sort_name, max_age, unrated, streams, restrained, created_at) VALUES (2, 'Elsa', 'elsa', 'elsa', 10, 30, 2, 1, 8);
INSERT INTO audiences (id, library_id, age) VALUES (1, 3, 7), (2, 5, 7);
INSERT INTO titles (id, library_id, kind, name, sort_name, found_name, audience_id, added_at) VALUES (10, 3, 'film', 'The Bear', 'bear', 'The Bear', 1, 9);
INSERT INTO titles (id, library_id, kind, key, name, sort_name, found_name, added_at) VALUES (11, 5, 'series', '01', 'Ferry', 'ferry', 'Ferry', 9);
INSERT INTO titles (id, library_id, kind, parent_id, root_id, name, sort_name, found_name, audience_id, number, added_at) VALUES (12, 5, 'episode', 11, 11, 'Pilot', 'pilot', 'Pilot', 2, 1, 9);
INSERT INTO jobs (id, kind, library_id, subject, reason, asked_by, state, total, seen, added, problems, error, asked_at, started_at, ended_at)
	VALUES (7, 'scan', 3, 'Films', 'asked', 'Mara', 'done', 3, 3, 1, 2, '', 100, 200, 300), (8, 'clean-up', NULL, '', 'time', '', 'done', 5, 5, 0, 0, '', 400, 400, 400);
INSERT INTO job_problems (job_id, number, path, problem) VALUES (7, 1, '/srv/films/a.nfo', 'This cannot be read.'), (7, 2, '/srv/films/b.nfo', 'Nor this.');`

// A database of the third schema opens with its titles, its worker log and its
// sessions, ready to watch; and goes back to the third schema with them.
func TestUpgradeFromTheThirdSchema(t *testing.T) {
	h := emptyHome(t)
	provider, err := h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 3)
	h.must(err)
	db, now := h.raw(), h.clock.now().UnixMilli()
	_, err = db.ExecContext(h.ctx, thirdSchema)
	h.must(err)
	_, err = db.ExecContext(h.ctx, `INSERT INTO sessions (token_hash, user_id, strength, created_at, last_seen_at, view_as) VALUES (?, 1, 'password', ?, ?, 2)`, hash("of Mara"), now, now)
	h.must(err)
	h.must(db.Close())
	h.must(h.Close())
	h.Store = h.open()

	if session, err := h.Session(h.ctx, hash("of Mara")); err != nil || session.User.ID != 1 || session.ViewAs != 2 {
		t.Errorf("Mara's session is %+v, %v", session, err)
	}
	elsa := h.user(2)
	if r := elsa.Restrictions; r.Rating != upTo(10) || r.Streams != 2 || !r.HideUnrated.Has(store.KindFilms) {
		t.Errorf("Elsa is limited by %+v", r)
	}
	h.kept(t)
	if hours := h.number(`SELECT refresh_hours FROM settings`); hours != 6 {
		t.Errorf("channels are read again every %d hours", hours)
	}
	h.must(h.SavePosition(h.ctx, 2, store.What{Title: 10}, store.Position{At: time.Minute, Length: time.Hour}))
	h.must(h.MarkWatched(h.ctx, actor(elsa), store.What{Title: 11}, true))
	if got := h.history(store.HistoryQuery{User: 2}); !slices.Equal(got, []string{"Pilot", "The Bear"}) {
		t.Errorf("Elsa has watched %q", got)
	}

	provider, err = h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 3)
	h.must(err)
	if n := h.number(`SELECT count(*) FROM sqlite_schema WHERE name IN ('history', 'favourites', 'player_links', 'channel_entries') OR sql LIKE '%own_changes%'`); n != 0 {
		t.Errorf("%d things of the fourth schema are left", n)
	}
	if n := h.number(`SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM job_problems) + (SELECT count(*) FROM titles) + (SELECT count(*) FROM sessions)`); n != 2+2+3+1 {
		t.Errorf("%d rows are left of the third schema", n)
	}
	h.must(h.Close())
	h.Store = h.open()
	h.kept(t)
}

// kept checks that what thirdSchema says is there.
func (h *home) kept(t *testing.T) {
	t.Helper()
	for _, id := range []int64{10, 11, 12} {
		if _, err := h.VisibleTitle(h.ctx, 2, id); err != nil {
			t.Errorf("Elsa sees title %d: %v", id, err)
		}
	}
	job, err := h.Job(h.ctx, 7)
	h.must(err)
	if job.Subject != "Films" || job.AskedBy != "Mara" || job.State != store.JobDone || job.LibraryID != 3 {
		t.Errorf("the scan is %+v", job)
	}
	problems, err := h.JobProblems(h.ctx, 7, 0)
	h.must(err)
	if len(problems) != 2 || problems[1].Problem != "Nor this." {
		t.Errorf("its problems are %+v", problems)
	}
}
