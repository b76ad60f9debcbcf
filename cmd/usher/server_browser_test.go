package main

// settings are refused and saved; and they show where the owner is.
func settings(j *journey) {
	house := j.household(household(j))
	b := j.asOwner(house, "/admin/settings")
	b.sees("Where am I?")
	b.sees("127.0.0.1")
	b.sees("At home")
	b.fill("Name", "Lindqvist home")
	b.fill("Home networks", "192.168.1.0/99")
	b.follow("button", "Save settings", "/admin/settings")
	b.sees("Nothing is saved yet.")
	b.holds("Home networks", "192.168.1.0/99")
	b.fill("Home networks", "192.168.1.0/24")
	b.follow("button", "Save settings", "/admin/settings")
	b.sees("Lindqvist home")
	b.sees("Away")

	jonas := j.as(house, "Jonas Berg", "/admin/settings")
	jonas.sees("Only the owner, Mara, changes these settings")
	jonas.lacks("button", "Save settings")
}

// activity tells what was done, and is searched as one types.
func activity(j *journey) {
	b := j.asOwner(j.household(household(j)), "/admin/users")
	b.click("button", "More for Elsa")
	b.follow("button", "Disable", "/admin/users")
	b.follow("link", "Activity", "/admin/activity")
	b.sees("Mara disabled Elsa")
	b.sees("Mara signed in")
	b.click("searchbox", "Search activity")
	b.press("elsa")
	b.arrive("/admin/activity?q=elsa")
	b.seesNo("Mara signed in")
	b.sees("Mara disabled Elsa")
	b.focusOn("searchbox", "Search activity")
	b.press("x")
	b.sees("Nothing found for “elsax”")
	b.judge()
	b.click("link", "Show everything")
	b.sees("Mara signed in")
}
