package main

import (
	"strings"

	"github.com/chromedp/chromedp/kb"

	"usher/demo"
	"usher/internal/chromium"
)

// phone is how a tab looks in a hand.
var phone = chromium.Look{Width: 390, Height: 844}

// madeUp is a preparation: the libraries of the demo, with its media.
func madeUp(p *preparation) {
	p.Helper()
	household, err := demo.Household(p.store.Folder(), 0, "", p.store.Now())
	p.must(err)
	household.People = nil
	_, err = p.store.AddHousehold(p.Context(), household)
	p.must(err)
	p.must(demo.Media(p.store.Folder(), p.store.Now()))
}

// lookingAround goes through what there is to watch, on a phone and then by
// keyboard alone.
func lookingAround(j *journey) {
	house := j.household(madeUp, people(named("Elsa")))
	b := j.visit(house)
	b.look = phone
	b.must(phone.Apply(b.ctx))
	b.open("/sign-in")
	b.signIn("Elsa", "", "/")
	b.until("everything is found", func() bool {
		b.wander("/", "/")
		return strings.Contains(b.text(), "Recently added in Family photos")
	})
	b.sees("Recently added in Films")
	b.judge()
	b.browses()
	b.goesInto()

	keys := j.visit(house)
	keys.open("/sign-in")
	keys.signIn("Elsa", "", "/")
	keys.tabTo("searchbox", "Search all libraries")
	keys.typeInto("paper")
	keys.going("/search?q=paper", kb.Enter)
	keys.tabTo("link", "Paper Boats")
	keys.going("/titles/*", kb.Enter)
	keys.tabTo("link", "Family")
	keys.going("/libraries/1?genre=Family", kb.Enter)
	keys.tabTo("searchbox", "Search in Films")
	keys.typeInto("light")
	keys.arrive("/libraries/1?q=light&genre=Family")
	keys.sees("One film found")
	keys.onFocus("searchbox", "Search in Films")
	keys.tabTo("link", "Show everything")
	keys.press(kb.Enter)
	keys.arrive("/libraries/1")
	keys.sees("Northbound")
	keys.judge()
}

// browses filters, sorts and searches films.
func (b *tab) browses() {
	b.Helper()
	b.open("/libraries/1")
	b.sees("Northbound")
	b.set("select[name=genre]", "Family")
	b.arrive("/libraries/1?genre=Family")
	b.seesNo("Northbound")
	b.set("select[name=label]", "gentle")
	b.arrive("/libraries/1?genre=Family&label=gentle")
	b.find("link", "Paper Boats 2003")
	b.judge()
	b.click("searchbox", "Search in Films")
	b.press("zz")
	b.sees("Nothing found")
	b.judge()
	b.click("link", "Show everything")
	b.arrive("/libraries/1")
	b.set("#sort", "year")
	b.arrive("/libraries/1?sort=year")
	b.sees("Northbound")
	b.open(b.leadsTo("Paper Boats"))
	b.sees("Two brothers follow a letter")
	b.followOn(`.facts a[href$="label=sea"]`, "/libraries/1?label=sea")
	b.sees("found")
}

// goesInto goes from a series to an episode, from an artist to a track, and
// along a wall of pictures.
func (b *tab) goesInto() {
	b.Helper()
	b.open("/libraries/2")
	b.open(b.leadsTo("The Harbour Office"))
	b.sees("Two seasons")
	b.open(b.leadsTo("Season 2"))
	b.sees("Six episodes")
	b.followOn(".episodes .row:last-child a", "/titles/*")
	b.sees("Episode 6")
	b.followOn(".trail a:nth-of-type(2)", "/titles/*")
	b.sees("Seasons")

	b.open("/libraries/4?show=artist")
	b.open(b.leadsTo("The Ferrymen"))
	b.sees("Two albums")
	b.open(b.leadsTo("Low Tide Songs"))
	b.sees("Five tracks")
	b.followOn(".tracks .row:first-child a", "/titles/*")
	b.sees("Rope and Tar")
	b.open("/libraries/4?show=track&q=harb")
	b.sees("The Harbour Bell")

	b.open("/libraries/5")
	b.sees("February 2026")
	b.sees("June 2025")
	b.followOn(".wall a", "/titles/*")
	b.sees("Taken on 14 February 2026")
	b.until("the picture is there", func() bool {
		width, _ := ask[int](b, `document.querySelector(".photo img")?.naturalWidth ?? 0`)
		return width > 0
	})
}
