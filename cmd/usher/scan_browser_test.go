package main

import (
	"regexp"

	"usher/store"
)

// watchingAScan makes a library and watches its scan, on its page and in the
// worker log, until it is cancelled; and does so again without scripts. While a
// scan runs nothing is judged that a quick scan would not wait for.
func watchingAScan(j *journey) {
	house, disk := j.household(), wordy(j, 1500)
	b, log := j.asOwner(house, "/admin/libraries/new"), j.asOwner(house, "/admin/activity/jobs")
	plain := j.visitUnscripted(house)
	plain.wander("/admin/libraries", "/sign-in*")
	plain.signIn("Mara", goodPassword, "/admin/libraries")
	log.sees("Nothing is done yet")
	b.fill("Name", "Archive")
	b.fill("Folders", disk.folder)
	b.pass("button", "Add library", "/admin/libraries/1")
	log.find("progressbar", "Progress: Scan of Archive")
	b.find("progressbar", "Progress: Scan of Archive")
	b.goesOn()
	b.pass("button", "Cancel the scan", "/admin/libraries/1")
	for _, page := range []*tab{b, log} {
		page.sees("Cancelled")
		page.sees("What was found before it was cancelled stays.")
		page.lacks("progressbar", "Progress: Scan of Archive")
		page.judge()
	}
	log.find("link", "All users")
	log.find("link", "Mara")

	plain.open("/admin/libraries/1")
	plain.pass("button", "Scan now", "/admin/libraries/1")
	for !plain.has("progressbar", "Progress: Scan of Archive") {
		plain.pass("link", "Refresh", "/admin/libraries/1")
	}
	plain.pass("button", "Cancel the scan", "/admin/libraries/1")
	for plain.has("link", "Refresh") {
		plain.pass("link", "Refresh", "/admin/libraries/1")
	}
	plain.sees("Cancelled")
	plain.follow("link", "Scan of Archive", "/admin/activity/jobs/2")
	plain.sees("Mara asked for it")

	b.pass("button", "Scan now", "/admin/libraries/1")
	b.sees("Runs")
	b.judge()
	log.judge()
}

var lookedAt = regexp.MustCompile(`([\d,]+) (?:of about [\d,]+ )?files looked at`)

// goesOn waits until the page says of more and more files that they were looked
// at.
func (b *tab) goesOn() {
	b.Helper()
	first := ""
	b.until("the scan goes on", func() bool {
		now := firstGroup(lookedAt, b.text())
		if first == "" && now != "0" {
			first = now
		}
		return first != "" && now != "" && now != first
	})
}

// correcting reads what a scan could not read, rates what has no rating and
// corrects one film; another scan leaves it so.
func correcting(j *journey) {
	b := j.asOwner(j.household(films(j).library("Films", store.KindFilms)), "/admin/libraries/1")
	b.sees("5 films")
	b.judge()
	b.follow("link", "Two things could not be read.", "/admin/activity/jobs/1")
	b.sees("Elsewhere")
	b.sees("This is a link that leads out of the library’s folder. Usher does not follow it.")
	b.sees("Wreck (2001)/movie.nfo")
	b.follow("link", "Open the library", "/admin/libraries/1")

	b.follow("link", "3 unrated", "/admin/libraries/1/titles?*")
	b.lacks("link", "Alien")
	b.click("checkbox", "Select Home")
	b.click("checkbox", "Select The Fog")
	b.sees("With 2 selected")
	b.judge()
	b.fill("Rating", "PG-13")
	b.follow("button", "Rate", "/admin/libraries/1/titles?*")
	b.sees("Two titles are corrected. “PG-13” counts as PG-13 (13).")
	b.lacks("checkbox", "Select Home")
	b.click("link", "All")
	b.follow("link", "Alien", "/admin/titles/*")
	b.sees("The disk says: R.")
	b.fill("Year", "197")
	b.follow("button", "Save", "/admin/titles/*")
	b.sees("Nothing is saved yet.")
	b.fill("Year", "1979")
	b.fill("Rating", "FSK 16")
	b.fill("Labels", "grim\nspace")
	b.follow("button", "Save", "/admin/titles/*")
	b.sees("Alien is saved.")
	b.sees("“FSK 16” counts as")

	b.open("/admin/libraries/1")
	b.follow("button", "Scan now", "/admin/libraries/1")
	b.sees("Mara asked for it")
	b.sees("Nothing has changed.")
	b.follow("link", "3 corrected", "/admin/libraries/1/titles?*")
	for _, name := range []string{"Alien", "Home", "The Fog"} {
		b.find("checkbox", "Select "+name)
	}
	b.sees("FSK 16, counts as")
	b.click("checkbox", "Select Alien")
	b.follow("button", "Correct more…", "/admin/libraries/1/titles")
	b.click("checkbox", "Labels")
	b.follow("button", "Save", "/admin/libraries/1/titles*")
	b.sees("Alien is corrected.")
	b.follow("link", "Alien", "/admin/titles/*")
	b.holds("Labels", "grim")
	b.holds("Rating", "FSK 16")
	b.follow("link", "Activity", "/admin/activity")
	b.sees("Alien")
}
