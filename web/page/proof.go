package page

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views/ui"
)

// RetryAfter tells whoever asks how long to wait.
func RetryAfter(c echo.Context, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	c.Response().Header().Set("Retry-After", strconv.Itoa(seconds))
}

// Prove asks for the viewer's own password before something that matters, and
// answers the credentials that were proven. A password that is wrong, or comes
// too fast after wrong ones, is a store.Invalid at the field.
func (p *Core) Prove(c echo.Context, password, field string) (store.Credentials, error) {
	viewer := From(c)
	proven, err := p.Porter.Prove(c.Request().Context(), viewer.User.ID, password, viewer.Location)
	var problem string
	var throttled *auth.Throttled
	switch {
	case errors.Is(err, auth.ErrWrong):
		problem = "This is not your password. Try again."
	case errors.As(err, &throttled):
		problem = "There were too many tries. Try again in " + ui.Wait(throttled.Wait) + "."
	default:
		return proven, err
	}
	refusal := &store.Invalid{}
	refusal.Add(field, problem)
	return store.Credentials{}, errors.Join(refusal, err)
}

// CodeProblem is what is wrong with a code that Porter.ShowCode or the store has
// refused with err, or "" for any other error.
func CodeProblem(err error) string {
	var throttled *auth.Throttled
	switch {
	case errors.As(err, &throttled):
		return "There were too many tries. Try again in " + ui.Wait(throttled.Wait) + "."
	case errors.Is(err, store.ErrUsed):
		return "This code has been used already. The next one comes within 30 seconds."
	case errors.Is(err, auth.ErrWrong):
		return "This code is not right, or its time was over. Type the one that shows now."
	}
	return ""
}

// refusedCode is err as a store.Invalid at the field where it is about a code.
func refusedCode(err error, field string) error {
	problem := CodeProblem(err)
	if errors.Is(err, auth.ErrSealed) {
		problem = "Your codes cannot be checked any more: this server has lost the key that they were kept with. Whoever runs it can help."
	}
	if problem == "" {
		return err
	}
	refusal := &store.Invalid{}
	refusal.Add(field, problem)
	return errors.Join(refusal, err)
}

// Refused is what is wrong with a form, and the status to show it again with:
// 422, or 429 with how long to wait where tries came too fast. Other errors
// are returned by the handler as they are.
func Refused(c echo.Context, err error) (problems []store.Problem, status int, ok bool) {
	problems, ok = Invalid(err)
	var throttled *auth.Throttled
	if ok && errors.As(err, &throttled) {
		RetryAfter(c, throttled.Wait)
		return problems, http.StatusTooManyRequests, true
	}
	return problems, http.StatusUnprocessableEntity, ok
}
