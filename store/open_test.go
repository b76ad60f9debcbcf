package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"usher/store"
)

func TestOpenMakesTheFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain", "a/b/c", "what?", "number #1", "100%", "50%20off", "Mein Öffentlicher Ordner", "a&b=c;d", "'quoted\"", "?mode=memory", "日本", " "} {
		folder := filepath.Join(t.TempDir(), name)
		s, err := store.Open(t.Context(), folder)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if _, err := s.MakeOwner(t.Context(), "Mara", "$mara"); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		wantMode(t, folder, 0o700)
		for _, file := range []string{store.FileName, store.FileName + "-wal", store.FileName + "-shm"} {
			wantMode(t, filepath.Join(folder, file), 0o600)
		}
		if err := s.Close(); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if s, err = store.Open(t.Context(), folder); err != nil {
			t.Errorf("%q again: %v", name, err)
			continue
		}
		if owner, err := s.Owner(t.Context()); err != nil || owner.Name != "Mara" {
			t.Errorf("%q again: the owner is %+v, %v", name, owner, err)
		}
		_ = s.Close()
	}
}

func wantMode(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Error(err)
	} else if info.Mode().Perm() != mode {
		t.Errorf("%s has mode %o, want %o", path, info.Mode().Perm(), mode)
	}
}

// A folder with a relative name is found by it.
func TestOpenRelativeFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := store.Open(t.Context(), "usher-data")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wantMode(t, filepath.Join("usher-data", store.FileName), 0o600)
}

