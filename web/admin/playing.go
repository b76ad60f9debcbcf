package admin

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"usher/playing"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Playing shows who plays something now, on which device and from which library,
// but not what.
func (h *Handlers) Playing(c echo.Context) error {
	model := views.PlayingPage{Actor: page.From(c).Actor(), Now: h.Now(c)}
	for _, play := range h.Plays.All() {
		user, err := h.whose(c, play)
		if err != nil {
			return err
		}
		model.Plays = append(model.Plays, views.Play{Play: play, User: user})
	}
	var err error
	if model.Layout, err = h.Layout(c, "Now playing", "activity"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Playing(model))
}

// whose is the user who plays something; the zero User where that one has been
// deleted a moment ago.
func (h *Handlers) whose(c echo.Context, play playing.Play) (store.User, error) {
	user, err := h.Store.User(c.Request().Context(), play.UserID)
	if errors.Is(err, store.ErrNotFound) {
		return store.User{}, nil
	}
	return user, err
}

// PlayEvents tells what plays now for as long as there is something, and with wait
// in its address also when there is something again.
func (h *Handlers) PlayEvents(c echo.Context) error {
	wait := c.QueryParam("wait") != ""
	return h.Stream(c, "playing", func() (what any, last bool, err error) {
		plays := h.Plays.All()
		states := make([]views.PlayState, len(plays))
		for i, play := range plays {
			states[i] = views.NewPlayState(play)
		}
		return states, len(plays) == 0 && !wait, nil
	})
}

// stopPlayForm is what the form to stop something sends.
type stopPlayForm struct {
	Word string `form:"word"`
}

// StopPlayForm asks for a word to whoever plays what is to be stopped.
func (h *Handlers) StopPlayForm(c echo.Context) error {
	return h.askStopPlay(c, http.StatusOK, "", nil)
}

// askStopPlay draws the form with what was typed and what is wrong with it.
func (h *Handlers) askStopPlay(c echo.Context, status int, word string, problems []store.Problem) error {
	play, err := h.play(c)
	if errors.Is(err, store.ErrNotFound) {
		return h.playOver(c)
	}
	if err != nil {
		return err
	}
	if !page.From(c).Actor().MayStop(play.User) {
		return store.ErrForbidden
	}
	model := views.StopPlayPage{Play: play, Word: word, Problems: problems}
	if model.Layout, err = h.Layout(c, "Stop what "+play.User.Name+" is playing", "activity"); err != nil {
		return err
	}
	return h.Render(c, status, views.StopPlay(model))
}

// StopPlay ends what somebody plays, and leaves a word to them.
func (h *Handlers) StopPlay(c echo.Context) error {
	var form stopPlayForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	play, err := h.play(c)
	if err == nil {
		in := store.PlayStop{UserID: play.UserID, Device: play.DeviceName, Word: form.Word}
		err = h.Store.StopPlay(c.Request().Context(), page.From(c).Actor(), in, func(word string) bool {
			_, done := h.Plays.Stop(play.ID, word)
			return done
		})
	}
	if problems, ok := page.Invalid(err); ok {
		return h.askStopPlay(c, http.StatusUnprocessableEntity, form.Word, problems)
	}
	if errors.Is(err, store.ErrNotFound) {
		return h.playOver(c)
	}
	if err != nil {
		return err
	}
	return h.Done(c, views.PlayingAddress(), "What "+play.UserName+" was playing on "+play.DeviceName+" is stopped.")
}

// play is what plays under the id in the route, with whose it is, or
// store.ErrNotFound.
func (h *Handlers) play(c echo.Context) (views.Play, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return views.Play{}, err
	}
	plays := h.Plays.All()
	at := slices.IndexFunc(plays, func(p playing.Play) bool { return p.ID == id })
	if at < 0 {
		return views.Play{}, store.ErrNotFound
	}
	user, err := h.Store.User(c.Request().Context(), plays[at].UserID)
	return views.Play{Play: plays[at], User: user}, err
}

// playOver leads back to what plays from something that does not any more.
func (h *Handlers) playOver(c echo.Context) error {
	return h.Done(c, views.PlayingAddress(), "That is over already: nothing had to be stopped.")
}
