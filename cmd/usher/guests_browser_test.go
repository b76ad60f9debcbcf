package main

import (
	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// guestsOf adds two who visit.
func guestsOf(j *journey) func(*preparation) {
	priya, tom := withPassword(j, "Priya"), withPassword(j, "Tom")
	priya.Kind, priya.Email, tom.Kind = store.KindGuest, "priya@example.org", store.KindGuest
	return people(priya, tom)
}

// lookingAfterGuests changes what is an administrator's to change, and lets
// guests change the rest.
func lookingAfterGuests(j *journey) {
	house := j.household(household(j), guestsOf(j))
	priya := j.as(house, "Priya", "/account")
	b := j.asOwner(house, "/admin/users")
	b.find("link", "Tom")
	b.open("/admin/guests")
	b.click("searchbox", "Search name or e-mail")
	b.press("pri")
	b.arrive("/admin/guests?q=pri")
	b.lacks("link", "Tom")
	b.press("zz")
	b.sees("Nobody found")
	b.judge()
	b.open("/admin/guests")
	b.follow("link", "Priya", "/admin/users/*")
	b.sees("Only Priya can change the name")
	b.fill("Note (optional)", "From the choir.")
	b.set("#ends", "2000-01-01")
	b.follow("button", "Save profile", "/admin/users/*")
	b.set("#ends", "2099-12-31")
	b.follow("button", "Save profile", "/admin/users/*")
	b.sees("Priya’s profile is saved.")
	b.follow("link", "Access", "/admin/users/*/access")
	b.click("checkbox", "All libraries")
	b.click("checkbox", "Films")
	b.follow("button", "Save access", "/admin/users/*/access")
	b.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	b.lacks("link", "Configure password")
	b.lacks("button", "Send a reset link")
	b.followOn(".tabs a:last-child", "/admin/users/*/activity")
	priya.looksAfterHerself()

	b.open("/admin/guests")
	b.click("checkbox", "Select Priya Raman")
	b.click("checkbox", "Select Tom")
	b.judge()
	b.follow("button", "Disable", "/admin/guests")
	b.sees("Priya Raman and Tom")
	priya.wander("/", "/sign-in*")
	priya.signIn("Priya Raman", newPassword, "/sign-in")
	priya.sees("disabled")
	b.click("button", "More for Tom")
	b.judge()
	b.click("link", "Delete…")
	b.find("dialog", "Delete Tom?")
	b.judge()
	b.follow("button", "Delete Tom", "/admin/guests")
	b.lacks("link", "Tom")
}

// looksAfterHerself changes the guest's name and password, which nobody else
// can.
func (b *tab) looksAfterHerself() {
	b.Helper()
	b.open("/account")
	b.sees("31 December 2099")
	b.follow("link", "Edit profile", "/account/profile")
	b.fill("Name", "Priya Raman")
	b.fill("Your password", "not this one")
	b.follow("button", "Save", "/account/profile")
	b.sees("Nothing is saved yet.")
	b.fill("Your password", goodPassword)
	b.follow("button", "Save", "/account")
	b.sees("Priya Raman")
	b.follow("link", "Password", "/account/password")
	b.fill("Current password", goodPassword)
	b.fill("New password", newPassword)
	b.follow("button", "Save password", "/account")
}

// invitingWithoutScripts invites, joins and revokes where no page may run a
// script.
func invitingWithoutScripts(j *journey) {
	b := j.visitUnscripted(j.household(household(j)))
	b.wander("/admin/users", "/sign-in*")
	b.signIn("Mara", goodPassword, "/admin/users")
	b.follow("link", "Invite", "/admin/guests/invite")
	b.follow("button", "Invite", "/admin/guests/invite")
	b.sees("Nothing is saved yet.")
	b.fill("E-mail addresses", "priya@example.org\ntom@example.org")
	b.follow("button", "Invite", "/admin/guests/invite")
	b.sees("Two links to pass on")
	link := b.shownLink()

	guest := j.visitUnscripted(b.house)
	guest.open(link)
	guest.fill("Your name", "Priya")
	guest.fill("Password", "weak")
	guest.follow("button", "Accept and come in", "/join/*")
	guest.fill("Password", newPassword)
	guest.follow("button", "Accept and come in", "/")
	guest.sees("Welcome, Priya.")

	b.open("/admin/guests")
	b.find("link", "Priya")
	b.open("/admin/invitations")
	b.lacks("link", "priya@example.org")
	b.click("button", "More for tom@example.org")
	b.judge()
	b.follow("link", "Revoke…", "/admin/invitations/*/revoke")
	b.follow("link", "Cancel", "/admin/invitations*")
	b.click("checkbox", "Select tom@example.org")
	b.follow("button", "Revoke…", "/admin/invitations")
	b.follow("button", "Revoke the invitation", "/admin/invitations*")
	b.sees("Nobody is invited")
}

// invitingByKeyboard goes through inviting, changing and revoking without a
// pointer.
func invitingByKeyboard(j *journey) {
	b := j.asOwner(j.household(household(j)), "/admin/users")
	b.enter("link", "Invite", "/admin/guests/invite")
	b.tabTo("radio", "By e-mail address")
	b.press(kb.ArrowDown)
	b.ticked("radio", "By a link alone", true)
	b.tabTo("textbox", "A name to remember it by")
	b.typeInto("Priya")
	b.tabTo("checkbox", "All libraries")
	b.press(" ")
	b.tabTo("checkbox", "Films")
	b.press(" ")
	b.tabTo("textbox", "Greeting (optional)")
	b.typeInto("Come and watch with us!")
	b.enter("button", "Invite", "/admin/guests/invite")
	b.tabTo("button", "Copy")
	b.press(kb.Enter)
	b.sees("Copied")
	b.enter("link", "Done", "/admin/invitations")

	b.tabTo("button", "More for Priya")
	b.press(" ")
	b.onFocus("button", "Copy a fresh link")
	b.going("/admin/invitations/*/link", kb.Enter)
	b.enter("link", "Done", "/admin/invitations")
	b.tabTo("button", "More for Priya")
	b.press(" ")
	b.arrowTo("link", "Change")
	b.going("/admin/invitations/*", kb.Enter)
	b.tabTo("textbox", "Greeting (optional)")
	b.typeInto("Come soon!")
	b.enter("button", "Save", "/admin/invitations/*")
	b.enter("link", "Invitations", "/admin/invitations")
	b.tabTo("button", "More for Priya")
	b.press(" ")
	b.onFocus("button", "Copy a fresh link")
	b.press(kb.End)
	b.onFocus("link", "Revoke…")
	b.press(kb.Enter)
	b.find("dialog", "Revoke the invitation of Priya?")
	b.enter("button", "Revoke the invitation", "/admin/invitations")
	b.sees("Nobody is invited")
}
