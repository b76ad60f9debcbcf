package store

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxChannelAddress bounds the address of a channel, in bytes.
const maxChannelAddress = 2000

func readChannels(ctx context.Context, q querier) ([]Channel, error) {
	channels, err := readEach(ctx, q, scanChannel, `SELECT id, name, address, created_at FROM channels ORDER BY position, id`)
	if err != nil {
		return nil, fmt.Errorf("read channels: %w", err)
	}
	return channels, nil
}

func scanChannel(row scanner) (c Channel, err error) {
	var created int64
	err = row.Scan(&c.ID, &c.Name, &c.Address, &created)
	c.CreatedAt = fromMillis(created)
	return c, err
}

// Channel is the channel with this id, or ErrNotFound.
func (s *Store) Channel(ctx context.Context, id int64) (Channel, error) {
	channels, err := s.Channels(ctx)
	if err != nil {
		return Channel{}, err
	}
	i := slices.IndexFunc(channels, func(c Channel) bool { return c.ID == id })
	if i < 0 {
		return Channel{}, fmt.Errorf("channel %d: %w", id, ErrNotFound)
	}
	return channels[i], nil
}

// AddChannel adds a channel at the end. It answers Invalid with the fields
// name and address, or ErrForbidden.
func (s *Store) AddChannel(ctx context.Context, actor Actor, in ChannelInput) (id int64, err error) {
	err = s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		if in, err = t.checkChannel(ctx, 0, in); err != nil {
			return err
		}
		if id, err = t.insertChannel(ctx, in); err != nil {
			return err
		}
		if _, err := t.queueJob(ctx, JobRefresh, id, ReasonChannel, ""); err != nil {
			return err
		}
		return t.record(ctx, actor, Entry{ActionChannelAdded, SubjectChannel, id, in.Name, ""})
	})
	return id, err
}

// insertChannel adds a channel that has been checked, at the end.
func (t *tx) insertChannel(ctx context.Context, in ChannelInput) (id int64, err error) {
	err = t.QueryRowContext(ctx, `INSERT INTO channels (name, name_key, address, position, created_at)
		SELECT ?, ?, ?, coalesce(max(position), 0) + 1, ? FROM channels RETURNING id`,
		in.Name, nameKey(in.Name), in.Address, millis(t.now)).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("add channel: %w", err)
	}
	return id, nil
}

// UpdateChannel changes a channel. It answers Invalid as AddChannel,
// ErrNotFound or ErrForbidden.
func (s *Store) UpdateChannel(ctx context.Context, actor Actor, id int64, in ChannelInput) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		all, err := readChannels(ctx, t)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(c Channel) bool { return c.ID == id })
		if at < 0 {
			return fmt.Errorf("channel %d: %w", id, ErrNotFound)
		}
		if in, err = t.checkChannel(ctx, id, in); err != nil {
			return err
		}
		detail := channelDetail(all[at], in)
		if detail == "" {
			return nil
		}
		if _, err := t.ExecContext(ctx, `UPDATE channels SET name = ?, name_key = ?, address = ? WHERE id = ?`, in.Name, nameKey(in.Name), in.Address, id); err != nil {
			return fmt.Errorf("change channel %d: %w", id, err)
		}
		if all[at].Address != in.Address {
			if err := t.newSource(ctx, id); err != nil {
				return err
			}
		}
		return t.record(ctx, actor, Entry{ActionChannelChanged, SubjectChannel, id, in.Name, detail})
	})
}

// newSource has a channel read at its new address, of which nothing is known.
func (t *tx) newSource(ctx context.Context, channel int64) error {
	if _, err := t.ExecContext(ctx, `UPDATE channel_sources SET etag = '', modified = '', problem = '' WHERE channel_id = ?`, channel); err != nil {
		return fmt.Errorf("forget the source of channel %d: %w", channel, err)
	}
	_, err := t.queueJob(ctx, JobRefresh, channel, ReasonChannel, "")
	return err
}

// channelDetail names what changed, or is "" when nothing did.
func channelDetail(before Channel, after ChannelInput) string {
	var changed []string
	if before.Name != after.Name {
		changed = append(changed, renamed(before.Name))
	}
	if before.Address != after.Address {
		changed = append(changed, "address")
	}
	return strings.Join(changed, ", ")
}

func (t *tx) checkChannel(ctx context.Context, id int64, in ChannelInput) (ChannelInput, error) {
	var bad Invalid
	name, message, err := t.checkMediaName(ctx, "channels", "channel", id, in.Name)
	if err != nil {
		return in, err
	}
	bad.Add("name", message)
	in.Name = name
	in.Address, message = CleanChannelAddress(in.Address)
	bad.Add("address", message)
	return in, bad.Err()
}

// CleanChannelAddress is the address of a channel, or of one of its entries, as it
// is stored: http or https, without a name and password in it, which would show
// in lists and logs. The message says what is wrong with it, or is "".
func CleanChannelAddress(address string) (clean, message string) {
	clean = strings.TrimSpace(address)
	if clean == "" {
		return "", "Type the address of an M3U list or a podcast feed."
	}
	u, err := url.Parse(clean)
	wrong := err != nil || !utf8.ValidString(clean) || len(clean) > maxChannelAddress || strings.ContainsFunc(clean, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}) || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == ""
	if wrong {
		return clean, "An address begins with https:// or http:// and has no spaces."
	}
	if u.User != nil {
		return clean, "Leave the name and password out of the address."
	}
	return clean, ""
}

// DeleteChannel deletes a channel and everyone's access to it. It answers
// ErrNotFound or ErrForbidden.
func (s *Store) DeleteChannel(ctx context.Context, actor Actor, id int64) error {
	return s.changeMedia(ctx, actor, func(t *tx, actor Actor) error {
		name, err := t.mediaName(ctx, "channels", id)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM channels WHERE id = ?`, id); err != nil {
			return fmt.Errorf("delete channel %d: %w", id, err)
		}
		return t.record(ctx, actor, Entry{ActionChannelDeleted, SubjectChannel, id, name, ""})
	})
}

// MoveChannel moves a channel one place up or down. It answers ErrNotFound or
// ErrForbidden; at the end of the list nothing happens.
func (s *Store) MoveChannel(ctx context.Context, actor Actor, id int64, up bool) error {
	return s.moveMedia(ctx, actor, "channels", "1", id, up, Entry{Action: ActionChannelsOrdered, SubjectKind: SubjectChannel, SubjectID: id})
}

// ChannelUsers is how many users were given each channel by choice. Those who
// may use all channels are not among them.
func (s *Store) ChannelUsers(ctx context.Context) (map[int64]int, error) {
	return s.given(ctx, `SELECT channel_id, count(*) FROM user_channels GROUP BY channel_id`)
}
