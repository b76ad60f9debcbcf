package page

import (
	"github.com/labstack/echo/v4"

	"usher/store"
)

// WhomToAsk are the names of the administrators, for somebody who cannot come in:
// none away from home, where they are nobody's business.
func (p *Core) WhomToAsk(c echo.Context) (names []string, err error) {
	if !From(c).Location.Home {
		return nil, nil
	}
	found, err := p.Store.Users(c.Request().Context(), store.UserQuery{Filter: store.FilterAdministrators})
	if err != nil {
		return nil, err
	}
	for _, u := range found.Users {
		if !u.Disabled && !u.Expired(p.Store.Now()) {
			names = append(names, u.Name)
		}
	}
	return names, nil
}
