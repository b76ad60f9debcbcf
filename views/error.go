package views

import (
	"net/http"
	"time"

	"usher/playing"
	"usher/store"
	"usher/views/ui"
)

// ErrorPage is a page that says what went wrong and what happens next.
type ErrorPage struct {
	ServerName  string
	SignedIn    bool
	Status      int
	Detail      string        // more to say, for people
	ID          string        // of the request, as in the log
	Wait        time.Duration // when to try again
	CrossOrigin bool          // a form that another site has sent
	ViewAs      ui.ViewAs     // as whom an administrator looks; the zero ViewAs for none
	Looking     bool          // refused because of that
	Unconfirmed bool          // refused until the password is given once more
	Why         string        // where an administrator reads why the user does not see what was asked for; "" for nowhere
	Shut        store.Shut    // why nobody can register; "" for other errors

	Many    *playing.TooMany // what plays already; nil for other errors
	Stopped *playing.Stopped // what an administrator says; nil for other errors
	Hangs   bool             // the disk with the file does not answer

	Held    *store.Held  // why nobody comes in on this device; nil for other errors
	Keepers []store.User // whom to ask about it; none where nobody is named
}

// words are the title and the sentence of the page.
func (p ErrorPage) words() (title, sentence string) {
	switch {
	case p.Shut != "":
		return shutPage(p.Shut)
	case p.Many != nil:
		return "Something else is playing", tooMany(p.Many)
	case p.Stopped != nil:
		return "An administrator has stopped this", stoppedWord(p.Stopped)
	case p.Held != nil:
		return p.held()
	case p.Hangs:
		return "The disk does not answer", "This lies on a disk of the server that does not answer just now. Try again in a minute; if it goes on, tell whoever runs this server."
	}
	switch p.Status {
	case http.StatusBadRequest:
		return "That could not be read", "The browser sent something that Usher cannot read. Go back and try again."
	case http.StatusUnauthorized:
		return "You are signed out", "Sign in to go on."
	case http.StatusForbidden:
		return p.refused()
	case http.StatusNotFound:
		return "There is nothing here", "This page does not exist, or it is gone. A link that works once is gone after it has been used."
	case http.StatusConflict:
		if p.SignedIn {
			return "Usher is set up already", "The owner has been made, and this link has done its work."
		}
		return "Usher is set up already", "The owner has been made. Sign in to go on."
	case http.StatusRequestEntityTooLarge:
		return "That is too much at once", "What was sent is larger than Usher takes. Send less, such as a smaller picture."
	case http.StatusUnsupportedMediaType:
		return "That is not a form", "Usher takes what its own forms send, and this was something else."
	case http.StatusUnprocessableEntity:
		return "That cannot be done", p.Detail
	case http.StatusTooManyRequests:
		return "Too fast", "There is a lot to do just now. Try again in " + ui.Wait(p.Wait) + "."
	case http.StatusBadGateway:
		return "This cannot be played just now", p.Detail + " It comes from outside of Usher: another may play, and this one perhaps later."
	case http.StatusServiceUnavailable:
		return "Usher is busy", "This took too long. Try again in a moment."
	case http.StatusInsufficientStorage:
		return "The disk takes nothing more", "Usher could not save this: its disk is full or cannot be written. Nothing was half saved. Make room on the server and try again."
	}
	return "Something went wrong", "This is not your fault. Whoever runs this server can find out more in the log."
}

// refused are the words of what is not open to whoever asks.
func (p ErrorPage) refused() (title, sentence string) {
	if p.CrossOrigin {
		return "That form came from elsewhere", "Usher takes forms from its own pages only, and this one came from another site. Nothing was changed."
	}
	if p.Looking {
		return "You are only looking", "You see what " + p.ViewAs.Name + " sees, and nothing can be changed that way. Stop first to act as yourself."
	}
	if p.Unconfirmed {
		return "Is it you?", "Usher asks for your password once more before this. Open this page again to type it."
	}
	return "This is not open to you", "Your account may not do this. An administrator can."
}

func (p ErrorPage) title() string {
	title, _ := p.words()
	return title
}

func (p ErrorPage) sentence() string {
	_, sentence := p.words()
	return sentence
}
