package main

import (
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"usher/auth"
	"usher/internal/chromium"
	"usher/store"
)

// webOS is how the browser of a television calls itself.
const webOS = "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.270 Safari/537.36 WebAppManager"

var wall = chromium.Look{Width: 1920, Height: 1080}

// theTelevision picks a face, types a PIN on the keypad, plays a film, goes back,
// switches and signs out, all with the arrows, Enter and the key for going back.
func theTelevision(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(named("Nils"), named("Elsa")), withPIN("Elsa", "2580"))
	b := j.visit(house)
	b.calls(webOS, wall)
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(house.address+"/sign-in")))
	b.arrive("/sign-in")
	b.steer("link", "Elsa PIN")
	b.sends("/sign-in*")
	for _, digit := range []string{"2", "5", "8"} {
		b.steer("button", digit)
		b.press(kb.Enter)
	}
	b.steer("button", "0")
	b.sends("/")
	b.sees("Hello, Elsa")
	b.scanned("The Harbour")

	b.steer("link", "The Harbour 2003")
	b.sends("/titles/*")
	b.onFocus("button", "Play")
	b.press(kb.Enter)
	b.playsFrom(0).shows(b)
	b.steer("Video", "The Harbour")
	b.press(kb.Enter)
	b.until("it pauses", func() bool { p, ok := b.plays(); return ok && p.Paused })
	b.press(kb.Enter)
	b.playsFrom(0)
	b.press(kb.ArrowRight)
	b.playsFrom(10)
	b.press(kb.Backspace)
	b.until("back at home", func() bool { return b.where() == "/" })

	b.leavesFieldsAtTheirEnds()

	b.openCorner()
	b.steer("link", "Switch user")
	b.sends("/switch")
	b.steer("button", "Nils")
	b.sends("/")
	b.sees("Hello, Nils")

	b.openCorner()
	b.press(kb.Escape)
	b.until("the menu is closed", func() bool { return !b.has("link", "Switch user") })
	b.openCorner()
	b.arrowTo("button", "Sign out")
	b.sends("/sign-in*")
	b.sees("You have signed out.")
	for _, complaint := range b.heard() {
		b.Error(complaint)
	}
}

// leavesFieldsAtTheirEnds walks within what is typed into a field, and out of it
// where that ends.
func (b *tab) leavesFieldsAtTheirEnds() {
	b.Helper()
	b.steer("link", "Search")
	b.sends("/search")
	label := "Search all libraries"
	b.steer("searchbox", label)
	b.press("xy")
	for range 2 {
		b.press(kb.ArrowLeft)
		b.onFocus("searchbox", label)
	}
	b.press(kb.ArrowLeft)
	b.until("the arrow leaves the field", func() bool { role, _ := b.focused(); return role == "link" })
}

// arrowsAtTheDoor move the focus on any device, since faces are picked from afar,
// and change nothing else there.
func arrowsAtTheDoor(j *journey) {
	b := j.visit(j.household(people(named("Elsa"), named("Nils"))))
	b.open("/sign-in")
	b.press(kb.ArrowDown)
	b.onFocus("button", "Elsa")
	b.press(kb.ArrowRight)
	b.onFocus("link", "Mara Owner Password")
	b.press(kb.Backspace)
	b.press(kb.ArrowLeft)
	b.going("/", kb.Enter)
	b.sees("Hello, Elsa")
}

// calls has the browser call itself so, on a screen of that size.
func (b *tab) calls(agent string, look chromium.Look) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent})
	b.must(err)
	b.look = look
	b.must(look.Apply(b.ctx))
}

// withPIN is a preparation that sets somebody's PIN.
func withPIN(name, pin string) func(*preparation) {
	return func(p *preparation) {
		p.Helper()
		key, _, err := auth.OpenKey(p.Context(), p.store)
		p.must(err)
		known, err := p.store.Credentials(p.Context(), name)
		p.must(err)
		hash, err := auth.NewPorter(p.store, auth.NewHasher(), key).HashPIN(p.Context(), known.ID, pin)
		p.must(err)
		p.must(p.store.SetPIN(p.Context(), store.Console(), known.ID, hash))
	}
}

// sends presses Enter on what has the focus, which leads to another page.
func (b *tab) sends(pattern string) {
	b.Helper()
	b.leaving()
	b.press(kb.Enter)
	b.arrive(pattern)
	if wide, ok := ask[string](b, widest); !ok || wide != "" {
		b.Errorf("%s sticks out to the side: %s", b.where(), wide)
	}
}

// openCorner opens the menu of whoever is signed in.
func (b *tab) openCorner() {
	b.Helper()
	b.steerUntil("the menu in the corner", func() (string, bool) {
		return ask[string](b, `(`+wayTo+`).call(document.querySelector(".me"))`)
	})
	b.press(kb.Enter)
	b.onFocus("link", "My account")
}

// steer walks to an element as somebody does who sees where it is: by the arrow
// that leads closer, or where that leads nowhere by the other.
func (b *tab) steer(role, name string) {
	b.Helper()
	element := b.find(role, name)
	b.steerUntil(role+" "+name, func() (string, bool) { return onElement[string](b, element, wayTo) })
}

func (b *tab) steerUntil(what string, way func() (arrows string, ok bool)) {
	b.Helper()
	for range mostStops {
		arrows, ok := way()
		if !ok {
			b.give("%s is gone", what)
		}
		if arrows == "" {
			b.showsFocus()
			return
		}
		before, _ := ask[string](b, place)
		for _, arrow := range arrows {
			b.press(map[rune]string{'L': kb.ArrowLeft, 'R': kb.ArrowRight, 'U': kb.ArrowUp, 'D': kb.ArrowDown}[arrow])
			if after, _ := ask[string](b, place); after != before {
				break
			}
		}
	}
	b.give("the arrows do not come to %s", what)
}

// place tells where the focus is.
const place = `(() => { const e = document.activeElement, box = e.getBoundingClientRect(); return e.outerHTML.slice(0, 200) + (box.left + scrollX) + " " + (box.top + scrollY); })()`

// wayTo is the way from the focus to an element: the arrow of the greater distance
// first. It is "" when one is there.
const wayTo = `function() {
	const here = document.activeElement;
	if (here === this) return "";
	const middle = e => { const box = e.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; };
	const [x, y] = middle(here), [toX, toY] = middle(this);
	const sideways = toX > x ? "R" : "L", upright = toY > y ? "D" : "U";
	return Math.abs(toX - x) > Math.abs(toY - y) ? sideways + upright : upright + sideways;
}`
