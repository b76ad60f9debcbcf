package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// audience finds or adds the audience of entries with this rating and these
// groups. A group counts as the label of its name, where there is one: so lists
// with thousands of groups leave no thousands of labels.
func (k *keeping) audience(ctx context.Context, age Age, groups []string) (id int64, err error) {
	of := standing{age: age}
	for _, group := range groups {
		label, err := k.label(ctx, group)
		if err != nil {
			return 0, err
		}
		if label != 0 {
			of.labels = append(of.labels, label)
		}
	}
	slices.Sort(of.labels)
	key := age.Name() + " " + idText(of.labels)
	if id, known := k.audiences[key]; known {
		return id, nil
	}
	if id, err = k.findAudience(ctx, entryAudiences, k.channel, of); err != nil {
		return 0, err
	}
	k.audiences[key] = id
	return id, nil
}

// label is the label of this folded name; 0 for none.
func (k *keeping) label(ctx context.Context, key string) (id int64, err error) {
	if id, known := k.labels[key]; known {
		return id, nil
	}
	err = k.QueryRowContext(ctx, `SELECT id FROM labels WHERE name_key = ?`, key).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("find label: %w", err)
	}
	k.labels[key] = id
	return id, nil
}

// labelAppeared makes a new label count for all entries of channels in the group
// of this folded name.
func (t *tx) labelAppeared(ctx context.Context, key string) error {
	type row struct{ id, channel int64 }
	entries, err := readEach(ctx, t, func(r scanner) (one row, err error) {
		err = r.Scan(&one.id, &one.channel)
		return one, err
	}, `SELECT g.entry_id, g.channel_id FROM channels c CROSS JOIN channel_entry_groups g ON g.channel_id = c.id WHERE g.name_key = ? ORDER BY g.channel_id`, key)
	if err != nil {
		return fmt.Errorf("find entries in a group: %w", err)
	}
	var k *keeping
	for _, one := range entries {
		if k == nil || k.channel != one.channel {
			k = newKeeping(t, one.channel)
		}
		if err := k.reassign(ctx, one.id); err != nil {
			return err
		}
	}
	return nil
}

// reassign finds the audience of an entry anew.
func (k *keeping) reassign(ctx context.Context, entry int64) error {
	var age sql.NullInt64
	if err := k.QueryRowContext(ctx, `SELECT a.age FROM channel_entries e JOIN channel_audiences a ON a.id = e.audience_id WHERE e.id = ?`, entry).Scan(&age); err != nil {
		return fmt.Errorf("read rating of entry %d: %w", entry, err)
	}
	groups, err := readEach(ctx, k.tx, func(r scanner) (key string, err error) {
		err = r.Scan(&key)
		return key, err
	}, `SELECT name_key FROM channel_entry_groups WHERE entry_id = ?`, entry)
	if err != nil {
		return fmt.Errorf("read groups of entry %d: %w", entry, err)
	}
	audience, err := k.audience(ctx, ageOf(age), groups)
	if err != nil {
		return err
	}
	if _, err := k.ExecContext(ctx, `UPDATE channel_entries SET audience_id = ? WHERE id = ?`, audience, entry); err != nil {
		return fmt.Errorf("set audience of entry %d: %w", entry, err)
	}
	return nil
}