// What cannot be opened is said in a sentence that names the place, and
// nothing in it is changed.
func TestWhatCannotBeOpened(t *testing.T) {
	for about, test := range map[string]struct {
		spoil func(t *testing.T, folder string) string // returns the folder to open
		says  string
	}{
		"a file in place of the folder": {func(t *testing.T, folder string) string {
			write(t, filepath.Join(folder, "file"), "a letter")
			return filepath.Join(folder, "file")
		}, "cannot make the data folder"},
		"a folder below a file": {func(t *testing.T, folder string) string {
			write(t, filepath.Join(folder, "file"), "a letter")
			return filepath.Join(folder, "file", "data")
		}, "cannot make the data folder"},
		"a folder in place of the database": {func(t *testing.T, folder string) string {
			if err := os.Mkdir(filepath.Join(folder, store.FileName), 0o700); err != nil {
				t.Fatal(err)
			}
			return folder
		}, "cannot write its database"},
		"a folder that takes no files": {func(*testing.T, string) string { return "/proc/self" }, "cannot write"},
		"a folder that cannot be made": {func(*testing.T, string) string { return "/proc/usher-data" }, "cannot make the data folder"},
		"a letter in place of the database": {func(t *testing.T, folder string) string {
			write(t, filepath.Join(folder, store.FileName), strings.Repeat("Dear Mara, ", 500))
			return folder
		}, "cannot be read as a database"},
		"a database that is cut off": {func(t *testing.T, folder string) string {
			newHomeIn(t, folder)
			file := filepath.Join(folder, store.FileName)
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			write(t, file, string(content[:3*len(content)/4]))
			return folder
		}, store.FileName},
	} {
		t.Run(about, func(t *testing.T) {
			if _, err := os.Stat("/proc/self"); err != nil {
				t.Skip("there is no /proc here")
			}
			folder := test.spoil(t, t.TempDir())
			before, _ := os.ReadFile(filepath.Join(folder, store.FileName))
			s, err := store.Open(t.Context(), folder)
			var data *store.DataError
			if err == nil {
				_ = s.Close()
			}
			if !errors.As(err, &data) || !strings.Contains(data.Error(), test.says) || !strings.Contains(data.Error(), folder) {
				t.Errorf("the error is %v", err)
			}
			if after, _ := os.ReadFile(filepath.Join(folder, store.FileName)); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
	if _, err := store.Lock("/proc/self"); err == nil || !strings.Contains(err.Error(), "cannot write to the data folder /proc/self") {
		t.Errorf("locking says %v", err)
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// newHomeIn makes a database with an owner in the folder and closes it.
func newHomeIn(t *testing.T, folder string) {
	t.Helper()
	s, err := store.Open(t.Context(), folder)
	if err == nil {
		_, err = s.MakeOwner(t.Context(), "Mara", "$mara")
	}
	if err = errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestNewerDatabase(t *testing.T) {
	h := newHome(t)
	_, err := h.raw().ExecContext(h.ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
	h.must(err)
	_, err = store.Open(h.ctx, h.folder)
	var data *store.DataError
	if !errors.As(err, &data) || !strings.Contains(err.Error(), "written by a newer Usher") || !strings.Contains(err.Error(), "99999") {
		t.Errorf("the error is %v", err)
	}
	if owner, err := h.Owner(h.ctx); err != nil || owner.Name != "Mara" {
		t.Errorf("the database was changed: %+v, %v", owner, err)
	}
}

func TestLock(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	release, err := store.Lock(folder)
	if err != nil {
		t.Fatal(err)
	}
	wantMode(t, folder, 0o700)
	wantMode(t, filepath.Join(folder, "usher.lock"), 0o600)
	var data *store.DataError
	if _, err := store.Lock(folder); !errors.As(err, &data) || !strings.Contains(err.Error(), "already running") || !strings.Contains(err.Error(), folder) {
		t.Errorf("a second lock says %v", err)
	}
	// Commands work beside a running server.
	s, err := store.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if release, err = store.Lock(folder); err != nil {
		t.Fatal(err)
	}
	_ = release()
}

// Every connection has its settings, not only the first of a pool.
func TestConnections(t *testing.T) {
	h := newHome(t)
	for name, pool := range map[string]struct {
		settings map[string]string
		n        int
	}{
		"writer": {map[string]string{"foreign_keys": "1", "synchronous": "2", "journal_mode": "wal", "busy_timeout": "5000", "query_only": "0"}, 1},
		"reader": {map[string]string{"foreign_keys": "1", "journal_mode": "wal", "busy_timeout": "5000", "query_only": "1"}, 4},
	} {
		db := h.Writer()
		if name == "reader" {
			db = h.Reader()
		}
		for i := range pool.n {
			conn, err := db.Conn(h.ctx)
			h.must(err)
			defer func() { _ = conn.Close() }() //nolint:gocritic // all are held at once on purpose
			for setting, want := range pool.settings {
				var got string
				if err := conn.QueryRowContext(h.ctx, "PRAGMA "+setting).Scan(&got); err != nil || got != want {
					t.Errorf("%s %d: %s is %q, want %q: %v", name, i, setting, got, want, err)
				}
			}
		}
		if most := db.Stats().MaxOpenConnections; name == "writer" && most != 1 || most == 0 {
			t.Errorf("%s has up to %d connections", name, most)
		}
	}
}

func TestReaderRefusesWrites(t *testing.T) {
	h := newHome(t)
	for _, query := range []string{`UPDATE users SET note = 'x'`, `DELETE FROM users`, `CREATE TABLE t (a)`, `DROP TABLE sessions`, `PRAGMA user_version = 7`} {
		if _, err := h.Reader().ExecContext(h.ctx, query); err == nil {
			t.Errorf("the reader took %s", query)
		}
	}
}

// schema is all that the database is made of.
func (h *home) schema() string {
	h.t.Helper()
	rows, err := h.raw().QueryContext(h.ctx, `SELECT coalesce(sql, name) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY name`)
	h.must(err)
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var part string
		h.must(rows.Scan(&part))
		all = append(all, part)
	}
	h.must(rows.Err())
	return strings.Join(all, ";\n")
}

func TestMigrationsDownAndUp(t *testing.T) {
	h := newHome(t)
	before := h.schema()
	provider, err := h.Migrations()
	h.must(err)
	_, err = provider.DownTo(h.ctx, 0)
	h.must(err)
	if left := h.schema(); left != "" {
		t.Errorf("on the way down stayed:\n%s", left)
	}
	again := h.open()
	if after := h.schema(); after != before {
		t.Errorf("after down and up:\n%s\nwant:\n%s", after, before)
	}
	if _, err := again.MakeOwner(h.ctx, "Mara", "$mara"); err != nil {
		t.Error(err)
	}
}

// Two that open the same new folder at once both get it.
func TestOpenSideBySide(t *testing.T) {
	folder := t.TempDir()
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := store.Open(t.Context(), folder)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// Many who write and read at once, in two processes, break nothing: each
// change is there whole, and the file is sound.
func TestStorm(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	stores := []*store.Store{h.Store, h.open()}
	const writers, each = 8, 6
	var group sync.WaitGroup
	for i := range writers {
		group.Go(func() {
			for n := range each {
				stormyUser(t, h, stores[i%2], fmt.Sprintf("Writer %d No %d", i, n), n%3 == 0)
			}
		})
		group.Go(func() {
			for range 10 * each {
				stormyRead(t, h, stores[i%2])
			}
		})
	}
	group.Wait()
	var sound string
	h.must(h.raw().QueryRowContext(h.ctx, `PRAGMA integrity_check`).Scan(&sound))
	if astray := h.number(`SELECT count(*) FROM pragma_foreign_key_check`); sound != "ok" || astray != 0 {
		t.Errorf("the file is not sound: %s, %d rows without the one they belong to", sound, astray)
	}
	if n, want := h.number(`SELECT count(*) FROM users`), 1+writers*each*2/3; n != want {
		t.Errorf("%d users, want %d", n, want)
	}
	if made, gone := h.number(`SELECT count(*) FROM activity WHERE action = 'user-created'`), h.number(`SELECT count(*) FROM activity WHERE action = 'user-deleted'`); made != writers*each || gone != writers*each/3 {
		t.Errorf("Activity tells of %d who came and %d who went", made, gone)
	}
}

// stormyUser makes a user, changes them and deletes them again if they are to go.
func stormyUser(t *testing.T, h *home, s *store.Store, name string, goes bool) {
	u, err := s.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name, Access: store.FullAccess()})
	if err == nil {
		err = s.UpdateProfile(h.ctx, h.mara(), u.ID, store.Profile{Name: name + " Jr", Note: "changed"})
	}
	if err == nil && goes {
		err = s.DeleteUsers(h.ctx, h.mara(), u.ID)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// stormyRead reads what must always hold together.
func stormyRead(t *testing.T, h *home, s *store.Store) {
	if err := s.Refresh(h.ctx); err != nil {
		t.Error(err)
	}
	page, err := s.Users(h.ctx, store.UserQuery{Search: "writer"})
	if err != nil || len(page.Users) > store.PageSize {
		t.Errorf("%d users on a page: %v", len(page.Users), err)
	}
	if _, err := s.Users(h.ctx, store.UserQuery{Page: 2}); err != nil {
		t.Error(err)
	}
	if _, err := s.Owner(h.ctx); err != nil {
		t.Error(err)
	}
}
