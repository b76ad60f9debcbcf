package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// inviteByEmail goes from the administrator who invites by e-mail to the guest who
// comes in from the letter with a password, and back to the administrator, who
// is told. The link's token stays between the two.
func inviteByEmail(j *journey) {
	mail := j.mailbox()
	house := j.household(household(j), mail.serves)
	owner := j.asOwner(house, "/admin/settings")
	owner.setAddress()
	jonas := j.as(house, "Jonas Berg", "/admin/guests")
	jonas.sees("Nobody visits yet")
	jonas.follow("link", "Invite a guest", "/admin/guests/invite")
	jonas.inviteWrongly()
	jonas.fill("E-mail addresses", "priya@example.org")
	jonas.set("#life", "30")
	jonas.fill("Greeting (optional)", "Come and watch with us!")
	jonas.follow("button", "Invite", "/admin/invitations*")
	jonas.sees("priya@example.org is invited. The e-mail is on its way.")

	letter := mail.letter("priya@example.org", "Jonas Berg invites you to Usher")
	for _, want := range []string{"Come and watch with us!", "Libraries: Films", "Channels: None"} {
		if !strings.Contains(letter.Text, want) {
			j.Errorf("the letter does not say %q:\n%s", want, letter.Text)
		}
	}
	priya := j.visit(house)
	priya.openLetter(letter, "/join/*")
	jonas.open("/admin/invitations")
	jonas.sees("e-mail sent")
	jonas.sees("Opened once")

	priya.sees("Jonas Berg invites you to Usher")
	priya.sees("Come and watch with us!")
	priya.holds("E-mail (optional)", "priya@example.org")
	priya.fill("Your name", "elsa")
	priya.fill("Password", "priya123")
	priya.sees("Weak")
	priya.follow("button", "Accept and come in", "/join/*")
	priya.sees("Nothing is saved yet.")
	priya.holds("Your name", "elsa")
	priya.fill("Your name", "Priya Raman")
	priya.fill("Password", newPassword)
	priya.sees("Strong")
	priya.follow("button", "Accept and come in", "/")
	priya.sees("Welcome, Priya Raman.")
	priya.sees("Films")
	priya.seesNo("Music")
	priya.open("/account")
	priya.sees("Jonas Berg")

	told := j.visit(house)
	told.openLetter(mail.letter("jonas@lindqvist.example", "Priya Raman has accepted your invitation"), "/sign-in*")
	told.signIn("Jonas Berg", goodPassword, "/admin/guests")
	told.find("link", "Priya Raman")
	told.open("/admin/activity")
	told.sees("Priya Raman accepted an invitation")
	told.wander("/admin/invitations", "/admin/invitations")
	told.sees("Nobody is invited")

	priya.comesAndGoes(owner)
	late := j.visit(house)
	late.openLetter(letter, "/join/*")
	late.sees("This invitation does not work")
	j.keepsSecret(house, strings.TrimPrefix(anyLink.FindString(letter.Text), house.address+"/join/"))
}

// inviteWrongly invites somebody who is here and an address that is none.
func (b *tab) inviteWrongly() {
	b.Helper()
	b.fill("E-mail addresses", "jonas@lindqvist.example, priya\n"+strings.Repeat("x", 300)+"@example.org")
	b.click("checkbox", "All libraries")
	b.click("checkbox", "Films")
	b.click("checkbox", "All channels")
	b.follow("button", "Invite", "/admin/guests/invite")
	b.sees("Nothing is saved yet.")
	b.find("link", "Go to Jonas Berg")
	b.ticked("checkbox", "All libraries", false)
	b.ticked("checkbox", "Films", true)
}

// comesAndGoes signs a guest out and in again at home, by name and by e-mail,
// and away.
func (b *tab) comesAndGoes(owner *tab) {
	b.Helper()
	b.open("/")
	b.signOut()
	b.signIn("Priya Raman", "", "/sign-in")
	b.signIn("priya raman", newPassword, "/")
	b.sees("Hello, Priya Raman")
	owner.leaveHome()
	b.open("/")
	b.sees("Hello, Priya Raman")
	b.signOut()
	b.signIn("priya@example.org", newPassword, "/")
	b.sees("Hello, Priya Raman")
}

// keepsSecret fails the journey where the token of a link stands in a file of
// the house, or in what it has printed.
func (j *journey) keepsSecret(house *program, token string) {
	j.Helper()
	if len(token) < 40 {
		j.Fatalf("%q is no token", token)
	}
	for _, name := range []string{store.FileName, store.FileName + "-wal"} {
		content, err := os.ReadFile(filepath.Join(house.data, name))
		j.must(err)
		if strings.Contains(string(content), token) {
			j.Errorf("the token stands in %s", name)
		}
	}
	if said := house.out.String() + house.err.String(); strings.Contains(said, token) {
		j.Errorf("the token stands in the log:\n%s", said)
	}
}

