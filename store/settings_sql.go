package store

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of the settings.
const (
	MaxIdleDays     = 365
	MaxSessionDays  = 730
	MaxActivityDays = 3650
	MaxUserLimit    = 1_000_000
	MaxScanHours    = 168
	MaxRefreshHours = 168
	MaxAdminHours   = 168
)

func readSettings(ctx context.Context, q querier) (Settings, error) {
	var s Settings
	var idle, most, activity, scan, refresh, admin int64
	err := q.QueryRowContext(ctx, `SELECT server_name, address, home_networks, trusted_proxies, user_limit,
		session_idle_days, session_max_days, activity_days, smtp_url, registration, registrations_a_day, registration_domains, scan_hours, watch_folders, refresh_hours,
		admin_hours, admin_second_factor FROM settings`).
		Scan(&s.ServerName, &s.Address, &s.HomeNetworks, &s.TrustedProxies, &s.UserLimit, &idle, &most, &activity,
			&s.SMTPURL, &s.Registration, &s.RegistrationsADay, &s.RegistrationDomains, &scan, &s.WatchFolders, &refresh, &admin, &s.AdminSecondFactor)
	if err != nil {
		return Settings{}, fmt.Errorf("read settings: %w", err)
	}
	s.SessionIdle, s.SessionMax, s.ActivityKept = time.Duration(idle)*Day, time.Duration(most)*Day, time.Duration(activity)*Day
	s.ScanEvery, s.RefreshEvery, s.AdminHours = time.Duration(scan)*time.Hour, time.Duration(refresh)*time.Hour, time.Duration(admin)*time.Hour
	return s, nil
}

// settings are the settings as of this transaction, the fixed ones included.
func (t *tx) settings(ctx context.Context) (Settings, error) {
	saved, err := readSettings(ctx, t)
	return t.fixed.over(saved), err
}

// settingsActor is the actor as they are now, or ErrForbidden for anyone who
// may not change the settings.
func (t *tx) settingsActor(ctx context.Context, actor Actor) (Actor, error) {
	actor, err := t.actor(ctx, actor)
	if err == nil && !actor.MayChangeSettings() {
		err = fmt.Errorf("actor %d changes the settings: %w", actor.ID, ErrForbidden)
	}
	return actor, err
}

// SaveSettings changes the server's general settings; e-mail and registration
// have methods of their own. It answers ErrForbidden for anyone but the owner,
// and Invalid with the fields of the settings page, together with the problems
// that were found before by whoever can read networks.
func (s *Store) SaveSettings(ctx context.Context, actor Actor, in Settings, found ...Problem) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.settingsActor(ctx, actor)
		if err != nil {
			return err
		}
		before, err := readSettings(ctx, t)
		if err != nil {
			return err
		}
		// What is fixed was not typed here: the saved value stays for the day
		// when it is fixed no more.
		in = s.fixed.restore(in, before)
		in.SMTPURL, in.Registration = before.SMTPURL, before.Registration
		in.RegistrationsADay, in.RegistrationDomains = before.RegistrationsADay, before.RegistrationDomains
		demands, err := t.mayDemandFactor(ctx, before, in)
		if err != nil {
			return err
		}
		if in, err = checkSettings(in, append(demands, found...)); err != nil {
			return err
		}
		if before == in {
			return nil
		}
		if in.guardDiffers(before) {
			if err := t.confirmed(actor); err != nil {
				return err
			}
		}
		return t.writeSettings(ctx, actor, before, in)
	})
}

// mayDemandFactor is what keeps the owner from demanding a second factor of
// administrators: without one, the owner could not come back to change it.
func (t *tx) mayDemandFactor(ctx context.Context, before, in Settings) ([]Problem, error) {
	if !in.AdminSecondFactor || before.AdminSecondFactor {
		return nil, nil
	}
	var has bool
	if err := t.QueryRowContext(ctx, `SELECT has_codes OR has_passkeys FROM users WHERE role = 'owner'`).Scan(&has); err != nil {
		return nil, fmt.Errorf("read second factor of the owner: %w", err)
	}
	if has {
		return nil, nil
	}
	return []Problem{{Field: "admin_second_factor", Message: "Set up a second factor of your own first, under My account: without one, you could not come back in here."}}, nil
}

