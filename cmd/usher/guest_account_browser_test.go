package main

// guestAccount lets visitors in at home, by the name alone, to what is open to
// them; switched off, it keeps that.
func guestAccount(j *journey) {
	house := j.household(household(j))
	owner := j.asOwner(house, "/admin/users")
	owner.follow("button", "Enable guest", "/admin/users/*/access")
	owner.sees("Visitors can sign in at home as Guest.")
	owner.ticked("checkbox", "All libraries", false)
	owner.click("checkbox", "Films")
	owner.follow("button", "Save access", "/admin/users/*/access")
	owner.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	owner.lacks("link", "Configure password")
	owner.follow("link", "Profile", "/admin/users/*")
	owner.lacks("textbox", "E-mail (optional)")
	owner.fill("Name", "Visitors")
	owner.follow("button", "Save profile", "/admin/users/*")

	sofa := j.visit(house)
	sofa.open("/sign-in")
	sofa.signIn("visitors", "", "/")
	sofa.sees("Hello, Visitors")
	sofa.sees("Films")
	sofa.seesNo("Music")
	sofa.follow("link", "My account", "/account")
	sofa.sees("Guest account, for everyone who visits")
	sofa.lacks("link", "Password")
	sofa.open("/admin/users")
	sofa.sees("This is not open to you")

	owner.open("/admin/users")
	owner.sees("Signs in at home only")
	owner.lacks("button", "Enable guest")
	owner.click("button", "More for Visitors")
	owner.judge()
	owner.follow("button", "Disable", "/admin/users")
	sofa.wander("/", "/sign-in*")
	sofa.signIn("Visitors", "", "/sign-in")

	owner.follow("button", "Enable guest", "/admin/users/*/access")
	owner.sees("What they may watch is as it was.")
	owner.ticked("checkbox", "Films", true)
	owner.ticked("checkbox", "Music", false)
	sofa.signIn("Visitors", "", "/")

	owner.leaveHome()
	sofa.wander("/", "/sign-in*")
	sofa.signIn("Visitors", "", "/sign-in")
}

// leaveHome makes everyone away from home, as the owner.
func (b *tab) leaveHome() {
	b.Helper()
	b.open("/admin/settings")
	b.fill("Home networks", "192.168.1.0/24")
	b.follow("button", "Save settings", "/admin/settings")
	b.sees("Away")
}
