package watch

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"usher/playing"
	"usher/store"
	"usher/web/page"
)

// positionForm is how far a page has come with what it plays. It tells every few
// seconds.
type positionForm struct {
	Position string `form:"position"` // seconds, and so is the length
	Length   string `form:"length"`   // not sent where the browser does not know it
	Part     string `form:"part"`     // not sent for what has one
	State    string `form:"state"`    // playing, paused, ended or left
	Anew     string `form:"anew"`     // it was stopped, and somebody asks for it again
}

// TellPosition hears how far a page has come with a title: it keeps its place
// among the plays, and the position for another day. Whether it may go on is the
// answer.
func (h *Handlers) TellPosition(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	title, err := h.Store.VisibleTitle(ctx, viewer.User.ID, id)
	if err != nil {
		return err
	}
	if title.Kind.Holds() || title.Kind == store.TitlePicture {
		return echo.ErrNotFound
	}
	begin, err := h.begin(c, viewer, title)
	if err != nil {
		return err
	}
	return h.tellPosition(c, begin)
}

// tellPosition hears of the position in what begins.
func (h *Handlers) tellPosition(c echo.Context, begin playing.Begin) error {
	var form positionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	at, err := form.position()
	if err != nil {
		return err
	}
	switch begin.Anew = page.Checked(form.Anew); form.State {
	case "playing", "paused":
		err = h.Plays.Tell(begin, form.State == "paused")
	case "ended", "left":
		h.Plays.End(begin.Device, begin.What)
	default:
		err = echo.ErrBadRequest
	}
	if err != nil {
		return err
	}
	if err := h.Store.SavePosition(c.Request().Context(), begin.UserID, store.What(begin.What), at); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// position is what the form says, or a 400.
func (f positionForm) position() (at store.Position, err error) {
	at = store.Position{Part: 1, Ended: f.State == "ended"}
	if at.At, err = seconds(f.Position); err != nil {
		return at, err
	}
	if f.Length != "" {
		if at.Length, err = seconds(f.Length); err != nil {
			return at, err
		}
	}
	if f.Part != "" {
		if at.Part, err = strconv.Atoi(f.Part); err != nil {
			return at, echo.ErrBadRequest
		}
	}
	return at, nil
}

// longestTold is more than any film; a browser that says more is no browser.
const longestTold = 10_000 * time.Hour

// seconds reads a time as browsers have it: seconds with a fraction.
func seconds(text string) (time.Duration, error) {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(number) || number < 0 || number > longestTold.Seconds() {
		return 0, echo.ErrBadRequest
	}
	return time.Duration(number * float64(time.Second)), nil
}
