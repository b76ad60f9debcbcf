package page

import (
	"context"
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
)

// Watching is with whose eyes the user-facing side is seen: the viewer's own, or
// those of the user as whom an administrator views it.
func (v *Viewer) Watching() store.User {
	if v.ViewingAs() {
		return v.viewed
	}
	return v.User
}

// ViewingAs says whether an administrator looks at the user-facing side as
// somebody else. Nothing can be changed there then, and what is a user's own
// business alone is not shown.
func (v *Viewer) ViewingAs() bool { return v.viewed.ID != 0 }

// findViewed finds out as whom the viewer looks. Whether that may go on is
// decided anew with every request.
func (p *Core) findViewed(ctx context.Context, v *Viewer) error {
	if v.Session.ViewAs == 0 || !v.Admin() {
		return nil
	}
	user, err := p.Store.User(ctx, v.Session.ViewAs)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err == nil && v.Actor().MayViewAs(user) && !user.Expired(p.Store.Now()) {
		v.viewed = user
	}
	return err
}

// ViewAs is what a page says about as whom the viewer looks.
func (v *Viewer) ViewAs(c echo.Context) ui.ViewAs {
	if !v.ViewingAs() {
		return ui.ViewAs{}
	}
	return ui.ViewAs{Name: v.viewed.Name, User: views.UserAddress(v.viewed.ID), Area: inArea(c)}
}

// inArea says whether the request is for the admin area, where an administrator
// remains themself.
func inArea(c echo.Context) bool {
	return strings.HasPrefix(c.Path(), "/admin") || strings.HasPrefix(c.Path(), "/users/:id/password")
}

// WatchLayout is Layout for a page of the user-facing side, where the side bar
// of administrators, too, leads to the libraries and channels that are open. The
// section of one of them is its address.
func (p *Core) WatchLayout(c echo.Context, title, section string, libraries []store.Library) (ui.Layout, error) {
	layout, err := p.layout(c, title, section)
	if err != nil {
		return layout, err
	}
	channels, err := p.Store.OpenChannels(c.Request().Context(), From(c).Watching().ID)
	for _, channel := range channels {
		layout.Channels = append(layout.Channels, views.ChannelLink(channel))
	}
	for _, library := range libraries {
		layout.Libraries = append(layout.Libraries, views.LibraryLink(library))
	}
	return layout, err
}

// Shell is WatchLayout for a page that does not know yet which libraries are open.
func (p *Core) Shell(c echo.Context, title, section string) (ui.Layout, error) {
	libraries, err := p.Store.OpenLibraries(c.Request().Context(), From(c).Watching().ID)
	if err != nil {
		return ui.Layout{}, err
	}
	return p.WatchLayout(c, title, section, libraries)
}
