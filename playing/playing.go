// Package playing knows what plays now: who, on which device, what, and since
// when. It is kept in memory, since a stream ends with the process anyway, and
// nothing of it is written down.
//
// A play is one device playing one title. It lives while bytes flow to it or
// its page tells of it, and a little longer, since browsers pause between two
// requests.
package playing

import (
	"errors"
	"slices"
	"sync"
	"time"
)

const (
	// Lingers is for how long a play of which nothing is heard still takes its
	// place: browsers ask for the next piece only when they need it.
	Lingers = 20 * time.Second
	// silentAfter is when a page that told of a play has fallen silent, so that
	// another play on its device takes its place. Pages tell every five seconds.
	silentAfter = 8 * time.Second
	// barredFor is how long a play that an administrator has stopped is refused
	// to the device, so that it does not ask for the next piece and go on.
	barredFor = time.Minute
	// mostOnDevice is how many plays one device may have, in pages side by side:
	// more than bytes flow to at once.
	mostOnDevice = 16
	// remembered is how long the word of whoever stopped it is kept for a page
	// to show.
	remembered = 10 * time.Minute
)

// Device is what something plays on: a signed-in browser, or a player that
// was given an address by one.
type Device struct {
	Session int64
	Link    int64 // of the player's address; 0 for the browser itself
}

// What is played: a title, or an entry of a channel.
type What struct {
	Title, Entry int64 // one of them is 0
}

// Play is what plays now on one device.
type Play struct {
	ID         int64
	Device     Device
	DeviceName string // such as “Firefox on Linux”
	UserID     int64
	UserName   string
	What       What
	Name       string // of the title: for its user's eyes only
	Source     string // the library or the channel that it is from
	Since      time.Time
	Paused     bool // as its page tells
}

// Begin is what is about to be played, and how many plays at once its user
// may have (0: no limit).
type Begin struct {
	Device     Device
	DeviceName string
	UserID     int64
	UserName   string
	What       What
	Name       string
	Source     string
	Limit      int
	Anew       bool // its page asks for it anew: that an administrator stopped it before counts no longer
}

// key is what makes a play one.
type key struct {
	device Device
	what   What
}

// entry is a play with what keeps it.
type entry struct {
	Play
	flows map[*Flow]bool
	told  time.Time // when its page last told of it; zero when it never has
	heard time.Time // when it last showed a sign of life
}

// Plays are all plays. It is safe for concurrent use.
type Plays struct {
	now func() time.Time

	mu      sync.Mutex
	last    int64
	entries map[key]*entry
	stopped map[key]*stop
}

// New are no plays yet, by the clock now.
func New(now func() time.Time) *Plays {
	return &Plays{now: now, entries: make(map[key]*entry), stopped: make(map[key]*stop)}
}

// Flow is one answer whose bytes flow to a play.
type Flow struct {
	plays *Plays
	key   key
	cut   func()
}

// Open lets an answer flow to what begins, or goes on. cut is called when an
// administrator stops the play meanwhile; it must not block. The flow is to be
// closed when the answer is over.
//
// It answers *TooMany when the user has as many plays as they may, and *Stopped
// when an administrator has just stopped this one.
func (p *Plays) Open(b Begin, cut func()) (*Flow, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, err := p.enter(b)
	if err != nil {
		return nil, err
	}
	flow := &Flow{p, key{b.Device, b.What}, cut}
	e.flows[flow] = true
	return flow, nil
}

// Close says that the answer is over.
func (f *Flow) Close() {
	f.plays.mu.Lock()
	defer f.plays.mu.Unlock()
	if e := f.plays.entries[f.key]; e != nil && e.flows[f] {
		delete(e.flows, f)
		e.heard = f.plays.now()
	}
}

// Tell says that the page of a play tells of it, and takes its place where it
// has none yet. It answers as Open does; but to a page, which shows the word of
// whoever stopped it, so that its viewer has been told.
func (p *Plays) Tell(b Begin, paused bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, err := p.enter(b)
	if err != nil {
		var stopped *Stopped
		if errors.As(err, &stopped) {
			p.stopped[key{b.Device, b.What}].told = true
		}
		return err
	}
	e.told, e.Paused = e.heard, paused
	return nil
}

