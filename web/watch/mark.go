package watch

import (
	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// marked is what a route is about, a title or an entry of a channel, which the
// viewer sees.
type marked struct {
	what    store.What
	name    string
	address string // of its page
}

// marked is what the route is about. One that is hidden is answered as one that
// does not exist.
func (h *Handlers) marked(c echo.Context) (m marked, err error) {
	viewer := page.From(c)
	if c.Param("entry") != "" {
		entry, err := h.entry(c, viewer)
		return marked{store.What{Entry: entry.ID}, entry.Name, views.EntryAddress(entry.ChannelID, entry.ID)}, err
	}
	id, err := page.ID(c, "id")
	if err != nil {
		return m, err
	}
	title, err := h.Store.VisibleTitle(c.Request().Context(), viewer.Watching().ID, id)
	return marked{store.What{Title: id}, title.Name, views.TitleAddress(id)}, err
}

// markForm is what the buttons send that mark something. Next is where they
// stood, if not on its own page.
type markForm struct {
	Watched   string `form:"watched"`
	Favourite string `form:"favourite"`
	Next      string `form:"next"`
}

// mark does with what the route is about as its form says, and leads back to
// where that stood.
func (h *Handlers) mark(c echo.Context, change func(marked, markForm) (message string, err error)) error {
	var form markForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	m, err := h.marked(c)
	if err != nil {
		return err
	}
	message, err := change(m, form)
	if err != nil {
		return err
	}
	if form.Next != "" {
		m.address = auth.SafeNext(form.Next)
	}
	return h.Done(c, m.address, message)
}

// yes reads an answer that is to be yes or no.
func yes(answer string) (bool, error) {
	if answer != "yes" && answer != "no" {
		return false, echo.ErrBadRequest
	}
	return answer == "yes", nil
}

// MarkWatched marks a title as watched by the viewer, or as not watched.
func (h *Handlers) MarkWatched(c echo.Context) error {
	return h.mark(c, func(m marked, form markForm) (string, error) {
		watched, err := yes(form.Watched)
		if err != nil {
			return "", err
		}
		message := m.name + " is marked as not watched."
		if watched {
			message = m.name + " is marked as watched."
		}
		return message, h.Store.MarkWatched(c.Request().Context(), page.From(c).Actor(), m.what, watched)
	})
}

// MarkFavourite makes a title a favourite of the viewer's, or no longer.
func (h *Handlers) MarkFavourite(c echo.Context) error {
	return h.mark(c, func(m marked, form markForm) (string, error) {
		favourite, err := yes(form.Favourite)
		if err != nil {
			return "", err
		}
		message := m.name + " is no longer one of your favourites."
		if favourite {
			message = m.name + " is one of your favourites now."
		}
		return message, h.Store.SetFavourite(c.Request().Context(), page.From(c).Actor(), m.what, favourite)
	})
}

// Forget removes a title from the viewer's history.
func (h *Handlers) Forget(c echo.Context) error {
	return h.mark(c, func(m marked, _ markForm) (string, error) {
		return m.name + " is removed from your history.", h.Store.ForgetWatched(c.Request().Context(), page.From(c).Actor(), m.what)
	})
}
