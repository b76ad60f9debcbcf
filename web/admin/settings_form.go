package admin

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
)

// settingsForm is what the settings page sends.
type settingsForm struct {
	ServerName      string `form:"server_name"`
	Address         string `form:"address"`
	HomeNetworks    string `form:"home_networks"`
	TrustedProxies  string `form:"trusted_proxies"`
	UserLimit       string `form:"user_limit"`
	SessionIdleDays string `form:"session_idle_days"`
	SessionMaxDays  string `form:"session_max_days"`
	ActivityDays    string `form:"activity_days"`
	ScanHours       string `form:"scan_hours"`
	RefreshHours    string `form:"refresh_hours"`
	WatchFolders    bool   `form:"watch_folders"`
	AdminHours      string `form:"admin_hours"`
	AdminFactor     bool   `form:"admin_second_factor"`
}

// settingsFormOf is the form with what is saved.
func settingsFormOf(s store.Settings) settingsForm {
	form := settingsForm{
		ServerName: s.ServerName, Address: s.Address,
		HomeNetworks: inLines(s.HomeNetworks), TrustedProxies: inLines(s.TrustedProxies),
		SessionIdleDays: formatDays(s.SessionIdle), SessionMaxDays: formatDays(s.SessionMax), ActivityDays: formatDays(s.ActivityKept),
		ScanHours: strconv.Itoa(int(s.ScanEvery / time.Hour)), RefreshHours: strconv.Itoa(int(s.RefreshEvery / time.Hour)), WatchFolders: s.WatchFolders,
		AdminHours: strconv.Itoa(int(s.AdminHours / time.Hour)), AdminFactor: s.AdminSecondFactor,
	}
	if s.UserLimit > 0 {
		form.UserLimit = strconv.Itoa(s.UserLimit)
	}
	return form
}

// inLines is a list of networks with each on its line.
func inLines(text string) string {
	networks, err := auth.ParseNetworks(text)
	if err != nil {
		return text
	}
	return auth.FormatNetworks(networks)
}

// input is the form as the store takes it, with what is wrong with the
// networks. Numbers that are none become ones that the store refuses.
func (f settingsForm) input(saved store.Settings) (store.Settings, *store.Invalid) {
	in := store.Settings{
		ServerName: f.ServerName, Address: f.Address, UserLimit: parseLimit(f.UserLimit),
		SessionIdle: parseDays(f.SessionIdleDays), SessionMax: parseDays(f.SessionMaxDays), ActivityKept: parseDays(f.ActivityDays),
		ScanEvery: parseHours(f.ScanHours), RefreshEvery: parseHours(f.RefreshHours), WatchFolders: f.WatchFolders,
		AdminHours: parseHours(f.AdminHours), AdminSecondFactor: f.AdminFactor,
	}
	bad := &store.Invalid{}
	in.HomeNetworks = networks(bad, "home_networks", f.HomeNetworks, saved.HomeNetworks, auth.ParseNetworks)
	in.TrustedProxies = networks(bad, "trusted_proxies", f.TrustedProxies, saved.TrustedProxies, auth.ParseProxies)
	return in, bad
}

// networks is a typed list of networks in its plainest form, or the saved text
// where that means the same.
func networks(bad *store.Invalid, field, typed, saved string, parse func(string) ([]netip.Prefix, error)) string {
	list, err := parse(typed)
	if err != nil {
		bad.Add(field, err.Error())
		return saved
	}
	if plain := auth.FormatNetworks(list); plain != inLines(saved) {
		return plain
	}
	return saved
}

// parseLimit is a number of users, 0 for none typed and -1 for what is no
// number.
func parseLimit(text string) int {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	limit, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return limit
}

// mostDays is more than any setting takes, and little enough to count with.
const mostDays = 100_000

// parseDays is a number of days, 0 for what is no number.
func parseDays(text string) time.Duration {
	days, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return 0
	}
	return time.Duration(min(max(days, 0), mostDays)) * store.Day
}

// parseHours is a number of hours, less than 0 for what is no number; nothing
// typed is never.
func parseHours(text string) time.Duration {
	return time.Duration(min(parseLimit(text), mostDays)) * time.Hour
}

func formatDays(d time.Duration) string { return strconv.Itoa(int(d / store.Day)) }

// lockout is why an https address may not be saved from here: the browser is
// on plain http, where it would not send its cookies any more.
func lockout(c echo.Context, saved, in store.Settings) string {
	address, message := store.CleanAddress(in.Address)
	origin, err := url.Parse(c.Request().Header.Get(echo.HeaderOrigin))
	onHTTP := err == nil && origin.Scheme == "http"
	if message != "" || !onHTTP || address == saved.Address || !auth.Secure(store.Settings{Address: address}) {
		return ""
	}
	return "You are here over plain http, where nobody could sign in any more. Open " + address + " first, and save it there."
}
