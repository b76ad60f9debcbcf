package store

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
)

// versions are the counters of the table changes. Triggers move them, so that
// what another process changes is seen as well.
type versions struct {
	users, media, settings, titles int64
	own, sources                   int64 // of one user's history and favourites, and of the sources of channels; 0 where they do not matter
}

// kept is what is read often and changes rarely, each part with the version
// it was read at. It is never read without comparing versions, so nothing
// stale is served after a request has looked at the database.
type kept struct {
	mu       sync.Mutex
	settings *Settings
	media    *catalog
	users    *directory
	at       versions
}

// catalog is the libraries and channels in their order, without personal folders.
type catalog struct {
	libraries []Library
	channels  []Channel
}

// Refresh looks at the database's counters, so that what the store keeps in
// memory is as fresh as now. Session does so too.
func (s *Store) Refresh(ctx context.Context) error {
	v, err := readVersions(ctx, s.reader)
	if err != nil {
		return err
	}
	s.saw(v)
	return nil
}

func readVersions(ctx context.Context, q querier) (v versions, err error) {
	err = q.QueryRowContext(ctx, `SELECT users, media, settings, titles FROM changes`).Scan(&v.users, &v.media, &v.settings, &v.titles)
	if err != nil {
		return v, fmt.Errorf("read versions: %w", err)
	}
	return v, nil
}

// saw notes the newest versions seen. Requests run side by side, so an older
// sight may come late; it is left out.
func (s *Store) saw(v versions) {
	for {
		last := s.latest.Load()
		if last != nil {
			if *last == v {
				return
			}
			v = versions{users: max(last.users, v.users), media: max(last.media, v.media), settings: max(last.settings, v.settings), titles: max(last.titles, v.titles)}
		}
		if s.latest.CompareAndSwap(last, &v) {
			return
		}
	}
}

// Settings are the server's settings, the fixed ones included.
func (s *Store) Settings(ctx context.Context) (Settings, error) {
	seen := s.latest.Load().settings
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	if s.kept.settings == nil || s.kept.at.settings != seen {
		settings, err := readSettings(ctx, s.reader)
		if err != nil {
			return Settings{}, err
		}
		settings = s.fixed.over(settings)
		s.kept.settings, s.kept.at.settings = &settings, seen
	}
	return *s.kept.settings, nil
}

// Media are all libraries and all channels, each in their order. Do not change
// the slices.
func (s *Store) Media(ctx context.Context) (libraries []Library, channels []Channel, err error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, nil, err
	}
	return c.libraries, c.channels, nil
}

// Libraries are all libraries in their order. Do not change the slice.
func (s *Store) Libraries(ctx context.Context) ([]Library, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, err
	}
	return c.libraries, nil
}

// Channels are all channels in their order. Do not change the slice.
func (s *Store) Channels(ctx context.Context) ([]Channel, error) {
	c, err := s.catalog(ctx)
	if err != nil {
		return nil, err
	}
	return c.channels, nil
}

func (s *Store) catalog(ctx context.Context) (*catalog, error) {
	seen := s.latest.Load().media
	s.kept.mu.Lock()
	defer s.kept.mu.Unlock()
	if s.kept.media == nil || s.kept.at.media != seen {
		libraries, err := readLibraries(ctx, s.reader, shared)
		if err != nil {
			return nil, err
		}
		channels, err := readChannels(ctx, s.reader)
		if err != nil {
			return nil, err
		}
		s.kept.media, s.kept.at.media = &catalog{libraries, channels}, seen
	}
	return s.kept.media, nil
}

// prepared is the readers, with statements that stay prepared: for the few texts
// of queries that are asked with every page.
type prepared struct{ store *Store }

// QueryContext asks for rows.
func (p prepared) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := p.store.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext asks for one row.
func (p prepared) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if stmt, err := p.store.statement(ctx, query); err == nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return p.store.reader.QueryRowContext(ctx, query, args...)
}

// querier is what both a pool and a transaction can do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}
