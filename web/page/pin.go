package page

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views/ui"
)

// NewPIN reads and hashes a new PIN of a user. It answers store.Invalid with the
// given field for what is no PIN, or auth.ErrBusy.
func (p *Core) NewPIN(ctx context.Context, userID int64, typed, field string) (hash string, err error) {
	hash, err = p.Porter.HashPIN(ctx, userID, typed)
	return hash, atPIN(err, field)
}

// ProvePIN asks for the viewer's own PIN before something that matters, where
// there is no password, and answers the credentials that were proven. A PIN that
// is wrong, or comes too fast after wrong ones, is a store.Invalid at the field.
func (p *Core) ProvePIN(c echo.Context, typed, field string) (store.Credentials, error) {
	viewer := From(c)
	browser, err := p.Sessions.Browser(c.Request())
	if err != nil {
		return store.Credentials{}, err
	}
	proven, err := p.Porter.ProvePIN(c.Request().Context(), viewer.User.ID, typed, browser, viewer.Location)
	return proven, atPIN(err, field)
}

// atPIN puts what is wrong with a PIN at its field.
func atPIN(err error, field string) error {
	problem := PINProblem(err)
	if problem == "" {
		return err
	}
	refusal := &store.Invalid{}
	refusal.Add(field, problem)
	return errors.Join(refusal, err)
}

// PINProblem is what to say at the field of a PIN that was not taken; "" where err
// is about something else.
func PINProblem(err error) string {
	var wrong *auth.WrongPIN
	var throttled *auth.Throttled
	var refused *auth.Refused
	switch {
	case errors.Is(err, auth.ErrPINForm):
		return "A PIN has exactly four digits."
	case errors.As(err, &wrong) && wrong.Wait > 0:
		return "This is not the PIN. After so many tries there is a pause: try again in " + ui.Wait(wrong.Wait) + "."
	case errors.As(err, &throttled):
		return "There were too many tries. Try again in " + ui.Wait(throttled.Wait) + "."
	case errors.As(err, &wrong) && wrong.Left == 1:
		return "This is not the PIN. One more try, then there is a pause."
	case errors.As(err, &wrong) && wrong.Left == 2:
		return "This is not the PIN. Two more tries, then there is a pause."
	case errors.As(err, &wrong):
		return "This is not the PIN. Try again."
	case errors.As(err, &refused):
		return refused.Reason
	}
	return ""
}
