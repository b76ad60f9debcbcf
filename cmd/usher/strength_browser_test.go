package main

import "usher/store"

// enteringByPIN comes in by the PIN, is asked for the password before the admin
// area, and again, ten minutes later, before what is dangerous.
func enteringByPIN(j *journey) {
	house := j.household(household(j))
	b := j.asOwner(house, "/account/pin")
	b.fill("Your password", goodPassword)
	b.fill("New PIN", "4711")
	b.follow("button", "Save PIN", "/account")
	b.open("/")
	b.signOut()
	b.follow("link", "Mara Owner PIN", "/sign-in*")
	b.leaving()
	b.press("4711")
	b.at("/")

	b.wander("/admin/users", "/account/confirm*")
	b.sees("since you came in without it")
	b.follow("link", "Cancel", "/")
	b.wander("/admin/users", "/account/confirm*")
	b.fill("Your password", "not this one")
	b.follow("button", "Continue", "/account/confirm")
	b.sees("This is not your password.")
	b.fill("Your password", goodPassword)
	b.follow("button", "Continue", "/admin/users")

	b.follow("link", "Elsa", "/admin/users/*")
	b.fill("Name", "Elsa Lind")
	b.fill("Note (optional)", "Our neighbour, who minds the cat")
	b.click("checkbox", "Administrator")
	house.proveEarlier(store.ConfirmLife)
	b.follow("button", "Save profile", "/admin/users/*")
	b.sees("Nothing that you typed is lost.")
	b.fill("Your password", "not this one")
	b.follow("button", "Continue", "/admin/users/*")
	b.sees("This is not your password.")
	b.fill("Your password", goodPassword)
	b.follow("button", "Continue", "/admin/users/*")
	b.holds("Name", "Elsa Lind")
	b.holds("Note (optional)", "Our neighbour, who minds the cat")
	b.ticked("checkbox", "Administrator", true)

	house.proveEarlier(store.ConfirmLife)
	b.click("link", "Hand over ownership…")
	b.find("dialog", "Hand ownership over to Elsa Lind?")
	b.follow("button", "Hand over ownership", "/admin/users/*/ownership")
	b.fill("Your password", goodPassword)
	b.follow("button", "Continue", "/admin/users/*")
	b.sees("Elsa Lind is the owner now")

	unscripted := j.visitUnscripted(house)
	unscripted.wander("/sign-in?by=name", "/sign-in*")
	unscripted.signIn("Elsa Lind", goodPassword, "/")
	house.proveEarlier(store.ConfirmLife)
	unscripted.wander("/admin/settings", "/admin/settings")
	unscripted.fill("Ask for the password again after … hours", "24")
	unscripted.follow("button", "Save settings", "/admin/settings")
	unscripted.fill("Your password", goodPassword)
	unscripted.follow("button", "Continue", "/admin/settings")
	unscripted.sees("The settings are saved.")
}
