package playing

import "time"

// stop is that an administrator has stopped a play.
type stop struct {
	name string // of the title
	word string
	at   time.Time
	told bool // to its viewer
}

// Stop stops a play by its id, cuts what flows to it, and leaves a word for its
// viewer, which may be "". It is false when that play is over.
func (p *Plays) Stop(id int64, word string) (Play, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(p.now())
	for k, e := range p.entries {
		if e.ID == id {
			p.stopped[k] = &stop{name: e.Name, word: word, at: p.now()}
			p.remove(k)
			return e.Play, true
		}
	}
	return Play{}, false
}

// Ended is a play that an administrator has stopped.
type Ended struct {
	Name string // of the title
	Word string // what they said; "" for nothing
}

// Untold are the plays on a session's devices that were stopped and whose viewer
// has not been told yet; now they have.
func (p *Plays) Untold(session int64) []Ended {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(p.now())
	var ended []Ended
	for k, s := range p.stopped {
		if k.device.Session == session && !s.told {
			s.told = true
			ended = append(ended, Ended{s.name, s.word})
		}
	}
	return ended
}
