package demo

import (
	"math/rand/v2"
	"strings"
	"time"

	"usher/store"
)

// visitors are those of the demo who do not live there: guests, the guest
// account, and people who are invited.
func visitors(hash string, now time.Time) []store.Person {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	newYear := time.Date(now.Year()+1, time.January, 1, 0, 0, 0, 0, now.Location())
	guest := func(name, email string, since, seen time.Time) store.Person {
		return store.Person{
			NewUser:    store.NewUser{Kind: store.KindGuest, Name: name, Email: email, PasswordHash: hash},
			Invitation: store.Invitation{Inviter: "Mara Lindqvist"}, CreatedAt: since, LastSeenAt: seen,
		}
	}
	priya := guest("Priya Raman", "priya@example.net", ago(120*store.Day), ago(2*time.Hour))
	priya.Libraries = []string{"Films", "Series"}
	tom := guest("Tom Becker", "tom@example.com", ago(60*store.Day), ago(5*store.Day))
	tom.Libraries, tom.EndsAt, tom.Note = []string{"Music"}, newYear, "Helps with the choir until the end of the year."
	aiko := guest("Aiko Mori", "aiko@example.jp", ago(4*store.Day), time.Time{})
	aiko.Libraries, aiko.Restrictions = []string{"Films"}, preset("teenager")
	sofa := store.Person{NewUser: store.NewUser{Kind: store.KindGuestAccount, Name: "Living room", Limits: store.Limits{Restrictions: preset("teenager")}}, Libraries: []string{"Films", "Music"}, CreatedAt: ago(200 * store.Day), LastSeenAt: ago(6 * store.Day)}

	sam := invited("sam@example.com", "Mara Lindqvist", 7*store.Day, ago(3*store.Day))
	sam.Libraries, sam.Invitation.Mail, sam.Invitation.Opened, sam.Invitation.OpenedAt = []string{"Films", "Series"}, store.LetterSent, 1, ago(2*store.Day)
	sam.Invitation.Greeting = "Come and watch the holiday films with us!"
	lea := invited("Léa Martin", "Jonas", 7*store.Day, ago(6*store.Day))
	lea.Libraries, lea.Restrictions.NoDownloads = []string{"Music"}, true
	noah := invited("noah@example.org", "Mara Lindqvist", 30*store.Day, ago(store.Day))
	noah.Libraries, noah.Invitation.Mail, noah.Invitation.MailError = []string{"Family photos"}, store.LetterFailed, "The mail server says that there is no such mailbox."
	ravi := invited("ravi@example.net", "Jonas", store.Day, ago(3*store.Day))
	ravi.Libraries, ravi.Invitation.Mail = []string{"Films"}, store.LetterSent
	return []store.Person{sofa, priya, tom, aiko, sam, lea, noah, ravi}
}

// invited is somebody whom the inviter has invited, by e-mail where the name is
// an address.
func invited(name, inviter string, life time.Duration, at time.Time) store.Person {
	p := store.Person{NewUser: store.NewUser{Kind: store.KindInvited, Name: name}, CreatedAt: at}
	if strings.Contains(name, "@") {
		p.Email = name
	}
	p.Invitation = store.Invitation{Life: life, ExpiresAt: at.Add(life), Inviter: inviter}
	return p
}

// madeUpGuest is a guest with habits like anyone's; some came for a while only.
func madeUpGuest(name, hash string, random *rand.Rand, now time.Time) store.Person {
	p := store.Person{NewUser: store.NewUser{Kind: store.KindGuest, Name: name, Email: address(name, "example.net"), Access: store.FullAccess()}}
	shape(&p, random, now)
	p.PasswordHash, p.Invitation.Inviter = hash, "Mara Lindqvist"
	if random.IntN(10) == 0 {
		p.EndsAt = now.Add(-time.Duration(1+random.IntN(60)) * store.Day)
	}
	return p
}

// madeUpInvitation is an invitation of the last days: most were sent, some are
// a link alone, some e-mails have failed, some have expired.
func madeUpInvitation(name string, random *rand.Rand, now time.Time) store.Person {
	life := store.InvitationLives[random.IntN(len(store.InvitationLives))]
	at := now.Add(-time.Duration(random.Int64N(int64(life + life/4))))
	if random.IntN(4) > 0 {
		name = address(name, "example.com")
	}
	p := invited(name, "Mara Lindqvist", life, at)
	p.Libraries = []string{"Films", "Series"}
	switch {
	case p.Email == "":
	case random.IntN(12) == 0:
		p.Invitation.Mail, p.Invitation.MailError = store.LetterFailed, "The mail server says that there is no such mailbox."
	default:
		p.Invitation.Mail = store.LetterSent
	}
	if p.Invitation.Mail != store.LetterFailed && random.IntN(3) == 0 {
		p.Invitation.Opened = 1 + random.IntN(4)
		p.Invitation.OpenedAt = at.Add(time.Duration(random.Int64N(int64(now.Sub(at)) + 1)))
	}
	return p
}
