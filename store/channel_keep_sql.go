package store

import (
	"context"
	"fmt"
	"strings"
)

// keeping saves entries of one channel in one transaction, and remembers what
// many of them share.
type keeping struct {
	*tx
	channel   int64
	saved     Saved
	labels    map[string]int64 // ids by name; 0 for a group that is no label
	audiences map[string]int64 // ids by age and labels
}

func newKeeping(t *tx, channel int64) *keeping {
	return &keeping{tx: t, channel: channel, labels: make(map[string]int64), audiences: make(map[string]int64)}
}

// saveAll writes what is not as it was.
func (k *keeping) saveAll(ctx context.Context, entries []keyedEntry, known map[string]*knownEntry) error {
	for _, e := range entries {
		was := known[e.key]
		if was != nil {
			was.found = true
			if was.facts == e.facts {
				if err := k.keepPlace(ctx, e, was); err != nil {
					return err
				}
				continue
			}
		}
		if err := k.save(ctx, e, was); err != nil {
			return fmt.Errorf("save %q: %w", e.Name, err)
		}
	}
	return nil
}

// keepPlace notes where an entry stands now that is as it was, and that it is
// there again.
func (k *keeping) keepPlace(ctx context.Context, e keyedEntry, was *knownEntry) error {
	if was.position == e.position && !was.missing {
		return nil
	}
	if _, err := k.ExecContext(ctx, `UPDATE channel_entries SET position = ?, missing_at = NULL WHERE id = ?`, e.position, was.id); err != nil {
		return fmt.Errorf("move entry %d: %w", was.id, err)
	}
	if was.missing {
		k.saved.Added++
	}
	return nil
}

// save writes an entry that is new, or not as it was.
func (k *keeping) save(ctx context.Context, e keyedEntry, was *knownEntry) error {
	keys := groupKeys(e.Groups)
	audience, err := k.audience(ctx, e.age, keys)
	if err != nil {
		return err
	}
	var id int64
	err = k.QueryRowContext(ctx, `INSERT INTO channel_entries (channel_id, key, position, name, sort_name, address, media_type, live, groups, plot, rating, audience_id,
			published_at, length, size, facts, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (channel_id, key) DO UPDATE SET position = excluded.position, name = excluded.name, sort_name = excluded.sort_name, address = excluded.address,
			media_type = excluded.media_type, live = excluded.live, groups = excluded.groups, plot = excluded.plot, rating = excluded.rating, audience_id = excluded.audience_id,
			published_at = excluded.published_at, length = excluded.length, size = excluded.size, facts = excluded.facts, missing_at = NULL
		RETURNING id`,
		k.channel, []byte(e.key), e.position, e.Name, titleSort(e.Name), e.Address, e.MediaType, e.Live, strings.Join(e.Groups, ", "), e.Plot, e.Rating, audience,
		millis(e.Published), e.Length.Milliseconds(), e.Size, []byte(e.facts), millis(k.now)).Scan(&id)
	if err != nil {
		return fmt.Errorf("write entry: %w", err)
	}
	if was == nil || was.missing {
		k.saved.Added++
	} else {
		k.saved.Changed++
	}
	return k.setFound(ctx, id, e, keys)
}

// setFound makes an entry findable by its groups and by the words of its name.
func (k *keeping) setFound(ctx context.Context, id int64, e keyedEntry, keys []string) error {
	for _, clear := range []string{`DELETE FROM channel_entry_groups WHERE entry_id = ?`, `DELETE FROM channel_entry_words WHERE entry_id = ?`} {
		if _, err := k.ExecContext(ctx, clear, id); err != nil {
			return fmt.Errorf("clear what finds entry %d: %w", id, err)
		}
	}
	for i, key := range keys {
		if _, err := k.ExecContext(ctx, `INSERT INTO channel_entry_groups (channel_id, name_key, entry_id, name) VALUES (?, ?, ?, ?)`, k.channel, key, id, e.Groups[i]); err != nil {
			return fmt.Errorf("add group: %w", err)
		}
	}
	for _, word := range words(e.Name) {
		if _, err := k.ExecContext(ctx, `INSERT OR IGNORE INTO channel_entry_words (channel_id, word, entry_id) VALUES (?, ?, ?)`, k.channel, word, id); err != nil {
			return fmt.Errorf("add word: %w", err)
		}
	}
	return nil
}

func groupKeys(groups []string) []string {
	keys := make([]string, len(groups))
	for i, group := range groups {
		keys[i] = nameKey(group)
	}
	return keys
}

// miss notes that entries are no longer in the source.
func (k *keeping) miss(ctx context.Context, ids []int64) error {
	for _, id := range ids {
		if _, err := k.ExecContext(ctx, `UPDATE channel_entries SET missing_at = ? WHERE id = ?`, millis(k.now), id); err != nil {
			return fmt.Errorf("miss entry %d: %w", id, err)
		}
	}
	k.saved.Missing += len(ids)
	_, err := k.ExecContext(ctx, `DELETE FROM channel_audiences WHERE channel_id = ? AND NOT EXISTS (SELECT 1 FROM channel_entries e WHERE e.audience_id = channel_audiences.id)`, k.channel)
	if err != nil {
		return fmt.Errorf("remove audiences of no entry: %w", err)
	}
	return nil
}

// forgetMissing removes what was missed first where a source has other entries
// each time: more than MaxEntries of them come back to no one.
func (k *keeping) forgetMissing(ctx context.Context) error {
	_, err := k.ExecContext(ctx, `DELETE FROM channel_entries WHERE id IN (SELECT id FROM channel_entries
		WHERE channel_id = ? AND missing_at IS NOT NULL ORDER BY missing_at DESC, id DESC LIMIT -1 OFFSET ?)`, k.channel, MaxEntries)
	if err != nil {
		return fmt.Errorf("forget missing entries of channel %d: %w", k.channel, err)
	}
	return nil
}

// noteRead writes down what the source says of itself.
func (k *keeping) noteRead(ctx context.Context, read ReadChannel, skipped int) error {
	_, err := k.ExecContext(ctx, `INSERT INTO channel_sources (channel_id, format, title, plot, etag, modified, tried_at, refreshed_at, problem, skipped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?)
		ON CONFLICT (channel_id) DO UPDATE SET format = excluded.format, title = excluded.title, plot = excluded.plot, etag = excluded.etag, modified = excluded.modified,
			tried_at = excluded.tried_at, refreshed_at = excluded.refreshed_at, problem = '', skipped = excluded.skipped`,
		k.channel, read.Format, titleName(read.Title), clip(read.Plot, MaxPlot), clip(read.ETag, maxValidator), clip(read.Modified, maxValidator), millis(k.now), millis(k.now), read.Skipped+skipped)
	if err != nil {
		return fmt.Errorf("note that channel %d was read: %w", k.channel, err)
	}
	return nil
}

// maxValidator is how much is kept of what a server sends to ask with the next
// time, in bytes.
const maxValidator = 1000
