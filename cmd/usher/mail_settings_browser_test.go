package main

import "strings"

// settingUpMail names a mail server, tries it, sends a link with it that a new
// user follows, and switches it off again.
func settingUpMail(j *journey) {
	mail := j.mailbox()
	owner := j.asOwner(j.household(), "/admin/settings/mail")
	owner.sees("E-mail is not set up.")
	host, port, _ := strings.Cut(mail.box.Addr(), ":")
	owner.fill("Server", "mail example")
	owner.fill("Sender", "usher@example.org")
	owner.set("#encryption", "smtp")
	owner.fill("Port (optional)", port)
	owner.follow("button", "Save mail server", "/admin/settings/mail")
	owner.sees("Name the mail server, such as mail.example")
	owner.holds("Port (optional)", port)
	owner.fill("Server", host)
	owner.follow("button", "Save mail server", "/admin/settings/mail")
	owner.sees("The mail server is saved.")
	owner.fill("To", "mara@example.org")
	owner.follow("button", "Send a test", "/admin/settings/mail")
	owner.sees("took the test for mara@example.org")
	mail.letter("mara@example.org", "E-mail works")

	owner.open("/admin/users/new")
	owner.fill("Name", "Elsa")
	owner.click("radio", "E-mail a one-time link to set a password")
	owner.follow("button", "Create user", "/admin/users/new")
	owner.sees("Type the address that the link goes to.")
	owner.fill("E-mail (optional)", "elsa@example.org")
	owner.follow("button", "Create user", "/admin/users")
	owner.sees("on its way to elsa@example.org")

	elsa := j.visit(owner.house)
	elsa.openLetter(mail.letter("elsa@example.org", "Choose a password for Usher"), "/reset/*")
	elsa.fill("New password", newPassword)
	elsa.follow("button", "Save password", "/")
	elsa.sees("Hello, Elsa")

	owner.open("/admin/settings/mail")
	owner.sees("Password link to elsa@example.org")
	owner.click("link", "Switch e-mail off…")
	owner.sees("Switch e-mail off?")
	owner.judge()
	owner.follow("button", "Switch e-mail off", "/admin/settings/mail")
	owner.sees("E-mail is switched off.")
}
