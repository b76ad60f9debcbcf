package views

import (
	"strings"

	"usher/store"
	"usher/views/ui"
)

// RegisterPage lets a stranger register. It asks for an e-mail address first,
// where it has to be proven, and then, or else at once, for a name and a
// password.
type RegisterPage struct {
	ServerName string
	Action     string // the address of the form
	Approval   bool   // an administrator decides
	AskEmail   bool   // the address is to be proven
	Domains    string // of allowed addresses, one a line; "" for any
	Proven     string // the address that the link has proven; "" for none

	Email, Name, Password string // as typed
	Problems              Problems
}

// lead says what comes of it, before anything is typed.
func (p RegisterPage) lead() string {
	switch {
	case p.AskEmail && p.Approval:
		return "You get a link by e-mail to go on with. Afterwards an administrator decides."
	case p.AskEmail:
		return "You get a link by e-mail to go on with."
	case p.Approval:
		return "Afterwards an administrator decides. Until then you cannot sign in."
	}
	return "You are signed in at once."
}

// domainsHelp says which addresses can register.
func (p RegisterPage) domainsHelp() string {
	domains := strings.Fields(p.Domains)
	if len(domains) == 0 {
		return ""
	}
	return "At " + ui.Names(domains, 5) + "."
}

func (p RegisterPage) button() string {
	switch {
	case p.AskEmail:
		return "Send me the link"
	case p.Approval:
		return "Register"
	}
	return "Register and sign in"
}

// shutPage is the page of a registration that is shut.
func shutPage(shut store.Shut) (title, sentence string) {
	switch shut {
	case store.ShutFull:
		return "There is no room just now", "This server has as many people as it may have. Ask whoever runs it."
	case store.ShutToday:
		return "Enough for today", "As many people have registered as may within a day. Come back tomorrow."
	case store.ShutOff, store.ShutUnproven:
	}
	return "Registration is off", "Accounts on this server are made by its administrators. Ask whoever runs it to add or to invite you."
}
