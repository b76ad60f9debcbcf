package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/media/stream"
	"usher/playing"
	"usher/store"
)

// How many answers may flow to one session at once, to all sessions of one user,
// and to everybody. Players ask for several pieces side by side; a browser has
// six connections.
const (
	maxFlows     = 8
	maxUserFlows = 128
	maxAllFlows  = 1024
)

var errTooMuch = fmt.Errorf("too much flows: %w", auth.ErrBusy)

// askAgain is how often it is asked whether what flows may go on.
const askAgain = 2 * time.Second

// Flow answers with what may be long, such as a film: it takes its place among
// the plays, has as much time as the client needs, and is cut as soon as it may
// not go on. What begins is asked for anew every two seconds by again, whose
// error ends it; begin is what it has answered just now. Something that is no
// play, such as a download, has the zero What.
//
// It answers *playing.TooMany or *playing.Stopped where the play may not begin,
// auth.ErrBusy where too much flows already, and else what answer answers.
func (p *Core) Flow(c echo.Context, begin playing.Begin, again func() (playing.Begin, error), answer func(*stream.Writer) error) error {
	session := begin.Device.Session
	if !p.flows.enter(session) {
		return errTooMuch
	}
	defer p.flows.leave(session)
	if !p.userFlows.enter(begin.UserID) {
		return errTooMuch
	}
	defer p.userFlows.leave(begin.UserID)
	w := stream.NewWriter(c.Response(), c.Request())
	if begin.What != (playing.What{}) {
		flow, err := p.Plays.Open(begin, w.Cut)
		if err != nil {
			return err
		}
		defer flow.Close()
	}
	ended, over := make(chan struct{}), make(chan struct{})
	guard := time.AfterFunc(askAgain, func() { // most answers are over before
		defer close(over)
		p.guard(c.Request().Context(), ended, w, again)
	})
	defer func() {
		close(ended)
		if !guard.Stop() {
			<-over
		}
	}()
	err := answer(w)
	if w.WasCut() {
		panic(http.ErrAbortHandler) // nobody takes what was sent for the whole
	}
	return err
}

// guard cuts an answer that may not go on, or when the server stops.
func (p *Core) guard(ctx context.Context, ended <-chan struct{}, w *stream.Writer, again func() (playing.Begin, error)) {
	ticker := time.NewTicker(askAgain)
	defer ticker.Stop()
	for p.mayGoOn(ctx, again) {
		select {
		case <-ended:
			return
		case <-p.streams.stopped:
		case <-ticker.C:
		}
	}
	w.Cut()
}

// mayGoOn asks whether an answer may go on. A mistake in Usher ends that answer
// only, since nobody knows whether it may.
func (p *Core) mayGoOn(ctx context.Context, again func() (playing.Begin, error)) (may bool) {
	defer func() {
		if r := recover(); r != nil {
			p.Log.Error("panic while asking whether a stream may go on", "panic", r, "stack", string(debug.Stack()))
		}
	}()
	select {
	case <-p.streams.stopped:
		return false
	default:
	}
	begin, err := again()
	if err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrForbidden) {
		p.Log.Warn("cannot ask whether a stream may go on", "error", err)
	}
	return err == nil && p.Plays.Within(begin)
}

// EndPlays ends at once what the user plays where they are signed out by now. What
// it misses is cut a little later, when it is asked whether it may go on.
func (p *Core) EndPlays(ctx context.Context, user int64) {
	sessions, err := p.Store.LivingSessions(ctx, user)
	if err != nil {
		p.Log.Warn("cannot tell where somebody is signed in", "user", user, "error", err)
		return
	}
	p.Plays.KeepTo(user, sessions)
}

// ViewerAgain is who asks as of now, for a request that goes on long after it
// has begun, or store.ErrNotFound when nobody is signed in any more. It does not
// count as being here.
func (p *Core) ViewerAgain(c echo.Context) (*Viewer, error) {
	viewer, err := p.viewer(c.Request(), p.Sessions.LoadAgain)
	if err == nil && !viewer.SignedIn() {
		err = store.ErrNotFound
	}
	return viewer, err
}

// ViewerOf is who asks in a session that something else than a cookie has named,
// or store.ErrNotFound where it does not count from where they are.
func (p *Core) ViewerOf(c echo.Context, session store.Session) (*Viewer, error) {
	viewer, err := p.viewer(c.Request(), func(*http.Request) (store.Session, bool, error) { return session, true, nil })
	if err == nil && !viewer.SignedIn() {
		err = store.ErrNotFound
	}
	return viewer, err
}
