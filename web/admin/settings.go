package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

const settingsAddress = "/admin/settings"

// SettingsForm shows the server's settings, to whoever may not change them to
// read.
func (h *Handlers) SettingsForm(c echo.Context) error {
	return h.showSettings(c, http.StatusOK, settingsFormOf(page.From(c).Settings), nil)
}

// SaveSettings changes the server's settings. Only the owner may.
func (h *Handlers) SaveSettings(c echo.Context) error {
	var form settingsForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, viewer := c.Request().Context(), page.From(c)
	before := viewer.Settings
	in, found := form.input(before)
	found.Add("address", lockout(c, before, in))
	fixed := h.Store.Fixed()
	found.Problems = slices.DeleteFunc(found.Problems, func(p store.Problem) bool { return fixed.Has(p.Field) })
	err := h.Store.SaveSettings(ctx, viewer.Actor(), in, found.Problems...)
	if problems, ok := page.Invalid(err); ok {
		return h.showSettings(c, http.StatusUnprocessableEntity, form, problems)
	}
	if err != nil {
		return err
	}
	after, err := h.Store.Settings(ctx)
	if err != nil {
		return err
	}
	if err := h.Sessions.Rename(c.Request(), c.Response(), before); err != nil {
		return err
	}
	return h.settingsDone(c, before, after)
}

// settingsDone says what the change means for whoever made it.
func (h *Handlers) settingsDone(c echo.Context, before, after store.Settings) error {
	done := []string{"The settings are saved."}
	if auth.Secure(before) != auth.Secure(after) {
		done = append(done, "All other browsers have to sign in once more.")
	}
	now := h.Locate(c.Request(), after)
	if page.From(c).Location.Home && !now.Home {
		done = append(done, "You count as away now, with all who come from where you are. If that is not what you want, change the home networks back.")
	}
	if len(done) > 1 {
		return h.DoneBut(c, settingsAddress, strings.Join(done, " "))
	}
	return h.Done(c, settingsAddress, done[0])
}

func (h *Handlers) showSettings(c echo.Context, status int, form settingsForm, problems views.Problems) error {
	viewer := page.From(c)
	owner, err := h.Store.Owner(c.Request().Context())
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Settings", "settings")
	if err != nil {
		return err
	}
	// Settings that cannot be read count as none, and the log says so.
	home, _ := auth.ParseNetworks(viewer.Settings.HomeNetworks)
	return h.Render(c, status, views.Settings(views.SettingsPage{
		Layout: layout, MayChange: viewer.Actor().MayChangeSettings(), Owner: owner.Name, Users: layout.Counts.Users - 1,
		Fixed: h.Store.Fixed(), Everyone: auth.HoldsEveryone(home), Place: place(viewer.Location), Problems: problems,
		ServerName: form.ServerName, Address: form.Address, HomeNetworks: form.HomeNetworks, TrustedProxies: form.TrustedProxies,
		UserLimit: form.UserLimit, SessionIdleDays: form.SessionIdleDays, SessionMaxDays: form.SessionMaxDays, ActivityDays: form.ActivityDays,
		ScanHours: form.ScanHours, RefreshHours: form.RefreshHours, WatchFolders: form.WatchFolders,
		AdminHours: form.AdminHours, AdminFactor: form.AdminFactor,
	}))
}

// place is a location as the page shows it.
func place(l auth.Location) views.Place {
	p := views.Place{Address: l.Text(), Home: l.Home, Reason: l.Reason.Sentence()}
	if l.Peer.IsValid() {
		p.Peer = l.Peer.String()
	}
	for _, header := range l.Forwarding {
		p.Forwarding = append(p.Forwarding, header.Name+": "+header.Value)
	}
	return p
}
