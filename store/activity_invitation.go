package store

// What happens to pending invitations. That one is accepted is about the guest
// it makes (ActionJoined).
const (
	ActionInvited           Action = "invited"
	ActionInvitationChanged Action = "invitation-changed"
	ActionInvitationLink    Action = "invitation-link-made"
	ActionInvitationSent    Action = "invitation-sent-again"
	ActionInvitationRevoked Action = "invitation-revoked"
)

// SubjectInvitation is a pending invitation. Its id is the one of the guest
// that it makes.
const SubjectInvitation SubjectKind = "invitation"

// aboutInvitation is an entry about i.
func aboutInvitation(action Action, i Invitation, detail string) Entry {
	return Entry{Action: action, SubjectKind: SubjectInvitation, SubjectID: i.User.ID, SubjectName: i.User.Name, Detail: detail}
}

// invitationSentence is for what is done about somebody who is invited.
func (r Record) invitationSentence(who, whom string) string {
	switch r.Action {
	case ActionInvited:
		return who + " invited " + whom + withDetail(r.Detail) + "."
	case ActionInvitationChanged:
		return who + " changed the invitation of " + whom + withDetail(r.Detail) + "."
	case ActionInvitationLink:
		return who + " made a fresh link for the invitation of " + whom + "."
	case ActionInvitationSent:
		return who + " sent the invitation of " + whom + " again."
	case ActionInvitationRevoked:
		return who + " revoked the invitation of " + whom + "."
	default:
		return r.jobSentence(who, whom)
	}
}
