package mail

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"usher/store"
)

// content is what an e-mail says, for the text and the HTML alike.
type content struct {
	Server     string // the server's name
	Subject    string // also the heading of the HTML
	Paragraphs []string
	Quote      []string // lines that somebody has written
	Facts      []fact
	Button     string // what the link does; "" for no link
	Link       string
	Closing    []string // after the link
}

type fact struct{ Label, Value string }

// Compose is the letter as an e-mail, with the token in its link.
func Compose(ctx context.Context, l store.Letter, token string) (Message, error) {
	c := contentOf(l, token)
	c.Server = l.Server
	html, err := renderHTML(ctx, c)
	if err != nil {
		return Message{}, err
	}
	return Message{
		ID: l.MessageID, Sender: l.Server, To: l.Recipient, Name: l.Name,
		Subject: c.Subject, Text: renderText(c), HTML: html,
	}, nil
}

// Trial is the e-mail that shows that sending works, from a server with this
// name.
func Trial(ctx context.Context, name, to string) (Message, error) {
	return Compose(ctx, store.Letter{Kind: trial, Server: name, Recipient: to, MessageID: rand.Text() + "@usher.invalid"}, "")
}

// trial is no letter of the outbox: it is sent while somebody waits.
const trial store.LetterKind = "trial"

func contentOf(l store.Letter, token string) content {
	switch l.Kind {
	case store.LetterInvitation:
		return invitation(l, token)
	case store.LetterAccepted:
		return content{
			Subject:    l.Subject + " has accepted your invitation",
			Paragraphs: []string{l.Subject + " is a guest of " + l.Server + " now, with the access that you chose."},
			Button:     "See the guests", Link: link(l, "/admin/guests"),
			Closing: []string{"You get this e-mail since you sent the invitation. You can switch such e-mails off in your account."},
		}
	case store.LetterReset:
		return reset(l, token)
	case store.LetterConnect:
		return content{
			Subject: "Another way to sign in to " + l.Server,
			Paragraphs: []string{
				"Hello " + l.Name + ",",
				by(l) + " suggests that you link an account that you have elsewhere. Afterwards you can sign in to " + l.Server + " with it, without the password here.",
			},
			Button: "Link an account", Link: link(l, "/account/connect"),
			Closing: []string{"You sign in first, as you do now. If you do not want this, there is nothing to do."},
		}
	case store.LetterRegistration:
		return registration(l, token)
	case store.LetterRegistered:
		return content{
			Subject:    l.Subject + " waits for approval",
			Paragraphs: []string{l.Subject + " has registered at " + l.Server + " and can sign in once an administrator approves."},
			Button:     "Approve or refuse", Link: link(l, "/admin/users"),
			Closing: []string{"You get this e-mail since you are an administrator. You can switch such e-mails off in your account."},
		}
	case store.LetterDevice:
		return device(l, token)
	case store.LetterApproved:
		return content{
			Subject:    "You can sign in to " + l.Server,
			Paragraphs: []string{"Hello " + l.Name + ",", "Your registration is approved. Sign in with the name and the password that you have chosen."},
			Button:     "Sign in", Link: link(l, "/sign-in"),
		}
	default:
		return content{
			Subject:    "E-mail works",
			Paragraphs: []string{"This is a test that somebody has sent from the settings of " + l.Server + ". It has arrived, so invitations and links will too."},
		}
	}
}

func invitation(l store.Letter, token string) content {
	c := content{
		Subject:    by(l) + " invites you to " + l.Server,
		Paragraphs: []string{by(l) + " would like to share " + l.Server + " with you."},
		Quote:      lines(l.Greeting),
		Facts: []fact{
			{"Libraries", offer(l.Access.AllLibraries, l.Libraries)},
			{"Channels", offer(l.Access.AllChannels, l.Channels)},
			{"Accept before", when(l.Ends)},
		},
		Button: "See the invitation", Link: link(l, "/join/"+token),
		Closing: []string{
			"The link works once, for whoever has it, so keep it to yourself.",
			"If you do not know " + by(l) + " or do not want to come, there is nothing to do.",
		},
	}
	if !l.LastDay.IsZero() {
		c.Facts = append(c.Facts, fact{"Access until", l.LastDay.Format("Monday 2 January 2006")})
	}
	return c
}

func registration(l store.Letter, token string) content {
	asked := "Somebody, probably you, wants to register at " + l.Server + " with this address."
	switch l.Known {
	case "":
		return content{
			Subject:    "Confirm your address for " + l.Server,
			Paragraphs: []string{asked, "Confirm that it is yours, and choose a name and a password. The link works once, until " + when(l.Ends) + "."},
			Button:     "Confirm the address", Link: link(l, "/register/"+token),
			Closing: []string{"If it was not you, there is nothing to do: without the link nothing is made."},
		}
	case store.KindWaiting:
		return content{
			Subject:    "Your registration at " + l.Server + " waits for approval",
			Paragraphs: []string{asked, "You have registered already. You get an e-mail once an administrator has approved it."},
		}
	case store.KindInvited:
		return content{
			Subject:    "You are invited to " + l.Server + " already",
			Paragraphs: []string{asked, "You need not register, since you are invited. Look for the e-mail with the invitation, or ask whoever invited you to send it again."},
		}
	case store.KindLocal, store.KindGuestAccount, store.KindGuest:
	}
	return content{
		Subject:    "You have an account at " + l.Server + " already",
		Paragraphs: []string{asked, "There is an account with it already, so no other is made. Sign in with this address, or ask an administrator for help if the password is lost."},
		Button:     "Sign in", Link: link(l, "/sign-in"),
		Closing: []string{"If it was not you, there is nothing to do."},
	}
}

// reset brings a link that an administrator has made, or that somebody asked
// for on the sign-in page: most likely, but not surely, the recipient.
func reset(l store.Letter, token string) content {
	why := l.Actor + " has sent you a link to choose a password for " + l.Server + "."
	closing := "Until it is used, nothing changes."
	if l.Actor == "" {
		why = "Somebody asked at " + l.Server + " for a link to choose a new password for you."
		closing = "If that was not you, there is nothing to do: until it is used, nothing changes."
	}
	return content{
		Subject: "Choose a password for " + l.Server,
		Paragraphs: []string{
			"Hello " + l.Name + ",",
			why + " It works once, until " + when(l.Ends) + ".",
		},
		Button: "Choose a password", Link: link(l, "/reset/"+token),
		Closing: []string{"Whoever has this link can choose the password, so keep it to yourself. " + closing},
	}
}

// by is who sends a letter, in words.
func by(l store.Letter) string {
	if l.Actor == "" {
		return "An administrator"
	}
	return l.Actor
}

// link is an address of this server; "" where it knows none.
func link(l store.Letter, path string) string {
	if l.BaseURL == "" {
		return ""
	}
	return l.BaseURL + path
}

// offer names what an invitation opens.
func offer(all bool, names []string) string {
	switch {
	case all:
		return "All"
	case len(names) == 0:
		return "None"
	}
	return strings.Join(names, ", ")
}

// when is a moment in the server's time zone, which is named: whoever reads may
// be in another.
func when(t time.Time) string { return t.Format("Monday 2 January 2006, 15:04 MST") }

// lines are the lines of a text that somebody has written.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