// lookingAfterInvitations makes links, voids them with fresh ones, changes what
// is offered, sends again, and revokes: what does not work any more says so
// alike.
func lookingAfterInvitations(j *journey) {
	house := j.household(household(j))
	b := j.asOwner(house, "/admin/users")
	b.follow("link", "Invite", "/admin/guests/invite")
	b.click("radio", "By a link alone")
	b.fill("A name to remember it by", "Priya")
	b.follow("button", "Invite", "/admin/guests/invite")
	b.sees("A link for Priya")
	first := b.shownLink()
	guest := j.visit(house)
	guest.open(first)
	guest.sees("Mara invites you to Usher")

	b.follow("link", "Done", "/admin/invitations")
	b.click("button", "More for Priya")
	b.judge()
	b.follow("button", "Copy a fresh link", "/admin/invitations/*/link")
	fresh := b.shownLink()
	guest.open(first)
	guest.sees("This invitation does not work")
	refusal := guest.text()
	guest.open(fresh)

	b.open("/admin/invitations")
	b.follow("link", "Priya", "/admin/invitations/*")
	b.sees("Opened")
	b.set("#ends", "2000-01-01")
	b.follow("button", "Save", "/admin/invitations/*")
	b.sees("Nothing is saved yet.")
	b.set("#ends", "2099-12-31")
	b.click("checkbox", "All libraries")
	b.clickOn(`input[name=library][value="2"]`)
	b.follow("button", "Save", "/admin/invitations/*")
	b.sees("The invitation of Priya is saved.")
	guest.open(fresh)
	guest.sees("Music")
	guest.sees("31 December 2099")

	elsewhere := j.as(house, "Elsa", "/account")
	elsewhere.open(fresh)
	elsewhere.sees("You are signed in as Elsa")
	elsewhere.follow("button", "Sign out", fresh)
	elsewhere.sees("Make your account")

	b.click("link", "Revoke…")
	b.find("dialog", "Revoke the invitation of Priya?")
	b.judge()
	b.follow("button", "Revoke the invitation", "/admin/invitations")
	b.sees("The invitation of Priya is revoked.")
	for _, link := range []string{first, fresh, "/join/made-up"} {
		guest.open(link)
		if guest.text() != refusal {
			j.Errorf("two links that do not work read differently:\n%s\n%s", guest.text(), refusal)
		}
	}
	elsewhere.fill("Your name", "Priya")
	elsewhere.fill("Password", newPassword)
	elsewhere.follow("button", "Accept and come in", "/join/*")
	elsewhere.sees("This invitation does not work")
}

// shownLink is the one link on the page, as a path of the house.
func (b *tab) shownLink() string {
	b.Helper()
	link, ok := ask[string](b, `document.querySelector("#link-1").value`)
	path, ours := strings.CutPrefix(link, b.house.address)
	if !ok || !ours {
		b.give("the link is %q", link)
	}
	return path
}

// invitationsInEveryState adds some, named for their state.
func invitationsInEveryState(p *preparation) {
	p.Helper()
	add := func(name string, i store.Invitation) {
		i.Inviter, i.Life = "Mara", 7*store.Day
		if i.ExpiresAt.IsZero() {
			i.ExpiresAt = p.store.Now().Add(6 * store.Day)
		}
		person := named(name)
		if person.Kind = store.KindInvited; i.Mail != "" {
			person.Email = name
		}
		person.Invitation = i
		people(person)(p)
	}
	now := p.store.Now()
	add("waiting@example.org", store.Invitation{Mail: store.LetterWaiting, MailError: "mail.example does not answer."})
	add("sent@example.org", store.Invitation{Mail: store.LetterSent})
	add("failed@example.org", store.Invitation{Mail: store.LetterFailed, MailError: "mail.example does not take e-mail for failed@example.org."})
	add("opened", store.Invitation{Opened: 2, OpenedAt: now})
	add("expiring", store.Invitation{ExpiresAt: now.Add(store.Day)})
	add("expired", store.Invitation{ExpiresAt: now.Add(-store.Day)})
	add("a name as long as a name can be, to see where it breaks, really", store.Invitation{})
}

// statesOfInvitations lists invitations in every state, and filters them.
func statesOfInvitations(j *journey) {
	house := j.household(household(j), invitationsInEveryState)
	b := j.asOwner(house, "/admin/invitations")
	for filter, who := range map[string]string{
		"Waiting": "waiting@example.org", "Sent": "sent@example.org", "Failed": "failed@example.org",
		"Opened": "opened", "Expiring": "expiring", "Expired": "expired",
	} {
		b.click("link", filter)
		b.arrive("/admin/invitations?filter=*")
		b.find("link", who)
		for _, other := range []string{"waiting@example.org", "sent@example.org", "failed@example.org", "opened", "expiring", "expired"} {
			if other != who {
				b.lacks("link", other)
			}
		}
	}
	b.judge()
	b.click("link", "Everyone")
	b.arrive("/admin/invitations")
	b.click("searchbox", "Search name or e-mail")
	b.press("fail")
	b.arrive("/admin/invitations?q=fail")
	b.find("link", "failed@example.org")
	b.lacks("link", "opened")
	b.press("xx")
	b.sees("Nobody found")
	b.judge()
	b.open("/admin/users")
	b.sees("Pending invitations")
	for _, who := range []string{"waiting@example.org", "sent@example.org", "failed@example.org", "expired"} {
		b.open("/admin/invitations?" + url.Values{"q": {who}}.Encode())
		b.follow("link", who, "/admin/invitations/*")
	}
	b.open("/admin/invitations")
	b.click("checkbox", "Select opened")
	b.click("checkbox", "Select expired")
	b.judge()
	b.click("button", "Revoke…")
	b.find("dialog", "Revoke two invitations?")
	b.judge()
	b.press(kb.Escape)
	b.lacks("dialog", "Revoke two invitations?")
	b.click("button", "Revoke…")
	b.follow("button", "Revoke two invitations", "/admin/invitations")
	b.lacks("link", "opened")
}
