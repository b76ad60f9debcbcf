// Package web is Usher's pages over HTTP: the server, its routes and guards,
// and the one place that turns errors into pages. The wings below it hold the
// handlers.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/outside"
	"usher/store"
	"usher/web/door"
	"usher/web/page"
)

// What one request may take; with a picture in it, on a slow line, it may take
// longer.
const (
	requestTime = 30 * time.Second
	uploadTime  = 2 * time.Minute
)

// Server answers requests. It is an http.Handler.
type Server struct {
	*page.Core
	echo    *echo.Echo
	door    *door.Handlers
	handler http.Handler
	goesOn  map[string]bool // routes whose answers take as long as they will
}

// NewServer serves st, checks passwords with hasher, and asks other servers
// through client.
func NewServer(st *store.Store, hasher *auth.Hasher, key *auth.Key, client *outside.Client, log *slog.Logger) *Server {
	s := &Server{Core: page.NewCore(st, hasher, key, client, log), echo: echo.New(), goesOn: make(map[string]bool)}
	s.echo.HideBanner, s.echo.HidePort = true, true
	s.echo.HTTPErrorHandler = s.answerError
	// The location of a request is found by auth.Networks, which trusts only
	// what the settings say; nothing of ours asks Echo, and if something did,
	// it would get the peer.
	s.echo.IPExtractor = echo.ExtractIPDirect()
	s.echo.Use(s.limitTime, s.recoverPanics, s.keepHeld)
	s.routes()

	s.handler = s.withHeaders(s.refuseForeign(s.echo))
	return s
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// limitTime gives the request's context a deadline, but for what goes on. Whoever answers an error
// afterwards gets the request without it: that context is over.
func (s *Server) limitTime(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.goesOn[c.Path()] {
			return next(c)
		}
		r, limit := c.Request(), requestTime
		if strings.HasPrefix(r.Header.Get(echo.HeaderContentType), echo.MIMEMultipartForm) {
			limit = uploadTime
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		defer c.SetRequest(r)
		c.SetRequest(r.WithContext(ctx))
		return next(c)
	}
}

// recoverPanics turns a panic into one 500, so that the server goes on.
func (s *Server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == nil {
				return
			}
			if r == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so too
				panic(r)
			}
			err = &panicError{value: r, stack: debug.Stack()}
		}()
		return next(c)
	}
}

type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// secureAddress says whether the server is reached over https.
func (s *Server) secureAddress(ctx context.Context) bool {
	settings, err := s.Store.Settings(ctx)
	return err == nil && auth.Secure(settings)
}

// Route is one address of the site map.
type Route struct {
	Method, Path string
}

// Routes are all addresses that Usher answers, as Echo writes them. The table
// of who may ask for what is held against them.
func (s *Server) Routes() []Route {
	var routes []Route
	for _, r := range s.echo.Routes() {
		if r.Method != echo.RouteNotFound {
			routes = append(routes, Route{r.Method, r.Path})
		}
	}
	return routes
}
