package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/web/page"
)

// section is a part of the site map whose routes share a guard.
type section struct {
	server *Server
	guard  []echo.MiddlewareFunc
}

// at begins a section: whoever asks is identified, then the guards decide.
func (s *Server) at(guards ...echo.MiddlewareFunc) section {
	return section{s, append([]echo.MiddlewareFunc{s.Identify}, guards...)}
}

// get is a page; HEAD comes with it.
func (s section) get(path string, handler echo.HandlerFunc) {
	s.server.echo.GET(path, handler, s.guard...)
	s.server.echo.HEAD(path, handler, s.guard...)
}

// stream is an answer that goes on; limitTime lets it.
func (s section) stream(path string, handler echo.HandlerFunc) {
	s.server.goesOn[path] = true
	s.server.echo.GET(path, handler, s.guard...)
}

// flow is what may be long, such as a film, and takes as much time as its client
// needs; HEAD comes with it.
func (s section) flow(path string, handler echo.HandlerFunc) {
	s.server.goesOn[path] = true
	s.get(path, handler)
}

// post is a change.
func (s section) post(path string, handler echo.HandlerFunc) {
	s.server.echo.POST(path, handler, s.guard...)
}

// form is a page and the change that its form asks for.
func (s section) form(path string, show, change echo.HandlerFunc) {
	s.get(path, show)
	s.post(path, change)
}

// afterSetUp guards everything until there is an owner.
func (s *Server) afterSetUp(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		needed, err := s.Store.NeedsSetUp(c.Request().Context())
		if err != nil {
			return err
		}
		if needed {
			return s.door.FinishSetUp(c)
		}
		return next(c)
	}
}

// signedIn lets in whoever is signed in, and sends others to the sign-in page
// and then back.
func (s *Server) signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !page.From(c).SignedIn() {
			return toSignIn(c)
		}
		return next(c)
	}
}

// lookOnly refuses every change while an administrator views the user-facing
// side as somebody else.
func (s *Server) lookOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Method == http.MethodPost && page.From(c).ViewingAs() {
			return errLooking
		}
		return next(c)
	}
}

// oneself refuses even to show what is somebody's own business while an
// administrator views the user-facing side as somebody else.
func (s *Server) oneself(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if page.From(c).ViewingAs() {
			return errLooking
		}
		return next(c)
	}
}

// administrator lets in administrators whose session has what the admin area
// asks for. One whose has not is asked to give it (confirmable), or led to set up a
// second factor; anyone else is refused.
func (s *Server) administrator(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		viewer := page.From(c)
		switch {
		case !viewer.SignedIn():
			return toSignIn(c)
		case !viewer.Actor().IsAdministrator():
			return echo.ErrForbidden
		}
		switch viewer.Lacks() {
		case page.LacksProof:
			return fmt.Errorf("admin area: %w", store.ErrConfirm)
		case page.LacksFactor:
			return leadTo(c, "/account/second-factor")
		case page.LacksNothing:
		}
		return next(c)
	}
}

// keepHeld gives a browser on which somebody may not come in a cookie, so that it is
// the same device the next time. Whoever answers the error has lost what the
// request knows of the browser.
func (s *Server) keepHeld(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		var held *store.Held
		if errors.As(err, &held) {
			err = errors.Join(err, s.Sessions.Keep(c.Request(), c.Response()))
		}
		return err
	}
}

// toSignIn leads to the sign-in page; a script is told instead.
func toSignIn(c echo.Context) error {
	if page.WantsJSON(c) {
		return echo.ErrUnauthorized
	}
	return leadTo(c, "/sign-in")
}

// leadTo leads to a page, and for a page that was asked for, back to it
// afterwards.
func leadTo(c echo.Context, to string) error {
	if r := c.Request(); (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.URL.Path != "/" {
		to += "?" + url.Values{"next": {r.URL.RequestURI()}}.Encode()
	}
	return c.Redirect(http.StatusSeeOther, to)
}
