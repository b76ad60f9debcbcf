package views

import (
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// ForgotPage asks whose password was forgotten.
type ForgotPage struct {
	ServerName string
	Name       string        // as typed
	Problem    string        // what is wrong with it
	Wait       time.Duration // how long to wait after too many tries
	Asked      bool          // it has been asked for
}

func (p ForgotPage) problem() string {
	if p.Wait == 0 {
		return p.Problem
	}
	return "This was asked for very often. Try again in " + ui.Wait(p.Wait) + "."
}

// ForgotPIN is what was forgotten where it is not the password.
const ForgotPIN = "pin"

// NoRecoveryPage says whom to ask where no e-mail helps.
type NoRecoveryPage struct {
	ServerName string
	PIN        bool         // was forgotten, rather than the password
	Keepers    []store.User // who can help; none where nobody is named
}

func (p NoRecoveryPage) title() string {
	if p.PIN {
		return "Forgot your PIN?"
	}
	return "Forgot your password?"
}

// WhomToAsk names those who can help: “Ask Mara or Jonas, who look after this
// server.”
func WhomToAsk(keepers []store.User) string {
	names := make([]string, len(keepers))
	for i, keeper := range keepers {
		names[i] = keeper.Name
	}
	switch last := len(names) - 1; last {
	case -1:
		return "Ask whoever runs this server."
	case 0:
		return "Ask " + names[0] + ", who looks after this server."
	default:
		return "Ask " + strings.Join(names[:last], ", ") + " or " + names[last] + ", who look after this server."
	}
}
