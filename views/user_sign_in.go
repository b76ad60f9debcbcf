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
	SendsMail    bool
	Letter       store.OutboxEntry // the last e-mail with a reset link; zero for none
	Connect      UserConnect
	Devices      DeviceRuleCard
	PINLost      bool // there is a PIN, but it cannot be checked any more
}

func (p SignInRulesPage) pin() PINCard {
	return PINCard{User: p.user(), Own: p.user().ID == p.Actor.ID, Lost: p.PINLost}
}

func (p SignInRulesPage) user() store.User { return p.Person.User }

// mails says whether a reset link can be e-mailed to the user.
func (p SignInRulesPage) mails() bool { return p.SendsMail && p.user().Email != "" }

func (p SignInRulesPage) mayEdit() bool { return p.Actor.MayChangeSignIn(p.user()) }

// fixed says why the viewer cannot change how the user signs in, and what can
// be done instead.
func (p SignInRulesPage) fixed() []string {
	name := p.user().Name
	switch p.user().Kind {
	case store.KindGuest:
		help := name + " can change the password on My account at any time. Where Usher can send e-mails, “Forgot your password?” on the sign-in page sends a link for a new one."
		if !p.user().HasPassword {
			help = "Whoever looks after the account at Connect can help " + name + " with the password there."
		}
		return []string{
			name + " is a guest. The account belongs to " + name + " alone, so no administrator can set, see or reset its password, or change its e-mail address.",
			help,
			"If neither helps, delete " + name + " and send a new invitation. What " + name + " may watch is chosen anew then.",
		}
	case store.KindGuestAccount:
		return []string{
			name + " is for whoever visits, so it has no password, no PIN and no e-mail address.",
			"At home, its name alone signs a visitor in. From away it does not.",
			"To keep visitors out, disable it on the Profile tab. Its settings are kept.",
		}
	case store.KindLocal, store.KindInvited, store.KindWaiting:
	}
	return []string{name + " is the owner of this server. Nobody else can change how the owner signs in."}
}

// passwordState says whether there is a password, since when, and who can
// change it.
func (p SignInRulesPage) passwordState() string {
	u := p.user()
	switch {
	case u.Kind == store.KindGuestAccount:
		return "There is none, and there will not be one."
	case u.Kind == store.KindGuest && !u.HasPassword:
		return u.Name + " has no password here, and signs in through Connect."
	case !u.HasPassword && u.AtHomeByPIN() && u.Linked:
		return u.Name + " has no password here, signs in through Connect, and at home with the PIN."
	case !u.HasPassword && u.AtHomeByPIN():
		return u.Name + " has no password and signs in at home only, with the PIN."
	case !u.HasPassword && u.Linked:
		return u.Name + " has no password here, signs in through Connect, and at home by name alone. Anyone at home can."
	case !u.HasPassword:
		return u.Name + " has no password and signs in at home only, by name alone. Anyone at home can."
	}
	state := "Set " + inSentence(ui.When(u.PasswordAt, p.Person.Now)) + ". "
	switch {
	case u.Role == store.RoleOwner, u.Kind == store.KindGuest:
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
	case u.AtHomeByPIN():
		return "At home " + u.Name + " types the PIN. This counts once there is none."
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
