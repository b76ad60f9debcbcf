package store

import (
	"context"
	"database/sql"
	"fmt"
)

// restrictionColumns are the restrictions of a user u.
const restrictionColumns = `u.max_age, u.unrated, u.may_download, u.may_use_channels, u.from_away, u.streams, u.hours, u.time_zone,
	(SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), '') FROM user_labels r JOIN labels n ON n.id = r.label_id WHERE r.user_id = u.id AND r.rule = 'hide'),
	(SELECT coalesce(group_concat(n.name, char(31) ORDER BY n.name_key), '') FROM user_labels r JOIN labels n ON n.id = r.label_id WHERE r.user_id = u.id AND r.rule = 'only')`

// restrictionScan is one row of restrictionColumns.
type restrictionScan struct {
	maxAge                    sql.NullInt64
	unrated                   int64
	download, channels, away  bool
	streams                   int
	hours, zone, hidden, only string
}

func (r *restrictionScan) into() []any {
	return []any{&r.maxAge, &r.unrated, &r.download, &r.channels, &r.away, &r.streams, &r.hours, &r.zone, &r.hidden, &r.only}
}

func (r *restrictionScan) restrictions() (Restrictions, error) {
	hours, err := parseStoredHours(r.hours)
	return Restrictions{
		Rating: ageOf(r.maxAge), HideUnrated: AllKinds &^ KindSet(r.unrated), HideLabels: nameList(r.hidden), OnlyLabels: nameList(r.only), //nolint:gosec // five bits
		NoDownloads: !r.download, NoChannels: !r.channels, NoAway: !r.away, Streams: r.streams, Hours: hours, TimeZone: r.zone,
	}, err
}

// setRestrictions writes what limits a user.
func (t *tx) setRestrictions(ctx context.Context, id int64, r Restrictions) error {
	_, err := t.ExecContext(ctx, `UPDATE users SET max_age = ?, unrated = ?, may_download = ?, may_use_channels = ?, from_away = ?,
			streams = ?, hours = ?, time_zone = ?, restrained = ? WHERE id = ?`,
		r.Rating.column(), AllKinds&^r.HideUnrated, !r.NoDownloads, !r.NoChannels, !r.NoAway, r.Streams, r.Hours.stored(), r.TimeZone, !r.None(), id)
	if err != nil {
		return fmt.Errorf("set restrictions: %w", err)
	}
	labels := newShelving(t)
	for rule, names := range map[string][]string{"hide": r.HideLabels, "only": r.OnlyLabels} {
		ids, err := labels.ids(ctx, "labels", names)
		if err != nil {
			return err
		}
		if err := t.choose(ctx, ids, `DELETE FROM user_labels WHERE user_id = ? AND rule = ?`,
			`INSERT INTO user_labels (user_id, rule, label_id) VALUES (?, ?, ?)`, id, rule); err != nil {
			return err
		}
	}
	return nil
}
