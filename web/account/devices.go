package account

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

// deviceForm is what the forms about a device of one's own send.
type deviceForm struct {
	Name string `form:"name"`
	Back string `form:"back"`
}

// back is the list of one's own devices as it was.
func (f deviceForm) back() string {
	back := page.ComeBack(f.Back, views.OwnDevicesAddress())
	if path, _, _ := strings.Cut(back, "?"); path != views.OwnDevicesAddress() {
		return views.OwnDevicesAddress()
	}
	return back
}

// Devices shows the viewer where they are and were signed in. Visitors see their
// own device alone, since they share an account.
func (h *Handlers) Devices(c echo.Context) error {
	viewer := page.From(c)
	query := page.DeviceQuery(viewer.User.ID, c.QueryParams())
	shared := viewer.User.Kind == store.KindGuestAccount
	if shared {
		query = store.DeviceQuery{User: viewer.User.ID, Only: viewer.Session.Device}
	}
	list, err := h.DeviceList(c, views.OwnDevicesAddress(), true, query)
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "My devices", "account")
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.OwnDevices(views.OwnDevicesPage{Layout: layout, List: list, Shared: shared}))
}

// EndDevice signs the viewer out on one of their devices and removes it. On the
// one at hand that is signing out.
func (h *Handlers) EndDevice(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	var form deviceForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, viewer := c.Request().Context(), page.From(c)
	ended, err := h.Store.EndOwnDevice(ctx, viewer.Actor(), viewer.Session.Device, id)
	if err != nil {
		return err
	}
	h.EndPlays(ctx, viewer.User.ID)
	switch {
	case ended.ID == viewer.Session.Device:
		return h.LeaveHere(c)
	case ended.Decided():
		return h.Done(c, form.back(), "You are signed out on "+ended.Label()+".")
	case ended.Session != 0:
		return h.Done(c, form.back(), "You are signed out on "+ended.Label()+", and it is removed.")
	}
	return h.Done(c, form.back(), ended.Label()+" is removed.")
}

// EndOtherDevices signs the viewer out everywhere but here.
func (h *Handlers) EndOtherDevices(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	ended, err := h.Store.SignOutEverywhere(ctx, viewer.Actor(), viewer.User.ID, viewer.Session.Device)
	if err != nil {
		return err
	}
	h.EndPlays(ctx, viewer.User.ID)
	if ended == 0 {
		return h.Done(c, views.OwnDevicesAddress(), "You were signed in nowhere else.")
	}
	return h.Done(c, views.OwnDevicesAddress(), "You are signed out everywhere else: on "+ui.CountOf(ended, "device", "devices")+".")
}

// RenameDeviceForm asks what the viewer calls one of their devices.
func (h *Handlers) RenameDeviceForm(c echo.Context) error {
	device, err := h.ownDevice(c)
	if err != nil {
		return err
	}
	return h.askDeviceName(c, http.StatusOK, device, deviceForm{Name: device.Name, Back: page.CameFrom(c, views.OwnDevicesAddress())}, nil)
}

// RenameDevice gives one of the viewer's devices a name.
func (h *Handlers) RenameDevice(c echo.Context) error {
	device, err := h.ownDevice(c)
	if err != nil {
		return err
	}
	var form deviceForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	viewer := page.From(c)
	err = h.Store.RenameDevice(c.Request().Context(), viewer.Actor(), viewer.Session.Device, device.ID, form.Name)
	if problems, ok := page.Invalid(err); ok {
		return h.askDeviceName(c, http.StatusUnprocessableEntity, device, form, problems)
	}
	if err != nil {
		return err
	}
	return h.Done(c, form.back(), "The name is saved.")
}

func (h *Handlers) askDeviceName(c echo.Context, status int, device store.Device, form deviceForm, problems []store.Problem) error {
	layout, err := h.Layout(c, "Name a device", "account")
	if err != nil {
		return err
	}
	return h.Render(c, status, views.RenameDevice(views.RenameDevicePage{Layout: layout, Device: device, Name: form.Name, Back: form.back(), Problems: problems}))
}

// ownDevice is the device that the route names, or a 404 where it is not the
// viewer's.
func (h *Handlers) ownDevice(c echo.Context) (store.Device, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.Device{}, err
	}
	viewer := page.From(c)
	return h.Store.OwnDevice(c.Request().Context(), viewer.User.ID, viewer.Session.Device, id)
}
