package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"usher/store"
)

// streams are the answers that go on for as long as there is something to tell.
type streams struct {
	*places
	stopped chan struct{}
	stop    sync.Once
}

// How many streams one browser may have open, and all of them. Browsers hold no
// more than six connections to a server that does not speak HTTP/2.
const (
	maxStreams    = 4
	maxAllStreams = 1024
)

// EndStreams ends what goes on, streams of events and of films, and each that
// begins from now on.
func (p *Core) EndStreams() { p.streams.stop.Do(func() { close(p.streams.stopped) }) }

// What the events of a stream keep to.
const (
	tellEvery    = 500 * time.Millisecond
	checkEvery   = 3 * time.Second
	breatheEvery = 15 * time.Second
	writeTime    = 10 * time.Second
	retryAfter   = 10 * time.Second
)

// Stream answers with server-sent events of one name
// (https://html.spec.whatwg.org/multipage/server-sent-events.html): the first at
// once, and another one, as JSON, each time that tell answers something else.
// It ends when tell says that this is the last, when the browser is gone, when
// the server stops, and soon after the viewer is signed out or may not enter
// the admin area any more. It answers 429 where the viewer has too many.
//
// The few lines that this takes are our own: libraries for it bring rooms,
// replays and subscribers, while all that is told here stands in one table.
func (p *Core) Stream(c echo.Context, name string, tell func() (what any, last bool, err error)) error {
	session := From(c).Session.ID
	if !p.streams.enter(session) {
		return echo.NewHTTPError(http.StatusTooManyRequests, "too many streams")
	}
	defer p.streams.leave(session)
	s := eventStream{name: name, response: c.Response(), control: http.NewResponseController(c.Response())}
	if err := s.begin(); err != nil {
		return err
	}
	ticker := time.NewTicker(tellEvery)
	defer ticker.Stop()
	checked := time.Now()
	for {
		what, last, err := tell()
		if err == nil {
			err = s.tell(what)
		}
		if err != nil || last {
			return err
		}
		select {
		case <-ticker.C:
		case <-c.Request().Context().Done():
			return nil
		case <-p.streams.stopped:
			return nil
		}
		if time.Since(checked) < checkEvery {
			continue
		}
		checked = time.Now()
		if may, err := p.stillAdmin(c); err != nil || !may {
			return err
		}
	}
}

// stillAdmin asks anew whether whoever asked is signed in and may enter the
// admin area. It does not count as being here.
func (p *Core) stillAdmin(c echo.Context) (bool, error) {
	viewer, err := p.ViewerAgain(c)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil && viewer.Admin(), err
}

// eventStream writes events as they come.
type eventStream struct {
	name     string
	response *echo.Response
	control  *http.ResponseController
	told     string    // last
	at       time.Time // when
}

func (s *eventStream) begin() error {
	s.response.Header().Set(echo.HeaderContentType, "text/event-stream")
	s.response.Header().Set("X-Accel-Buffering", "no") // proxies would gather it
	s.response.WriteHeader(http.StatusOK)
	return s.write(fmt.Sprintf("retry: %d\n\n", retryAfter.Milliseconds()))
}

// tell writes what there is to tell, unless it was told already; a browser that
// hears nothing for long gets a sign of life.
func (s *eventStream) tell(what any) error {
	text, err := json.Marshal(what)
	if err != nil {
		return fmt.Errorf("tell of %s: %w", s.name, err)
	}
	switch {
	case string(text) != s.told:
		s.told = string(text)
		return s.write("event: " + s.name + "\ndata: " + s.told + "\n\n")
	case time.Since(s.at) >= breatheEvery:
		return s.write(":\n\n")
	}
	return nil
}

// write sends a text at once. One write may take its time, all of them together
// as long as they will: the deadline of the server is for pages.
func (s *eventStream) write(text string) error {
	s.at = time.Now()
	if err := s.control.SetWriteDeadline(s.at.Add(writeTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("set the deadline of a stream: %w", err)
	}
	if _, err := s.response.Write([]byte(text)); err != nil {
		return fmt.Errorf("write to a stream: %w", err)
	}
	if err := s.control.Flush(); err != nil {
		return fmt.Errorf("flush a stream: %w", err)
	}
	return nil
}
