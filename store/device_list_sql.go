package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// livingSession is the SQL of whether a session s counts still, for times: not
// unused for too long, not too old, its user not at the end date.
const livingSession = `s.last_seen_at > ? AND s.created_at > ? AND NOT EXISTS (SELECT 1 FROM users e WHERE e.id = s.user_id AND e.ends_at <= ?)`

// livingTimes is what livingSession is asked with.
func livingTimes(now time.Time, settings Settings) []any {
	return []any{millis(now.Add(-settings.SessionIdle)), millis(now.Add(-settings.SessionMax)), millis(now)}
}

// deviceColumns are all that there is of a device d, with its session s.
const deviceColumns = `d.id, d.user_id, d.name, d.kind, d.form, d.standing, d.user_agent, d.address, d.at_home, d.first_seen_at, d.last_seen_at, coalesce(s.id, 0)`

// scanDevice reads a device, and what a query selects after it into more.
func scanDevice(row scanner, more ...any) (d Device, err error) {
	var first, last int64
	err = row.Scan(append([]any{&d.ID, &d.UserID, &d.Name, &d.Kind, &d.Form, &d.Standing, &d.UserAgent, &d.Address, &d.AtHome, &first, &last, &d.Session}, more...)...)
	d.FirstSeenAt, d.LastSeenAt = fromMillis(first), fromMillis(last)
	return d, err
}

// deviceFilters are the SQL of the filters. What is asked about living sessions
// is asked with livingTimes.
var deviceFilters = map[DeviceFilter]string{
	DeviceAll:       ``,
	DeviceSignedIn:  `EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = d.id AND ` + livingSession + `)`,
	DeviceSignedOut: `NOT EXISTS (SELECT 1 FROM sessions s WHERE s.device_id = d.id AND ` + livingSession + `)`,
	DeviceHome:      `d.at_home = 1`,
	DeviceAway:      `d.at_home = 0`,
	DevicePlaying:   `d.id IN (SELECT s.device_id FROM json_each(?) j CROSS JOIN sessions s ON s.id = j.value)`,
	DeviceWaiting:   `d.standing = 'waiting'`,
	DeviceChosen:    `d.standing = 'chosen'`,
	DeviceRefused:   `d.standing = 'refused'`,
}

// Clean is the query with an unknown filter replaced by the usual one.
func (q DeviceQuery) Clean() DeviceQuery {
	if _, known := deviceFilters[q.Filter]; !known {
		q.Filter = DeviceAll
	}
	q.Page = max(q.Page, 1)
	return q
}

// where is the SQL of what the query finds, "" for everything.
func (q DeviceQuery) where(living []any) (where string, args []any) {
	var all []string
	add := func(condition string, more ...any) { all, args = append(all, condition), append(args, more...) }
	if q.User != 0 {
		add("d.user_id = +?", q.User)
	}
	if q.Only != 0 {
		add("d.id = +?", q.Only)
	}
	switch filter := deviceFilters[q.Filter]; q.Filter {
	case DeviceAll:
	case DeviceSignedIn, DeviceSignedOut:
		add(filter, living...)
	case DevicePlaying:
		add(filter, "["+idText(q.Playing)+"]")
	default:
		add(filter)
	}
	terms := strings.Fields(nameKey(clip(q.Search, maxTyped)))
	for _, term := range terms[:min(len(terms), maxWords)] {
		if q.User != 0 {
			add("instr(d.search, +?) > 0", term)
		} else {
			add("(instr(d.search, +?) > 0 OR d.user_id IN (SELECT u.id FROM users u WHERE instr(u.name_key, +?) > 0))", term, term)
		}
	}
	if len(all) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(all, " AND "), args
}

// Devices is a page of devices. Without a filter and a search it is found along an
// index alone, and only the devices on the page are read.
func (s *Store) Devices(ctx context.Context, q DeviceQuery) (page DevicePage, err error) {
	q = q.Clean()
	settings, err := s.Settings(ctx)
	if err != nil {
		return page, err
	}
	living := livingTimes(s.now(), settings)
	where, args := q.where(living)
	if err := (prepared{s}).QueryRowContext(ctx, `SELECT count(*) FROM devices d`+where, args...).Scan(&page.Total); err != nil {
		return page, fmt.Errorf("count devices: %w", err)
	}
	page.Page, page.Pages = pageOf(q.Page, page.Total, PageSize)
	args = append(append(args, (page.Page-1)*PageSize), living...)
	page.Users = make(map[int64]User)
	page.Devices, err = readEach(ctx, prepared{s}, page.scan, `WITH page AS MATERIALIZED (
			SELECT d.id FROM devices d`+where+` ORDER BY d.last_seen_at DESC, d.id DESC`+onePage+`)
		SELECT `+deviceColumns+`, u.name, u.picture, `+userFlags+` FROM page CROSS JOIN devices d ON d.id = page.id CROSS JOIN users u ON u.id = d.user_id
		LEFT JOIN sessions s ON s.device_id = d.id AND `+livingSession+` ORDER BY d.last_seen_at DESC, d.id DESC`, args...)
	if err != nil {
		return page, fmt.Errorf("read devices: %w", err)
	}
	return page, nil
}

// scan reads a device, and notes whose it is.
func (p DevicePage) scan(row scanner) (Device, error) {
	var u User
	var flags int64
	d, err := scanDevice(row, &u.Name, &u.Picture, &flags)
	u.ID = d.UserID
	u.setFlags(flags)
	p.Users[u.ID] = u
	return d, err
}

// CountDevices is how many devices a user has.
func (s *Store) CountDevices(ctx context.Context, user int64) (n int, err error) {
	if err := (prepared{s}).QueryRowContext(brief(ctx), `SELECT count(*) FROM devices WHERE user_id = ?`, user).Scan(&n); err != nil {
		return 0, fmt.Errorf("count devices of user %d: %w", user, err)
	}
	return n, nil
}

// LivingSessions are the ids of a user's sessions that count, of all places.
func (s *Store) LivingSessions(ctx context.Context, user int64) ([]int64, error) {
	settings, err := s.Settings(ctx)
	if err != nil {
		return nil, err
	}
	ids, err := readEach(ctx, s.reader, scanID, `SELECT s.id FROM sessions s WHERE s.user_id = ? AND `+livingSession,
		slices.Concat([]any{user}, livingTimes(s.now(), settings))...)
	if err != nil {
		return nil, fmt.Errorf("read sessions of user %d: %w", user, err)
	}
	return ids, nil
}