func (t *tx) writeSettings(ctx context.Context, actor Actor, before, in Settings) error {
	_, err := t.ExecContext(ctx, `UPDATE settings SET server_name = ?, address = ?, home_networks = ?, trusted_proxies = ?,
		user_limit = ?, session_idle_days = ?, session_max_days = ?, activity_days = ?, scan_hours = ?, watch_folders = ?, refresh_hours = ?,
		admin_hours = ?, admin_second_factor = ?`,
		in.ServerName, in.Address, in.HomeNetworks, in.TrustedProxies, in.UserLimit,
		int64(in.SessionIdle/Day), int64(in.SessionMax/Day), int64(in.ActivityKept/Day),
		int64(in.ScanEvery/time.Hour), in.WatchFolders, int64(in.RefreshEvery/time.Hour),
		int64(in.AdminHours/time.Hour), in.AdminSecondFactor)
	if err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	return t.record(ctx, actor, Entry{Action: ActionSettings, SubjectKind: SubjectServer, SubjectName: in.ServerName, Detail: settingsDetail(before, in)})
}

func checkSettings(in Settings, found []Problem) (Settings, error) {
	var bad Invalid
	var message string
	in.ServerName, message = CleanName(in.ServerName)
	bad.Add("server_name", message)
	in.Address, message = CleanAddress(in.Address)
	bad.Add("address", message)
	in.HomeNetworks = strings.TrimSpace(in.HomeNetworks)
	in.TrustedProxies = strings.TrimSpace(in.TrustedProxies)
	bad.Problems = append(bad.Problems, found...)
	between := func(field string, days time.Duration, most int) {
		if days < Day || days > time.Duration(most)*Day {
			bad.Add(field, fmt.Sprintf("Choose from 1 to %d days.", most))
		}
	}
	between("session_idle_days", in.SessionIdle, MaxIdleDays)
	between("session_max_days", in.SessionMax, MaxSessionDays)
	between("activity_days", in.ActivityKept, MaxActivityDays)
	if in.SessionIdle > in.SessionMax && in.SessionMax >= Day {
		bad.Add("session_max_days", "This cannot be shorter than the days without use.")
	}
	if in.ScanEvery < 0 || in.ScanEvery > MaxScanHours*time.Hour {
		bad.Add("scan_hours", fmt.Sprintf("Choose from 1 to %d hours, or 0 for never.", MaxScanHours))
	}
	if in.RefreshEvery < 0 || in.RefreshEvery > MaxRefreshHours*time.Hour {
		bad.Add("refresh_hours", fmt.Sprintf("Choose from 1 to %d hours, or 0 for never.", MaxRefreshHours))
	}
	if in.AdminHours < time.Hour || in.AdminHours > MaxAdminHours*time.Hour {
		bad.Add("admin_hours", fmt.Sprintf("Choose from 1 to %d hours.", MaxAdminHours))
	}
	if in.UserLimit < 0 || in.UserLimit > MaxUserLimit {
		bad.Add("user_limit", fmt.Sprintf("Choose a number up to %d, or leave it empty for no limit.", MaxUserLimit))
	}
	return in, bad.Err()
}

// CleanAddress is the server's address as it is stored: scheme and host
// without a path. The message says what is wrong with it, or is "".
func CleanAddress(address string) (clean, message string) {
	clean = strings.TrimRight(strings.TrimSpace(address), "/")
	if clean == "" {
		return "", ""
	}
	u, err := url.Parse(clean)
	wrong := err != nil || !utf8.ValidString(clean) || len(clean) > 300 ||
		(u.Scheme != "http" && u.Scheme != "https") || !isHost(u.Hostname()) ||
		u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil
	if wrong {
		return clean, "An address looks like https://home.example or http://192.168.1.20:8080, with nothing after the name."
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), ""
}

// isHost says whether host can be a name in the DNS, written in ASCII, or an
// address.
func isHost(host string) bool {
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._:", r))
	})
}

// settingsDetail names what changed, not to what: addresses of a network need
// no second home in the record.
func settingsDetail(before, after Settings) string {
	var changed []string
	note := func(differs bool, what string) {
		if differs {
			changed = append(changed, what)
		}
	}
	note(before.ServerName != after.ServerName, "name")
	note(before.Address != after.Address, "address")
	note(before.HomeNetworks != after.HomeNetworks, "home networks")
	note(before.TrustedProxies != after.TrustedProxies, "trusted proxies")
	note(before.UserLimit != after.UserLimit, "limit of local users")
	note(before.SessionIdle != after.SessionIdle || before.SessionMax != after.SessionMax, "session times")
	note(before.ActivityKept != after.ActivityKept, "how long activity is kept")
	note(before.ScanEvery != after.ScanEvery || before.WatchFolders != after.WatchFolders, "when libraries are scanned")
	note(before.RefreshEvery != after.RefreshEvery, "when channels are read")
	note(before.AdminHours != after.AdminHours || before.AdminSecondFactor != after.AdminSecondFactor, "the admin area")
	return strings.Join(changed, ", ")
}
