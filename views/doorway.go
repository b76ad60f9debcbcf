package views

import (
	"time"

	"usher/views/ui"
)

// Doorway is what the pages have in common at which people come in.
type Doorway struct {
	ServerName string
	Path       string        // where the forms go: "/sign-in", or "/switch" where somebody is signed in
	Next       string        // where to go afterwards
	Problem    string        // why it did not work, "" at first
	Wait       time.Duration // how long to wait after too many failures
	AtHome     bool
	Away       bool // the browser is signed in, but that counts at home only
	AtHomeOnly bool // since its user may use Usher nowhere else
	SignedOut  bool
	Farewell   string // the provider at which whoever has just signed out is still signed in; "" for none
	Current    int64  // who is signed in here; 0 for nobody
	Recovers   bool   // a link to choose a new password can be asked for
	Register   bool   // strangers may register
	Providers  []ProviderChoice
	Passkeys   bool // browsers know passkeys here
}

// ByName is the way in for those who would rather type a name than pick a face.
const ByName = "name"

// problem is what the page says at its head when it comes back.
func (d Doorway) problem() string {
	if d.Wait == 0 {
		return d.Problem
	}
	return "There were too many tries. Try again in " + ui.Wait(d.Wait) + "."
}

// to is the address of a page of this doorway with more in its query.
func (d Doorway) to(more ...parameter) string {
	next := parameter{"next", d.Next}
	if d.Next == "/" {
		next.value = ""
	}
	return addressWith(d.Path, append(more, next)...)
}

// switches says whether somebody is signed in, whose place another takes.
func (d Doorway) switches() bool { return d.Current != 0 && d.Path == "/switch" }
