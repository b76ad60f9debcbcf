package main

import (
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// restrictingAChild restricts Elsa with a preset and paints her hours. Elsa
// finds less then, by list, search and address; and an administrator reads why,
// who sees a title, and looks as Elsa does.
func restrictingAChild(j *journey) {
	house := j.household(films(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa")))
	b := j.asOwner(house, "/libraries/1")
	b.until("everything is found", func() bool {
		b.wander("/libraries/1", "/libraries/1")
		return strings.Contains(b.text(), "Five films")
	})
	bear, alien := b.leadsTo("The Bear"), b.leadsTo("Alien")

	b.open("/admin/users")
	b.follow("link", "Elsa", "/admin/users/*")
	elsa := b.where()
	b.follow("link", "Restrictions", elsa+"/restrictions")
	b.sees("5 of 5")
	b.click("button", "Younger child")
	b.sees("1 of 5")
	b.sees("Just hidden, for example: ")
	if _, gone, _ := strings.Cut(b.text(), "Just hidden, for example: "); strings.Count(strings.SplitN(gone, "\n", 2)[0], "“") != 3 {
		j.Errorf("just hidden are not three: %s", gone)
	}
	b.judge()
	b.paintHours()
	b.follow("button", "Save restrictions", elsa+"/restrictions")
	b.sees("The restrictions of Elsa are saved.")
	b.holds("Monday", "03:00–24:00")
	b.holds("Tuesday", "02:00–24:00")
	b.open("/admin/users")
	b.sees("Up to age 6")

	child := j.as(house, "Elsa", "/")
	child.seesOnlyTheBear(bear, alien)
	b.explains(elsa, bear, alien)

	b.open(elsa)
	b.follow("button", "View as Elsa", "/")
	b.sees("You see what Elsa sees.")
	b.seesOnlyTheBear(bear, alien)
	b.lacks("link", "My account")
	b.open("/account/password")
	b.lacks("button", "Change password")
	b.open(alien)
	b.follow("link", "Why?", "/admin/titles/*/why*")
	b.sees("It is hidden from Elsa.")
	b.sees("You are viewing Usher as Elsa.")
	b.follow("button", "Stop", elsa)
	b.sees("You see what you yourself see again.")
	b.open(alien)
	b.open("/admin/activity")
	b.sees("Mara began to view Usher as Elsa.")
	b.sees("Mara stopped viewing Usher as Elsa.")
	b.sees("Mara changed the restrictions of Elsa")
}

// paintHours closes the first hours of Monday with the mouse, and those of
// Tuesday with the keyboard.
func (b *tab) paintHours() {
	b.Helper()
	b.drag("Monday 00:00 to 01:00, open", "Monday 02:00 to 03:00, open")
	b.find("gridcell", "Monday 02:00 to 03:00, closed")
	b.holds("Monday", "03:00–24:00")
	b.onFocus("gridcell", "Monday 00:00 to 01:00, closed")
	b.press(kb.ArrowDown)
	b.onFocus("gridcell", "Tuesday 00:00 to 01:00, open")
	b.press(" ")
	b.onFocus("gridcell", "Tuesday 00:00 to 01:00, closed")
	b.press(kb.ArrowRight, kb.ModifierShift)
	b.onFocus("gridcell", "Tuesday 01:00 to 02:00, closed")
	b.holds("Tuesday", "02:00–24:00")
	b.judge()
}

// drag presses the mouse on one hour, and lets go on another.
func (b *tab) drag(from, to string) {
	b.Helper()
	x, y := b.reach("gridcell "+to, b.named("gridcell", to))
	fromX, fromY := b.reach("gridcell "+from, b.named("gridcell", from))
	b.mouse(input.DispatchMouseEventTypeMousePressed, fromX, fromY)
	b.mouse(input.DispatchMouseEventTypeMouseMoved, (fromX+x)/2, (fromY+y)/2)
	b.mouse(input.DispatchMouseEventTypeMouseMoved, x, y)
	b.mouse(input.DispatchMouseEventTypeMouseReleased, x, y)
}

// seesOnlyTheBear finds one film at home, in the library and by searching; and
// the address of another leads nowhere, as one does that there is not.
func (b *tab) seesOnlyTheBear(bear, alien string) {
	b.Helper()
	b.open("/")
	b.sees("The Bear")
	b.seesNo("Alien")
	b.open("/libraries/1")
	b.sees("One film")
	b.seesNo("Alien")
	b.open("/search?q=al")
	b.sees("Nothing found")
	b.open("/search?q=bea")
	b.sees("The Bear")
	b.open(bear)
	b.sees("A cub and a grizzly.")
	b.open("/titles/999999")
	nothing := b.text()
	b.open(alien)
	if b.text() != nothing {
		b.Errorf("what is hidden reads\n%s\nand what there is not\n%s", b.text(), nothing)
	}
}

// explains reads why Elsa sees one film and not another, and who does.
func (b *tab) explains(elsa, bear, alien string) {
	b.Helper()
	b.open(alien)
	b.follow("link", "Correct it", "/admin/titles/*")
	b.follow("link", "Why?", "/admin/titles/*/why")
	b.follow("link", "Elsa", "/admin/titles/*/why?user="+strings.TrimPrefix(elsa, "/admin/users/"))
	b.sees("It is hidden from Elsa.")
	b.sees("It is rated R (17), and Elsa’s limit is")
	b.follow("link", "Who sees this?", "/admin/titles/*/audience")
	b.sees("1 of 2 people see this.")
	b.lacks("link", "Elsa")
	b.open("/admin" + bear + "/audience")
	b.sees("2 of 2 people see this.")
	b.find("link", "Elsa")
	b.open("/admin/libraries/1")
	b.follow("link", "Who sees this?", "/admin/libraries/1/audience")
	b.sees("2 of 2 people may look into this library.")
}

// leadsTo is the address of the first title whose link says so.
func (b *tab) leadsTo(words string) (address string) {
	b.Helper()
	b.until("a link says "+words, func() bool {
		address, _ = ask[string](b, `[...document.querySelectorAll("main a[href^='/titles/']")].find(a => (a.ariaLabel ?? a.innerText).includes(`+quoted(words)+`))?.getAttribute("href") ?? ""`)
		return address != ""
	})
	return address
}
