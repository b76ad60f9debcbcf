package views

import "usher/store"

// JoinPage accepts an invitation: it says who invites to what before anything
// is asked.
type JoinPage struct {
	ServerName string
	Action     string // the address of the link itself
	Invitation store.Invitation
	Libraries  []store.Library // all that there are
	Channels   []store.Channel
	Providers  []ProviderChoice
	SignedIn   string // who is signed in already; "" for nobody

	Name, Email, Password string // as typed
	Problems              Problems
}

func (p JoinPage) title() string {
	if p.Invitation.Inviter == "" {
		return "You are invited to " + p.ServerName
	}
	return p.Invitation.Inviter + " invites you to " + p.ServerName
}

// until says how long the guest may come in.
func (p JoinPage) until() string {
	if last := p.Invitation.User.LastDay(); !last.IsZero() {
		return day(last)
	}
	return "No end date"
}

// expires says when the invitation ends.
func (p JoinPage) expires() string { return p.Invitation.ExpiresAt.Format("Monday 2 January, 15:04") }

// about is what is about the guest besides what the form asks for: the
// password must not be built on it.
func (p JoinPage) about() string {
	return p.Invitation.Inviter + " " + p.Invitation.User.Email
}

// formTitle is the title of the form, which is one way of two where there are
// providers.
func (p JoinPage) formTitle() string {
	if len(p.Providers) > 0 {
		return "Or make an account here"
	}
	return "Make your account"
}
