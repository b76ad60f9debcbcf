package page

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
)

// The addresses to which a provider sends browsers back. Whoever sets one up
// has to name them there.
const (
	callbackPath  = "/connect/callback"
	signedOutPath = "/sign-in?signed-out=1"
)

// CallbackURL is where a provider sends a browser back to, and SignedOutURL
// where to after it has signed out there.
func CallbackURL(c echo.Context) string { return below(c, callbackPath) }

// SignedOutURL is described with CallbackURL.
func SignedOutURL(c echo.Context) string { return below(c, signedOutPath) }

func below(c echo.Context, path string) string {
	address, _ := BaseURL(c)
	return address + path
}

// OwnHost says whether the browser is at the server's configured address, or
// there is none. A provider sends it back to that address, where it would not
// have the cookies that it got under another.
func OwnHost(c echo.Context) bool {
	own, err := url.Parse(From(c).Settings.Address)
	return err == nil && (own.Host == "" || own.Host == c.Request().Host)
}

// SetOff begins a trip to a provider and answers the address to go to.
func (p *Core) SetOff(c echo.Context, trip auth.Trip) (address string, err error) {
	trip.Callback = CallbackURL(c)
	return p.Connect.SetOff(c.Response(), c.Request(), trip)
}

// ConnectFailed answers a trip to a provider that came to nothing. What
// happened is in the log; other errors are returned as they are.
func (p *Core) ConnectFailed(c echo.Context, err error) error {
	var failed *auth.ConnectError
	if !errors.As(err, &failed) {
		return err
	}
	p.Log.Warn("connect failed", "provider", failed.Provider, "purpose", string(failed.Trip.Purpose), "error", failed.Error())
	status := http.StatusBadGateway
	switch failed.Kind {
	case auth.Unreachable:
		status = http.StatusServiceUnavailable
	case auth.Lost, auth.Declined:
		status = http.StatusForbidden
	case auth.Unsound, auth.WrongClock:
	}
	return p.ConnectRefused(c, status, "That did not work", failed.Trip, failed.Sentence())
}

// ConnectRefused says why a trip to a provider ends here, and leads back to
// where it began.
func (p *Core) ConnectRefused(c echo.Context, status int, title string, trip auth.Trip, sentences ...string) error {
	viewer := From(c)
	model := views.ConnectRefusal{ServerName: viewer.Settings.ServerName, Title: title, Sentences: sentences, Back: "/sign-in", BackLabel: "Go to the sign-in page"}
	switch trip.Purpose {
	case auth.PurposeJoin:
		model.Back, model.BackLabel = "/join/"+url.PathEscape(trip.Invitation), "Back to the invitation"
	case auth.PurposeLink:
		model.Back, model.BackLabel = "/account/connect", "Back to my account"
	case auth.PurposeSignIn:
		if trip.Next != "/" {
			model.Back += "?" + url.Values{"next": {trip.Next}}.Encode()
		}
	default:
		if viewer.SignedIn() {
			model.Back, model.BackLabel = "/account/connect", "Back to my account"
		}
	}
	return p.Render(c, status, views.RefuseConnect(model))
}

// LinkAt is the user's link to an account at the issuer, and how many links the
// user has, or store.ErrNotFound.
func (p *Core) LinkAt(c echo.Context, userID int64, issuer string) (link store.Link, links int, err error) {
	all, err := p.Store.Links(c.Request().Context(), userID)
	if err != nil {
		return link, 0, err
	}
	for _, l := range all {
		if l.Issuer == issuer {
			return l, len(all), nil
		}
	}
	return link, 0, fmt.Errorf("user %d has no account at %q: %w", userID, issuer, store.ErrNotFound)
}
