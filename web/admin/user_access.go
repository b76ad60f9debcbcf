package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// AccessForm shows the Access tab.
func (h *Handlers) AccessForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	return h.showAccess(c, http.StatusOK, u, func(*views.PersonalFolder) {})
}

// showAccess shows the Access tab, with what is typed about the folder.
func (h *Handlers) showAccess(c echo.Context, status int, u store.User, typed func(*views.PersonalFolder)) error {
	layout, head, err := h.person(c, u, views.TabAccess)
	if err != nil {
		return err
	}
	folder, err := h.folderCard(c, head)
	if err != nil {
		return err
	}
	typed(&folder)
	return h.Render(c, status, views.Access(views.AccessPage{
		Layout: layout, Person: head, Actor: page.From(c).Actor(), Folder: folder,
		Choice: views.AccessChoice{Access: u.Access, Libraries: head.Libraries, Channels: head.Channels},
	}))
}

// SaveAccess changes what a user may watch.
func (h *Handlers) SaveAccess(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form accessForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	if err := h.Store.SetAccess(c.Request().Context(), page.From(c).Actor(), form.access(), u.ID); err != nil {
		return err
	}
	return h.Done(c, about(u, "/access"), "What "+u.Name+" may watch is saved. It counts at once.")
}
