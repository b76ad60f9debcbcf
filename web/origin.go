package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// refuseForeign keeps forms of other sites out, but for those that no browser
// can put a name to and that bring their own proof.
//
// A page without a referrer, as those with a token in their address are, has
// its forms sent with "Origin: null" (https://fetch.spec.whatwg.org, "append a
// request Origin header"); and over plain http, as in most homes, there is no
// Sec-Fetch-Site beside it. Without this the set-up link and reset links would
// work on the server itself and over https only.
func (s *Server) refuseForeign(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(s.refuseCrossOrigin))
	guarded := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if unnamed(r) && (tokenInAddress(r) || r.URL.Path == "/password-strength") {
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// unnamed says that the browser does not tell from which site it sends a form.
func unnamed(r *http.Request) bool {
	return r.Header.Get("Origin") == "null" && r.Header.Get("Sec-Fetch-Site") == ""
}

// refuseCrossOrigin answers a form that another site has sent.
func (s *Server) refuseCrossOrigin(w http.ResponseWriter, r *http.Request) {
	c := s.echo.NewContext(r, w)
	if err := s.Identify(func(echo.Context) error { return nil })(c); err != nil {
		s.answerError(err, c)
		return
	}
	s.answerError(echo.NewHTTPError(http.StatusForbidden, errCrossOrigin), c)
}
