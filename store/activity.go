package store

import (
	"fmt"
	"time"
)

// Action is what happened, as the activity record keeps it.
type Action string

// The actions. Their sentences are made by Record.Sentence.
const (
	ActionSetUp           Action = "set-up"
	ActionSignIn          Action = "sign-in"
	ActionSignInFailed    Action = "sign-in-failed"
	ActionSignInRefused   Action = "sign-in-refused"
	ActionSignOut         Action = "sign-out"
	ActionAreaEntered     Action = "admin-area-entered"
	ActionUserCreated     Action = "user-created"
	ActionUserChanged     Action = "user-changed"
	ActionUserDisabled    Action = "user-disabled"
	ActionUserEnabled     Action = "user-enabled"
	ActionUserDeleted     Action = "user-deleted"
	ActionAppointed       Action = "administrator-appointed"
	ActionDismissed       Action = "administrator-dismissed"
	ActionOwnership       Action = "ownership-handed-over"
	ActionAccess          Action = "access-changed"
	ActionRestrictions    Action = "restrictions-changed"
	ActionSignInRules     Action = "sign-in-rules-changed"
	ActionPasswordChanged Action = "password-changed"
	ActionPasswordReset   Action = "password-reset"
	ActionPasswordRemoved Action = "password-removed"
	ActionPINSet          Action = "pin-set"
	ActionPINChanged      Action = "pin-changed"
	ActionPINRemoved      Action = "pin-removed"
	ActionResetLink       Action = "reset-link-made"
	ActionResetLinkUsed   Action = "reset-link-used"
	ActionJoined          Action = "invitation-accepted"
	ActionResetAsked      Action = "reset-link-asked"
	ActionPictureChanged  Action = "picture-changed"
	ActionPictureRemoved  Action = "picture-removed"
	ActionSettings        Action = "settings-changed"
	ActionHousehold       Action = "demo-made"
	ActionLinked          Action = "connect-linked"
	ActionUnlinked        Action = "connect-unlinked"
	ActionConnectLink     Action = "connect-link-sent"
	ActionGuestLeft       Action = "guest-left"
	ActionProviderAdded   Action = "provider-added"
	ActionProviderChanged Action = "provider-changed"
	ActionProviderRemoved Action = "provider-removed"
	ActionRegistered      Action = "registered"
	ActionApproved        Action = "registration-approved"
	ActionRefused         Action = "registration-refused"
	ActionViewStarted     Action = "view-started"
	ActionViewStopped     Action = "view-stopped"
	ActionPasskeyAdded    Action = "passkey-added"
	ActionPasskeyRemoved  Action = "passkey-removed"
)

// SubjectKind is what kind of thing an action was done to.
type SubjectKind string

// The kinds of subject.
const (
	SubjectUser    SubjectKind = "user"
	SubjectLibrary SubjectKind = "library"
	SubjectTitle   SubjectKind = "title"
	SubjectChannel SubjectKind = "channel"
	SubjectServer  SubjectKind = "server"
)

// Entry is what a change adds to the activity record besides its actor.
type Entry struct {
	Action      Action
	SubjectKind SubjectKind
	SubjectID   int64
	SubjectName string
	Detail      string
}

// Record is one line of Activity.
type Record struct {
	ID      int64
	At      time.Time
	ActorID int64 // 0 for the server itself and for strangers
	Actor   string
	Entry
	Address string
	AtHome  bool
	Times   int // how often, for sign-ins that failed within an hour; else 1
}

// ActivityQuery asks for a page of the record, newest first.
type ActivityQuery struct {
	Search string
	UserID int64 // only what this user did or what was done for them
	Before int64 // only records older than the one with this ID
}

// ActivityPage is one page of the record. Older says that there are more.
type ActivityPage struct {
	Records []Record
	Older   bool
}

// aboutUser is an entry about u.
func aboutUser(action Action, id int64, name, detail string) Entry {
	return Entry{Action: action, SubjectKind: SubjectUser, SubjectID: id, SubjectName: name, Detail: detail}
}

// Sentence tells the record in words, with the actor and the subject named as
// they were then.
func (r Record) Sentence() string {
	who, whom := r.Actor, r.SubjectName
	self := r.ActorID != 0 && r.SubjectKind == SubjectUser && r.ActorID == r.SubjectID
	if who == "" {
		who = "Someone"
	}
	if self {
		if sentence := r.ownSentence(who); sentence != "" {
			return sentence
		}
	}
	return r.sentence(who, whom)
}

// ownSentence is for what people do for themselves.
func (r Record) ownSentence(who string) string {
	switch r.Action {
	case ActionSetUp:
		return who + " set up Usher and became the owner."
	case ActionSignIn:
		return who + " signed in" + withDetail(r.Detail) + "."
	case ActionSignOut:
		return who + " signed out."
	case ActionAreaEntered:
		return who + " entered the admin area" + withDetail(r.Detail) + "."
	case ActionPasswordChanged:
		return who + " chose a new password" + withDetail(r.Detail) + "."
	case ActionPasswordRemoved:
		return who + " removed their password."
	case ActionPINSet:
		return who + " set a PIN."
	case ActionPINChanged:
		return who + " chose a new PIN."
	case ActionPINRemoved:
		return who + " removed their PIN."
	case ActionResetLinkUsed:
		return who + " set a new password with a one-time link."
	case ActionJoined:
		return who + " accepted an invitation" + withDetail(r.Detail) + "."
	case ActionRegistered:
		return who + " registered" + withDetail(r.Detail) + "."
	case ActionUserChanged:
		return who + " changed their profile" + withDetail(r.Detail) + "."
	case ActionPictureChanged:
		return who + " chose a new picture."
	case ActionPictureRemoved:
		return who + " removed their picture."
	case ActionLinked:
		return who + " linked their account at " + r.Detail + " to sign in with it."
	case ActionUnlinked:
		return who + " unlinked their account at " + r.Detail + "."
	case ActionGuestLeft:
		return who + " gave up the only way to sign in, and is no guest any more."
	case ActionPasskeyAdded:
		return who + " added a passkey" + withDetail(r.Detail) + "."
	case ActionPasskeyRemoved:
		return who + " removed a passkey" + withDetail(r.Detail) + "."
	default:
		return r.ownDeviceSentence(who)
	}
}

