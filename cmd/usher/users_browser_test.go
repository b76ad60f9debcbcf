package main

import (
	"fmt"

	"usher/store"
)

// household is one in which every filter finds somebody.
func household(j *journey) func(*preparation) {
	return func(p *preparation) {
		jonas := withPassword(j, "Jonas Berg")
		jonas.Email, jonas.Administrator = "jonas@lindqvist.example", true
		elsa := withPassword(j, "Elsa")
		elsa.Access = store.Access{AllChannels: true}
		oskar := withPassword(j, "Oskar")
		oskar.Disabled = true
		rooms(p)
		people(jonas, elsa, named("Nils"), oskar)(p)
	}
}

// findingUsers searches as the name is typed, which keeps the focus and moves
// the address along, filters and sorts.
func findingUsers(j *journey) {
	b := j.asOwner(j.household(household(j)), "/admin/users")
	b.click("searchbox", "Search name or e-mail")
	b.press("b")
	b.arrive("/admin/users?q=b")
	b.find("link", "Jonas Berg")
	b.lacks("link", "Elsa")
	b.press("e")
	b.arrive("/admin/users?q=be")
	b.focusOn("searchbox", "Search name or e-mail")
	if caret, _ := ask[int](b, `document.activeElement.selectionStart`); caret != 2 {
		j.Errorf("the caret is at %d after two letters", caret)
	}
	b.press("zz")
	b.sees("Nobody found")
	b.sees("“bezz”")
	b.judge()
	b.click("link", "Clear the search")
	b.arrive("/admin/users")
	b.find("link", "Elsa")

	for filter, who := range map[string]string{"Administrators": "Jonas Berg", "Restricted": "Elsa", "Disabled": "Oskar", "No password": "Nils"} {
		b.click("link", filter)
		b.arrive("/admin/users?filter=*")
		b.find("link", who)
		for _, other := range []string{"Jonas Berg", "Elsa", "Oskar", "Nils"} {
			if other != who {
				b.lacks("link", other)
			}
		}
	}
	b.judge()
	b.click("link", "Everyone")
	b.arrive("/admin/users")
	b.find("link", "Elsa")
	b.set("#sort", "newest")
	b.arrive("/admin/users?sort=newest")
	b.until("the newest are on top", func() bool {
		first, ok := ask[string](b, `document.querySelector(".row .name a").innerText`)
		return ok && first != "Elsa"
	})
	b.judge()
}

// pagesOfUsers turns the pages of 121 people, and goes back with the browser.
func pagesOfUsers(j *journey) {
	crowd := make([]store.Person, 120)
	for i := range crowd {
		crowd[i] = named(fmt.Sprintf("Person %03d", i+1))
	}
	b := j.asOwner(j.household(people(crowd...)), "/admin/users")
	b.sees("Page 1 of 3")
	b.click("link", "Next page")
	b.arrive("/admin/users?page=2")
	b.sees("Page 2 of 3")
	b.find("link", "Person 050")
	b.judge()
	b.click("link", "3")
	b.arrive("/admin/users?page=3")
	b.sees("Page 3 of 3")
	b.find("link", "Person 120")
	b.must(b.back())
	b.arrive("/admin/users?page=2")
	b.sees("Page 2 of 3")
	b.click("searchbox", "Search name or e-mail")
	b.press("person 11")
	b.arrive("/admin/users?q=person+11")
	b.seesNo("Page ")
	b.find("link", "Person 110")
}

// severalUsers are ticked, and changed together.
func severalUsers(j *journey) {
	b := j.asOwner(j.household(household(j)), "/admin/users")
	b.click("checkbox", "Select Elsa")
	b.click("checkbox", "Select Nils")
	b.sees("With 2 selected")
	b.judge()
	b.follow("button", "Disable", "/admin/users")
	b.sees("Elsa and Nils")
	b.click("checkbox", "Select Elsa")
	b.click("checkbox", "Select Nils")
	b.follow("button", "Enable", "/admin/users")
	b.click("checkbox", "Select Elsa")
	b.click("checkbox", "Select Nils")
	b.follow("button", "Give access", "/admin/users")
	b.ticked("checkbox", "All libraries", true)
	b.click("checkbox", "All libraries")
	b.click("checkbox", "Music")
	b.follow("button", "Save for two people", "/admin/users")
	b.sees("may watch is saved.")

	b.click("checkbox", "Select all")
	b.sees("With 4 selected")
	b.click("button", "Delete…")
	b.find("dialog", "Delete four people?")
	b.click("link", "Cancel")
	b.open("/admin/users")
	b.click("checkbox", "Select Elsa")
	b.click("checkbox", "Select Oskar")
	b.click("button", "Delete…")
	b.find("dialog", "Delete two people?")
	b.sees("Elsa and Oskar")
	b.judge()
	b.click("link", "Cancel")
	b.lacks("dialog", "Delete two people?")
	b.ticked("checkbox", "Select Elsa", true)
	b.click("button", "Delete…")
	b.follow("button", "Delete two people", "/admin/users")
	b.sees("Elsa and Oskar are deleted.")
	b.lacks("link", "Oskar")
	b.find("link", "Nils")
}
