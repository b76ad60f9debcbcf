package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// refuseForeign keeps forms of other sites out. Not even a form with a token in
// its address is an exception: whoever is invited, or asks for a link, has one,
// and could have somebody else's browser send it and be signed in as them.
func (s *Server) refuseForeign(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(s.refuseCrossOrigin))
	return guard.Handler(next)
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