func (r Record) sentence(who, whom string) string {
	switch r.Action {
	case ActionSetUp:
		return who + " made " + whom + " the owner."
	case ActionSignIn:
		return whom + " signed in" + withDetail(r.Detail) + "."
	case ActionSignInFailed:
		return "A sign-in " + as(whom) + " failed" + r.often() + "."
	case ActionSignInRefused:
		if whom == "" { // whoever came through Connect is nobody here
			return "A sign-in was refused" + r.often() + withDetail(r.Detail) + "."
		}
		return "A sign-in " + as(whom) + " was refused" + r.often() + withDetail(r.Detail) + "."
	case ActionSignOut:
		return whom + " signed out."
	case ActionAreaEntered:
		return whom + " entered the admin area" + withDetail(r.Detail) + "."
	case ActionUserChanged:
		return who + " changed the profile of " + whom + withDetail(r.Detail) + "."
	case ActionUserDisabled:
		return who + " disabled " + whom + "."
	case ActionUserEnabled:
		return who + " enabled " + whom + "."
	case ActionAppointed:
		return who + " made " + whom + " an administrator."
	case ActionDismissed:
		return who + " made " + whom + " a plain user again."
	case ActionOwnership:
		return who + " handed ownership over to " + whom + "."
	case ActionPasswordChanged, ActionPasswordReset:
		return who + " set a new password for " + whom + "."
	case ActionPasswordRemoved:
		return who + " removed the password of " + whom + "."
	case ActionResetLink:
		return who + " made a one-time password link for " + whom + withDetail(r.Detail) + "."
	case ActionResetAsked:
		return who + " asked for an e-mail with a one-time password link for " + whom + "."
	case ActionResetLinkUsed:
		return whom + " set a new password with a one-time link."
	case ActionPictureChanged:
		return who + " changed the picture of " + whom + "."
	case ActionPictureRemoved:
		return who + " removed the picture of " + whom + "."
	case ActionViewStarted:
		return who + " began to view Usher as " + whom + "."
	case ActionViewStopped:
		return who + " stopped viewing Usher as " + whom + "."
	default:
		return r.rulesSentence(who, whom)
	}
}

// rulesSentence is for what somebody may do.
func (r Record) rulesSentence(who, whom string) string {
	switch r.Action {
	case ActionAccess:
		return who + " changed what " + whom + " may watch" + withDetail(r.Detail) + "."
	case ActionRestrictions:
		return who + " changed the restrictions of " + whom + withDetail(r.Detail) + "."
	case ActionSignInRules:
		return who + " changed how " + whom + " may sign in" + withDetail(r.Detail) + "."
	case ActionPINSet:
		return who + " set a PIN for " + whom + "."
	case ActionPINChanged:
		return who + " set a new PIN for " + whom + "."
	case ActionPINRemoved:
		return who + " removed the PIN of " + whom + "."
	default:
		return r.serverSentence(who, whom)
	}
}

// serverSentence is for what is done to the server rather than to people.
func (r Record) serverSentence(who, whom string) string {
	switch r.Action {
	case ActionSettings:
		return who + " changed the settings" + withDetail(r.Detail) + "."
	case ActionProviderAdded:
		return who + " set up Connect with " + whom + "."
	case ActionProviderChanged:
		return who + " changed Connect with " + whom + "."
	case ActionProviderRemoved:
		return who + " removed Connect with " + whom + "."
	case ActionHousehold:
		return who + " added made-up people, libraries and channels" + withDetail(r.Detail) + "."
	default:
		return r.arrivalSentence(who, whom)
	}
}

// arrivalSentence is for how people come to the server, come in, and go.
func (r Record) arrivalSentence(who, whom string) string {
	switch r.Action {
	case ActionUserCreated:
		return who + " added the user " + whom + withDetail(r.Detail) + "."
	case ActionUserDeleted:
		return who + " deleted " + whom + "."
	case ActionApproved:
		return who + " approved the registration of " + whom + "."
	case ActionRefused:
		return who + " refused the registration of " + whom + "."
	case ActionConnectLink:
		return who + " e-mailed " + whom + " how to link an account elsewhere."
	case ActionUnlinked:
		return who + " unlinked " + whom + " from an account at " + r.Detail + "."
	default:
		return r.admitSentence(who, whom)
	}
}

// as says under which name somebody tried to sign in; "" is one that nobody has.
func as(name string) string {
	if name == "" {
		return "with an unknown name"
	}
	return "as " + name
}

// often says how often something happened, if more than once.
func (r Record) often() string {
	if r.Times < 2 {
		return ""
	}
	return fmt.Sprintf(" %d times", r.Times)
}

func withDetail(detail string) string {
	if detail == "" {
		return ""
	}
	return " (" + detail + ")"
}
