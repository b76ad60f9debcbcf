package admin

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

// Sentences for devices that nothing can be done with.
const (
	noDeviceSelected = "No device is selected. Tick devices in the list first, then choose what to do."
	deviceGone       = "A device among these was removed in the meantime. Nothing was changed."
)

// Devices shows where everybody is and was signed in.
func (h *Handlers) Devices(c echo.Context) error {
	list, err := h.DeviceList(c, views.DevicesAddress(), false, page.DeviceQuery(0, c.QueryParams()))
	if err != nil {
		return err
	}
	layout, err := h.Layout(c, "Devices", "devices")
	if err != nil {
		return err
	}
	waiting, err := h.Store.DevicesWaiting(c.Request().Context())
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Devices(views.DevicesPage{Layout: layout, List: list, Waiting: waiting}))
}

// UserDevices shows where one user is and was signed in.
func (h *Handlers) UserDevices(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	list, err := h.DeviceList(c, about(u, "/devices"), false, page.DeviceQuery(u.ID, c.QueryParams()))
	if err != nil {
		return err
	}
	layout, head, err := h.person(c, u, views.TabDevices)
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.UserDevices(views.UserDevicesPage{Layout: layout, Person: head, List: list}))
}

// ChangeDevices removes the devices that are ticked, all or none.
func (h *Handlers) ChangeDevices(c echo.Context) error {
	var form selectionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ids, back := form.ids(), page.ComeBack(form.Back, views.DevicesAddress())
	switch {
	case len(ids) == 0:
		return h.NotDone(c, back, noDeviceSelected)
	case len(ids) > store.MaxSelected:
		return h.NotDone(c, back, fmt.Sprintf("That is more than %d devices at once. Select fewer.", store.MaxSelected))
	case form.Action != "end":
		return echo.ErrBadRequest
	}
	return h.endDevices(c, back, ids)
}

// EndDevice signs somebody out on a device and removes it.
func (h *Handlers) EndDevice(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	var form backForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	return h.endDevices(c, page.ComeBack(form.Back, views.DevicesAddress()), []int64{id})
}

// endDevices removes devices and ends what plays there. Whoever has removed the
// one at hand is signed out.
func (h *Handlers) endDevices(c echo.Context, back string, ids []int64) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	ended, err := h.Store.EndDevices(ctx, viewer.Actor(), ids...)
	if err != nil {
		return h.unchanged(c, back, deviceGone, err)
	}
	here := false
	for _, d := range ended {
		h.EndPlays(ctx, d.UserID)
		here = here || d.ID == viewer.Session.Device
	}
	if here {
		return h.LeaveHere(c)
	}
	if len(ended) == 1 {
		return h.Done(c, back, ended[0].Label()+" is removed, and nobody is signed in there any more.")
	}
	return h.Done(c, back, ui.Count(len(ended), "device is", "devices are")+" removed, and nobody is signed in there any more.")
}

// SignOutUser signs a user out everywhere, but not the viewer here.
func (h *Handlers) SignOutUser(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	ctx, viewer := c.Request().Context(), page.From(c)
	ended, err := h.Store.SignOutEverywhere(ctx, viewer.Actor(), u.ID, viewer.Session.Device)
	if err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	where := "everywhere"
	if u.ID == viewer.User.ID {
		where = "everywhere else"
	}
	if ended == 0 {
		return h.Done(c, about(u, "/devices"), u.Name+" was not signed in "+where+".")
	}
	return h.Done(c, about(u, "/devices"), u.Name+" is signed out "+where+": on "+ui.CountOf(ended, "device", "devices")+".")
}
