package main

import (
	"strings"

	"usher/store"
)

// lookingAfterDevices signs somebody in on two devices, names one, and ends the other
// from it while that plays; then signs out everywhere else.
func lookingAfterDevices(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa")))
	tv, phone := j.as(house, "Elsa", "/"), j.as(house, "Elsa", "/account/devices")
	phone.sees("This device")
	phone.judge()
	phone.clickOn(`.row:has(.badge.accent) [href$="/name"]`)
	phone.find("dialog", "What do you call this device?")
	phone.judge()
	phone.fill("Name (optional)", "Elsa’s phone")
	phone.follow("button", "Save", "/account/devices")
	phone.sees("Elsa’s phone")

	tv.scanned("The Harbour")
	tv.open(tv.leadsTo("The Harbour"))
	tv.click("button", "Play")
	tv.playsFrom(0)
	phone.open("/account/devices?filter=playing")
	phone.sees("Plays “The Harbour”")
	phone.judge()
	phone.follow("button", "Sign out and remove Headless Chrome on Linux", "/account/devices*")
	phone.sees("You are signed out on Headless Chrome on Linux, and it is removed.")
	tv.sees("You are signed out. Sign in to go on where you were.")
	tv.until("it plays no more", func() bool { p, ok := tv.plays(); return ok && p.Paused && p.Length == 0 })

	tablet := j.as(house, "Elsa", "/")
	phone.open("/account/devices")
	phone.follow("button", "Sign out everywhere else", "/account/devices")
	phone.sees("You are signed out everywhere else: on one device.")
	tablet.wander("/account", "/sign-in*")
	phone.follow("button", "Sign out here", "/sign-in*")
}

// everybodysDevices are looked through and ended by the owner, who sees that
// something plays, and not what.
func everybodysDevices(j *journey) {
	house := j.household(people(withPassword(j, "Elsa"), withPassword(j, "Nils")))
	elsa, nils := j.as(house, "Elsa", "/"), j.as(house, "Nils", "/")
	mara := j.asOwner(house, "/admin/devices")
	mara.sees("Three devices")
	mara.judge()
	mara.fill("Search devices", "elsa")
	mara.until("only Elsa’s are shown", func() bool { return !strings.Contains(mara.text(), "Nils") })
	mara.sees("One device found")
	mara.click("checkbox", "Select Headless Chrome on Linux of Elsa")
	mara.judge()
	mara.follow("button", "Sign out and remove", "/admin/devices*")
	mara.sees("No device here has “elsa” in its name")
	mara.judge()
	elsa.wander("/account", "/sign-in*")
	mara.open("/admin/users/3/devices")
	mara.judge()
	mara.follow("button", "Sign Nils out everywhere", "/admin/users/3/devices")
	mara.sees("Nils is signed out everywhere: on one device.")
	nils.wander("/account", "/sign-in*")
}
