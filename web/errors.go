package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/media/stream"
	"usher/outside"
	"usher/playing"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// errCrossOrigin marks a form that another site has sent.
const errCrossOrigin = "cross-origin"

// errLooking refuses what an administrator cannot do while viewing as somebody
// else.
var errLooking = errors.New("viewing as somebody else")

// busyWait is how long somebody is asked to wait when the server is busy.
const busyWait = 5 * time.Second

// hangWait is how long somebody is asked to wait for a disk.
const hangWait = time.Minute

// answerError is the one place where an error becomes a page. It shows nothing
// private: what happened inside goes to the log, with an id that the page
// shows too.
func (s *Server) answerError(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(c.Request().Context().Err(), context.Canceled) {
		return
	}
	model := errorPage(err)
	if model.Status == http.StatusBadGateway {
		s.Log.Warn("a server outside fails", "path", loggedPath(c), "error", err)
	} else if model.Status >= http.StatusInternalServerError {
		model.ID = rand.Text()[:10]
		s.Log.Error("request failed", "id", model.ID, "method", c.Request().Method, "path", loggedPath(c), "status", model.Status, "error", err)
		c.Response().Header().Set("X-Request-Id", model.ID)
	}
	if model.Wait > 0 {
		page.RetryAfter(c, model.Wait)
	}
	if model.Status == http.StatusRequestEntityTooLarge {
		c.Response().Header().Set("Connection", "close")
	}
	if model.Held != nil && page.From(c).Location.Home {
		var err error
		if model.Keepers, err = s.Store.Keepers(c.Request().Context()); err != nil {
			s.Log.Error("cannot tell whom to ask", "error", err)
		}
	}
	if page.WantsJSON(c) {
		if err := c.JSON(model.Status, model.Plain()); err != nil {
			s.Log.Error("cannot tell of an error", "error", err)
		}
		return
	}
	viewer := page.From(c)
	model.ServerName, model.SignedIn = viewer.Settings.ServerName, viewer.SignedIn()
	model.ViewAs, model.Why = viewer.ViewAs(c), why(c, viewer, model.Status)
	if model.ServerName == "" {
		model.ServerName = "Usher"
	}
	if err := s.Render(c, model.Status, views.Error(model)); err != nil {
		s.Log.Error("cannot show an error", "error", err)
	}
}

// why is where an administrator who views as somebody else reads why a title
// does not show; "" for other addresses. Whether there is such a title makes no
// difference.
func why(c echo.Context, viewer *page.Viewer, status int) string {
	id, err := page.ID(c, "id")
	if err != nil || !viewer.ViewingAs() || status != http.StatusNotFound || !strings.HasPrefix(c.Path(), "/titles/") {
		return ""
	}
	return views.WhyAddress(id, viewer.Watching().ID)
}

// loggedPath is the path without a secret in it: a reset link still works after
// a failure of the server's.
func loggedPath(c echo.Context) string {
	if tokenInAddress(c.Request()) {
		return c.Path()
	}
	return c.Request().URL.Path
}

// errorPage is the table of what each error looks like from outside.
func errorPage(err error) views.ErrorPage {
	var (
		throttled *auth.Throttled
		refused   *auth.Refused
		invalid   *store.Invalid
		held      *store.Held
		shut      store.Shut
		many      *playing.TooMany
		stopped   *playing.Stopped
		failure   *outside.Failure
		answer    *echo.HTTPError
	)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return views.ErrorPage{Status: http.StatusNotFound}
	case errors.Is(err, errLooking):
		return views.ErrorPage{Status: http.StatusForbidden, Looking: true}
	case errors.Is(err, store.ErrConfirm):
		return views.ErrorPage{Status: http.StatusForbidden, Unconfirmed: true}
	case errors.Is(err, store.ErrForbidden), errors.As(err, &refused):
		return views.ErrorPage{Status: http.StatusForbidden}
	case errors.Is(err, store.ErrSetUp):
		return views.ErrorPage{Status: http.StatusConflict}
	case errors.Is(err, store.ErrBadLink):
		return views.ErrorPage{Status: http.StatusNotFound}
	case errors.As(err, &invalid):
		return views.ErrorPage{Status: http.StatusUnprocessableEntity, Detail: invalid.Error()}
	case errors.As(err, &held):
		return views.ErrorPage{Status: http.StatusForbidden, Held: held}
	case errors.As(err, &shut):
		return shutPage(shut)
	case errors.As(err, &many):
		return views.ErrorPage{Status: http.StatusTooManyRequests, Many: many}
	case errors.As(err, &stopped):
		return views.ErrorPage{Status: http.StatusForbidden, Stopped: stopped}
	case errors.Is(err, stream.ErrHangs):
		return views.ErrorPage{Status: http.StatusServiceUnavailable, Hangs: true, Wait: hangWait}
	case errors.As(err, &failure):
		return views.ErrorPage{Status: http.StatusBadGateway, Detail: failure.Why}
	case errors.As(err, &throttled):
		return views.ErrorPage{Status: http.StatusTooManyRequests, Wait: throttled.Wait}
	case errors.Is(err, auth.ErrBusy):
		return views.ErrorPage{Status: http.StatusTooManyRequests, Wait: busyWait}
	case store.DiskRefuses(err):
		return views.ErrorPage{Status: http.StatusInsufficientStorage}
	case errors.Is(err, context.DeadlineExceeded):
		return views.ErrorPage{Status: http.StatusServiceUnavailable, Wait: busyWait}
	case errors.As(err, &answer):
		return views.ErrorPage{Status: answer.Code, CrossOrigin: answer.Message == errCrossOrigin}
	}
	return views.ErrorPage{Status: http.StatusInternalServerError}
}

// shutPage is what a registration looks like that is shut. When there is room
// again for one more of a day, only the earlier ones know: an hour is a guess.
func shutPage(shut store.Shut) views.ErrorPage {
	switch shut {
	case store.ShutFull:
		return views.ErrorPage{Status: http.StatusForbidden, Shut: shut}
	case store.ShutToday:
		return views.ErrorPage{Status: http.StatusTooManyRequests, Shut: shut, Wait: time.Hour}
	case store.ShutOff, store.ShutUnproven:
	}
	return views.ErrorPage{Status: http.StatusNotFound, Shut: shut}
}
