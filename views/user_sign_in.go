package views

import (
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// SignInRulesPage is the Password and sign-in tab of one user.
type SignInRulesPage struct {
	Layout       ui.Layout
	Person       Person
	Actor        store.Actor
	HomeNetworks string    // as the settings have them
	LinkUntil    time.Time // when the reset link that is out ends; zero when none is
}

func (p SignInRulesPage) user() store.User { return p.Person.User }

func (p SignInRulesPage) mayEdit() bool { return p.Actor.MayEdit(p.user()) }

// passwordState says whether there is a password, since when, and who can
// change it.
func (p SignInRulesPage) passwordState() string {
	u := p.user()
	if !u.HasPassword {
		return u.Name + " has no password and signs in at home only, by name alone. Anyone at home can."
	}
	state := "Set " + inSentence(ui.When(u.PasswordAt, p.Person.Now)) + ". "
	switch {
	case u.Role == store.RoleOwner:
		return state + "Only " + u.Name + " can change it."
	case u.MayChangePassword:
		return state + "Only " + u.Name + " and administrators can change it."
	default:
		return state + "Only administrators can change it."
	}
}

func (p SignInRulesPage) passwordAddress() string {
	return "/users/" + strconv.FormatInt(p.user().ID, 10) + "/password"
}

// closed says that a reset link would be of no use now, and why; "" when it
// would work.
func (p SignInRulesPage) closed() string {
	switch u := p.user(); {
	case u.Disabled:
		return u.Name + " is disabled, so a reset link works only after enabling " + u.Name + " again."
	case u.Expired(p.Person.Now):
		return "The end date of " + u.Name + " has come, so a reset link works only after a new one is set."
	}
	return ""
}

func (p SignInRulesPage) localAccessHelp() string {
	switch u := p.user(); {
	case !u.HasPassword:
		return u.Name + " has no password and comes in at home as it is. This counts once there is a password."
	case u.Role != store.RoleUser:
		return "The admin area asks for the password all the same."
	}
	return ""
}

// home tells in words what counts as home.
func (p SignInRulesPage) home() string {
	networks := strings.FieldsFunc(p.HomeNetworks, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' })
	switch {
	case len(networks) == 0:
		return "No network counts as home."
	case p.HomeNetworks == store.DefaultHomeNetworks:
		return "Home is this machine and every private network, such as 192.168.0.0/16 and 10.0.0.0/8."
	}
	last := len(networks) - 1
	if last == 0 {
		return "Home is " + networks[0] + "."
	}
	return "Home is " + strings.Join(networks[:last], ", ") + " and " + networks[last] + "."
}

// inSentence is a text that begins a sentence, put in the middle of one.
func inSentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
