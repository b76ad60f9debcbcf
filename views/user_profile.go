package views

import (
	"time"

	"usher/store"
	"usher/views/ui"
)

// ProfilePage is the Profile tab of one user. The form's fields hold what was
// typed.
type ProfilePage struct {
	Layout ui.Layout
	Person Person
	Actor  store.Actor

	Name, Email, Note       string
	Administrator, Disabled bool
	MayEdit                 bool   // the user may, too
	Ends                    string // the last day, as a date field has it
	Problems                Problems
}

func (p ProfilePage) user() store.User { return p.Person.User }

// readOnly is why the viewer may look at the profile but not change it; "" when
// they may change it.
func (p ProfilePage) readOnly() string {
	if p.Actor.MayEdit(p.user()) {
		return ""
	}
	return p.user().Name + " is the owner of this server. Nobody else can change the owner’s profile."
}

// mayName says whether the viewer may change the name and the e-mail address.
func (p ProfilePage) mayName() bool { return p.Actor.MayRename(p.user()) }

// hasEmail says whether there is an e-mail address to be changed: the guest
// account is for everyone who visits, and has none.
func (p ProfilePage) hasEmail() bool { return p.user().Kind != store.KindGuestAccount }

func (p ProfilePage) administratorHelp() string {
	help := "Enters the admin area and looks after users, libraries and channels. Only you appoint administrators and change the settings."
	if !p.user().HasPassword {
		help += " Needs a password, which " + p.user().Name + " does not have."
	}
	return help
}

func (p ProfilePage) disabledHelp() string {
	return p.user().Name + " is signed out everywhere and cannot sign in until enabled again. Nothing is deleted."
}

// EndsValue is the last day as a date field has it, "" for never.
func EndsValue(u store.User) string {
	if u.EndsAt.IsZero() {
		return ""
	}
	return u.LastDay().Format(time.DateOnly)
}
