package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// entriesABatch is how many entries of a source are looked at for one
// transaction, so that others get their turn in between.
const entriesABatch = 500

// SaveChannel writes what was read of a channel's source, in batches: what is as
// it was is not written again, and what is gone keeps its history for a month in
// case it comes back. A job is told how far it is; 0 is none. It answers
// ErrNotFound when the channel is gone or has another address by now.
func (s *Store) SaveChannel(ctx context.Context, job int64, channel Channel, read ReadChannel) (saved Saved, err error) {
	known, err := s.knownEntries(ctx, channel.ID)
	if err != nil {
		return saved, err
	}
	entries, skipped, err := read.keyed()
	if err != nil {
		return saved, err
	}
	seen := 0
	for batch := range slices.Chunk(entries, entriesABatch) {
		seen += len(batch)
		progress := Progress{Seen: seen, Total: len(entries)}
		err := s.saveEntries(ctx, job, channel, progress, &saved, func(k *keeping) error { return k.saveAll(ctx, batch, known) })
		if err != nil {
			return saved, err
		}
	}
	var gone []int64
	for _, one := range known {
		if !one.missing && !one.found {
			gone = append(gone, one.id)
		}
	}
	err = s.saveEntries(ctx, job, channel, Progress{Seen: seen, Total: seen}, &saved, func(k *keeping) error {
		if err := k.miss(ctx, gone); err != nil {
			return err
		}
		if err := k.forgetMissing(ctx); err != nil {
			return err
		}
		return k.noteRead(ctx, read, skipped)
	})
	return saved, err
}

// knownEntry is an entry as it was saved before.
type knownEntry struct {
	id       int64
	position int
	facts    string
	missing  bool
	found    bool // in what was read now
}

func (s *Store) knownEntries(ctx context.Context, channel int64) (map[string]*knownEntry, error) {
	type row struct {
		key string
		knownEntry
	}
	rows, err := readEach(ctx, s.reader, func(r scanner) (one row, err error) {
		err = r.Scan(&one.key, &one.id, &one.position, &one.facts, &one.missing)
		return one, err
	}, `SELECT key, id, position, facts, missing_at IS NOT NULL FROM channel_entries WHERE channel_id = ?`, channel)
	if err != nil {
		return nil, fmt.Errorf("read entries of channel %d: %w", channel, err)
	}
	known := make(map[string]*knownEntry, len(rows))
	for _, one := range rows {
		known[one.key] = &one.knownEntry
	}
	return known, nil
}

// keyedEntry is an entry that was read, with what it is known again by.
type keyedEntry struct {
	FoundEntry
	key      string
	facts    string
	position int
	age      Age
}

// keyed are the entries as they are stored, and how many of them cannot be. What
// has the same name several times is told apart by its order.
func (r ReadChannel) keyed() (entries []keyedEntry, skipped int, err error) {
	times := make(map[[2]string]int)
	for i, found := range r.Entries {
		address, problem := CleanChannelAddress(found.Address)
		if found.Name = titleName(found.Name); problem != "" || found.Name == "" || len(entries) == MaxEntries {
			skipped++
			continue
		}
		e := keyedEntry{FoundEntry: found, position: i + 1}
		if r.Format == FormatPodcast {
			e.position = len(r.Entries) - i // a new episode in front moves no other
		}
		e.Address, e.Plot, e.MediaType = address, clip(e.Plot, MaxPlot), clip(e.MediaType, MaxLabel)
		e.Rating, e.age = ReadRating(e.Rating)
		e.Groups = cleanGroups(e.Groups)
		by := [2]string{"id", e.ID}
		if e.ID == "" {
			by = [2]string{"name", nameKey(e.Name)}
		}
		times[by]++
		if e.key, err = digest(by, times[by]); err != nil {
			return nil, 0, err
		}
		if e.facts, err = digest(e.FoundEntry, e.age); err != nil {
			return nil, 0, err
		}
		entries = append(entries, e)
	}
	return entries, skipped, nil
}

// cleanGroups are the groups as they are stored, each once.
func cleanGroups(groups []string) []string {
	var clean []string
	keys := make(map[string]bool)
	for _, group := range groups {
		group = CleanLabel(group)
		if key := nameKey(group); group != "" && !keys[key] && len(clean) < MaxEntryGroups {
			keys[key] = true
			clean = append(clean, group)
		}
	}
	return clean
}

// digest is a hash of all these.
func digest(of ...any) (string, error) {
	text, err := json.Marshal(of)
	if err != nil {
		return "", fmt.Errorf("hash: %w", err)
	}
	sum := sha256.Sum256(text)
	return string(sum[:16]), nil
}

// saveEntries runs fn in a transaction in which the channel is still the one
// that was read, and notes what it has saved.
func (s *Store) saveEntries(ctx context.Context, job int64, channel Channel, progress Progress, saved *Saved, fn func(*keeping) error) error {
	return s.change(ctx, func(t *tx) error {
		t.keepStatements()
		var address string
		err := t.QueryRowContext(ctx, `SELECT address FROM channels WHERE id = ?`, channel.ID).Scan(&address)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("look at channel %d: %w", channel.ID, err)
		}
		if err != nil || address != channel.Address {
			return fmt.Errorf("channel %d at the address that was read: %w", channel.ID, ErrNotFound)
		}
		k := newKeeping(t, channel.ID)
		if err := fn(k); err != nil {
			return err
		}
		*saved = saved.plus(k.saved)
		if job == 0 {
			return nil
		}
		return t.noteProgress(ctx, job, progress, k.saved, nil)
	})
}

func (s Saved) plus(o Saved) Saved {
	return Saved{s.Added + o.Added, s.Changed + o.Changed, s.Moved + o.Moved, s.Missing + o.Missing}
}
