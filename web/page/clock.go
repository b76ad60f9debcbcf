package page

import (
	"time"

	"github.com/labstack/echo/v4"
)

// ZoneName is what the server's time zone is called.
func ZoneName() string {
	if name := time.Local.String(); name != "Local" {
		return name
	}
	name, _ := time.Now().Zone()
	return name
}

// Now is the time in the viewer's time zone, in which pages show times. The days
// on which access ends are those of the server's.
func (p *Core) Now(c echo.Context) time.Time { return p.In(c, p.Store.Now()) }

// In is a time in the viewer's time zone.
func (p *Core) In(c echo.Context, t time.Time) time.Time {
	return t.In(p.zone(From(c).User.Restrictions.TimeZone))
}

// zone is the time zone of this name, the server's for "" and for what the tables
// of time zones have no more. Reading those takes a while, so each is kept.
func (p *Core) zone(name string) *time.Location {
	if name == "" {
		return time.Local
	}
	if zone, ok := p.zones.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = time.Local
	}
	p.zones.Store(name, zone)
	return zone
}
