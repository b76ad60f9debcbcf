package page

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/playing"
	"usher/store"
	"usher/views"
)

// DeviceQuery is the page of a user's devices (0: of everybody's) that an address
// asks for. What cannot be read is taken as not given.
func DeviceQuery(user int64, values url.Values) store.DeviceQuery {
	return store.DeviceQuery{
		User: user, Search: SearchText(values, store.MaxEmail), Filter: store.DeviceFilter(values.Get("filter")), Page: Number(values),
	}.Clean()
}

// DeviceList is the page of devices that q asks for, as the list at path shows it.
// Own says that the viewer looks at their own there: only then it says what plays.
func (p *Core) DeviceList(c echo.Context, path string, own bool, q store.DeviceQuery) (views.DeviceList, error) {
	ctx, viewer := c.Request().Context(), From(c)
	list := views.DeviceList{Path: path, Own: own, Here: viewer.Session.Device, Actor: viewer.Actor(), Now: p.Now(c)}
	plays := make(map[int64][]playing.Play)
	for _, play := range p.Plays.All() {
		session := play.Device.Session
		if plays[session] == nil {
			q.Playing = append(q.Playing, session)
		}
		plays[session] = append(plays[session], play)
	}
	found, err := p.Store.Devices(ctx, q)
	if err != nil {
		return list, err
	}
	list.Query, list.Found = q, found
	for _, d := range found.Devices {
		row := views.DeviceRow{Device: d, User: found.Users[d.UserID]}
		if row.Kind == "" { // from before devices were named
			row.Kind, row.Form = auth.DeviceName(d.UserAgent), auth.DeviceForm(d.UserAgent)
		}
		if d.Session != 0 {
			row.Plays = plays[d.Session]
		}
		list.Rows = append(list.Rows, row)
	}
	return list, nil
}

// LeaveHere takes the cookie of a session that has just ended away and leads to
// the sign-in page.
func (p *Core) LeaveHere(c echo.Context) error {
	if err := p.Sessions.End(c.Request(), c.Response()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, signedOutPath)
}
