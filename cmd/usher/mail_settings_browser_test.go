package main

import (
	"net"
	"strings"

	"usher/internal/letterbox"
)

// settingMailUp names a mail server, tries it, and sees what becomes of e-mails
// that it does not take.
func settingMailUp(j *journey) {
	mail := j.mailbox()
	house := j.household(household(j))
	b := j.asOwner(house, "/admin/settings/mail")
	b.namesServer(mail)

	b.fill("To", "mara@example.org")
	b.follow("button", "Send a test", "/admin/settings/mail")
	b.sees("took the test for mara@example.org")
	mail.letter("mara@example.org", "E-mail works")

	mail.box.Fail(letterbox.RefuseRecipient)
	b.fill("To", "mara@example.org")
	b.follow("button", "Send a test", "/admin/settings/mail/test*")
	b.sees("does not take e-mail for mara@example.org")
	b.open("/admin/guests/invite")
	b.fill("E-mail addresses", "priya@example.org")
	b.follow("button", "Invite", "/admin/invitations")
	b.comesToSay("E-mail failed")
	b.follow("link", "priya@example.org", "/admin/invitations/*")
	b.sees("Not sent to priya@example.org.")

	mail.box.Fail(letterbox.NoFault)
	b.open("/admin/settings/mail")
	b.sees("Not sent")
	b.follow("button", "Send again: Invitation to priya@example.org", "/admin/settings/mail*")
	mail.letter("priya@example.org", "Mara invites you to Usher")
	b.comesToSay("The mail server took it")
	b.mailsPasswordLinks(mail)

	jonas := j.as(house, "Jonas Berg", "/admin/settings/mail")
	jonas.sees("Only the owner, Mara, changes these settings")
	jonas.lacks("button", "Save mail server")
	jonas.open("/account")
	jonas.click("checkbox", "E-mail me when somebody whom I invited accepts, or somebody registers")
	jonas.follow("button", "Save", "/account")

	b.open("/admin/settings/mail")
	b.click("link", "Switch e-mail off…")
	b.find("dialog", "Switch e-mail off?")
	b.judge()
	b.follow("button", "Switch e-mail off", "/admin/settings/mail")
	b.sees("E-mail is switched off.")
}

// namesServer saves the mail server, after one that is none.
func (b *tab) namesServer(mail *mailbox) {
	b.Helper()
	host, port, err := net.SplitHostPort(mail.box.Addr())
	b.must(err)
	b.sees("E-mail is not set up.")
	b.fill("Server", "mail.example")
	b.fill("Port (optional)", "a door")
	b.fill("Sender", "usher@example.org")
	b.follow("button", "Save mail server", "/admin/settings/mail")
	b.sees("Nothing is saved yet")
	b.holds("Port (optional)", "a door")
	b.fill("Server", host)
	b.fill("Port (optional)", port)
	b.set("#encryption", "smtp")
	b.follow("button", "Save mail server", "/admin/settings/mail")
	b.sees("The mail server is saved.")
}

// mailsPasswordLinks has links sent to a user who is new, and to one who is
// not.
func (b *tab) mailsPasswordLinks(mail *mailbox) {
	b.Helper()
	b.open("/admin/users/new")
	b.click("radio", "E-mail a one-time link to set a password")
	b.fill("Name", "Nora")
	b.follow("button", "Create user", "/admin/users/new")
	b.sees("Type the address that the link goes to.")
	b.fill("E-mail (optional)", "nora@example.org")
	b.follow("button", "Create user", "/admin/users*")
	first := mail.letter("nora@example.org", "Choose a password for Usher")
	mail.box.Take()
	b.open("/admin/users")
	b.follow("link", "Nora", "/admin/users/*")
	b.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	b.follow("button", "Send a reset link", "/admin/users/*/sign-in*")
	second := mail.letter("nora@example.org", "Choose a password for Usher")

	nora := b.visit(b.house)
	nora.openLetter(first, "/reset/*")
	nora.sees("This link does not work")
	nora.openLetter(second, "/reset/*")
	nora.fill("New password", newPassword)
	nora.follow("button", "Save password", "/")
	nora.sees("Hello, Nora")
}

// comesToSay looks at the page again until it says the words.
func (b *tab) comesToSay(words string) {
	b.Helper()
	here := b.where()
	b.until("the page comes to say "+words, func() bool {
		b.wander(here, here)
		return strings.Contains(b.text(), words)
	})
}