// End frees the place of a play whose page says that it is over. What still
// flows to it is cut.
func (p *Plays) End(device Device, what What) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.remove(key{device, what})
}

// KeepTo ends what a user plays in other sessions than these, and cuts what flows
// to it.
func (p *Plays) KeepTo(user int64, sessions []int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for k, e := range p.entries {
		if e.UserID == user && !slices.Contains(sessions, k.device.Session) {
			p.remove(k)
		}
	}
}

// enter is the entry of what begins, which is made unless it is there.
func (p *Plays) enter(b Begin) (*entry, error) {
	now, k := p.now(), key{b.Device, b.What}
	p.forget(now)
	if s := p.stopped[k]; s != nil && !b.Anew && now.Sub(s.at) < barredFor {
		return nil, &Stopped{Word: s.word}
	}
	if b.Anew {
		delete(p.stopped, k)
	}
	e := p.entries[k]
	if e == nil {
		p.giveWay(b.Device, now)
		if others := p.of(b.UserID); b.Limit > 0 && len(others) >= b.Limit {
			return nil, &TooMany{Limit: b.Limit, Plays: others}
		}
		p.last++
		e = &entry{flows: make(map[*Flow]bool), Play: Play{
			ID: p.last, Device: b.Device, DeviceName: b.DeviceName, UserID: b.UserID, UserName: b.UserName,
			What: b.What, Name: b.Name, Source: b.Source, Since: now,
		}}
		p.entries[k] = e
	}
	e.heard = now
	return e, nil
}

// giveWay removes what is idle on a device on which something else begins: its
// page was left without a word, or there are more pages than anybody has.
func (p *Plays) giveWay(device Device, now time.Time) {
	count, oldest := 0, (*entry)(nil)
	for k, e := range p.entries {
		switch {
		case k.device != device:
			continue
		case len(e.flows) == 0 && now.Sub(e.told) >= silentAfter:
			p.remove(k)
			continue
		case len(e.flows) == 0 && (oldest == nil || e.heard.Before(oldest.heard)):
			oldest = e
		}
		count++
	}
	if count >= mostOnDevice && oldest != nil {
		p.remove(key{device, oldest.What})
	}
}

// forget removes what has not been heard of for long.
func (p *Plays) forget(now time.Time) {
	for k, e := range p.entries {
		if len(e.flows) == 0 && now.Sub(e.heard) >= Lingers {
			p.remove(k)
		}
	}
	for k, s := range p.stopped {
		if now.Sub(s.at) >= remembered {
			delete(p.stopped, k)
		}
	}
}

func (p *Plays) remove(k key) {
	e := p.entries[k]
	if e == nil {
		return
	}
	delete(p.entries, k)
	for flow := range e.flows {
		flow.cut()
	}
}

// of are the plays of one user, the oldest first.
func (p *Plays) of(user int64) []Play {
	var plays []Play
	for _, e := range p.entries {
		if e.UserID == user {
			plays = append(plays, e.Play)
		}
	}
	slices.SortFunc(plays, func(a, b Play) int { return int(a.ID - b.ID) })
	return plays
}

// Within says whether a play may go on with as many at once as its user may have
// by now: the oldest stay. What is no play may.
func (p *Plays) Within(b Begin) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	of := p.of(b.UserID)
	at := slices.IndexFunc(of, func(play Play) bool { return play.Device == b.Device && play.What == b.What })
	return b.Limit == 0 || at < b.Limit
}

// Of are the plays of one user, the oldest first.
func (p *Plays) Of(user int64) []Play {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(p.now())
	return p.of(user)
}

// All are the plays of everybody, the oldest first.
func (p *Plays) All() []Play {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(p.now())
	plays := make([]Play, 0, len(p.entries))
	for _, e := range p.entries {
		plays = append(plays, e.Play)
	}
	slices.SortFunc(plays, func(a, b Play) int { return int(a.ID - b.ID) })
	return plays
}
