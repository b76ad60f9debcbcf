package main

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// pickingAtHome comes in with a thumb on a phone, as somebody who needs nothing
// and as somebody with a password, until the owner hides one of them.
func pickingAtHome(j *journey) {
	house := j.household(people(named("Nils"), store.Person{NewUser: store.NewUser{Name: "Elsa", Access: store.FullAccess(), PasswordHash: goodHash(j)}}))
	b := j.visit(house)
	b.look = phone
	b.must(phone.Apply(b.ctx))
	b.wander("/history", "/sign-in*")
	b.sees("Who’s there?")
	b.thumbs(".who .face")
	b.follow("link", "Elsa Password", "/sign-in*")
	b.thumbs(".sheet .button:not(.icon-only)")
	b.fill("Password", "wrong")
	b.follow("button", "Sign in", "/sign-in")
	b.sees("That is not the password of Elsa. Try again.")
	b.fill("Password", goodPassword)
	b.follow("button", "Sign in", "/history")
	b.signOut()
	b.sees("You have signed out.")
	b.follow("link", "Elsa Password", "/sign-in*")
	b.follow("link", "Someone else", "/sign-in*")
	b.follow("button", "Nils", "/")
	b.sees("Hello, Nils")

	owner := j.asOwner(house, "/admin/users")
	owner.follow("link", "Nils", "/admin/users/*")
	owner.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	owner.click("checkbox", "Hidden on the sign-in page")
	owner.follow("button", "Save sign-in", "/admin/users/*/sign-in")
	b.signOut()
	b.lacks("button", "Nils")
	b.signIn("Nils", "", "/")
	b.sees("Hello, Nils")
	owner.leaveHome()
	b.wander("/", "/sign-in*")
	b.lacks("link", "Elsa Password")
	b.lacks("link", "See who is there")
	b.signIn("Elsa", goodPassword, "/")
}

// thumbs holds that a finger hits each of what the selector finds: 44 pixels
// (WCAG 2.2, success criterion 2.5.5).
func (b *tab) thumbs(selector string) {
	b.Helper()
	small, ok := ask[[]string](b, fmt.Sprintf(`[...document.querySelectorAll(%q)].filter(e => e.checkVisibility()).
		filter(e => e.offsetWidth < 44 || e.offsetHeight < 44).map(e => e.textContent.trim() + " " + e.offsetWidth + " x " + e.offsetHeight)`, selector))
	if !ok || len(small) > 0 {
		b.Errorf("%s: too small for a finger: %s", b.where(), strings.Join(small, ", "))
	}
}

// switching lets one person after the other have the screen. Nobody has to sign
// out, and no more comes along than who picks it needs.
func switching(j *journey) {
	house := j.household(people(named("Nils"), named("Elsa")))
	b := j.asOwner(house, "/admin/users")
	b.open("/")
	b.clickOn(".me")
	b.follow("link", "Switch user", "/switch")
	b.find("link", "Mara Signed in")
	b.follow("link", "Cancel", "/")
	b.sees("Hello, Mara")
	b.open("/switch")
	b.follow("button", "Nils", "/")
	b.sees("Hello, Nils")
	b.open("/admin/users")
	b.sees("This is not open to you")
	b.open("/switch")
	b.follow("button", "Elsa", "/")
	b.sees("Hello, Elsa")
	b.open("/switch")
	b.follow("link", "Mara Owner Password", "/switch*")
	b.fill("Password", goodPassword)
	b.follow("button", "Sign in", "/")
	b.open("/admin/users")
	b.sees("Local users")

	// Somebody who is gone by the time that they are picked.
	b.open("/switch")
	owner := j.asOwner(house, "/admin/users")
	owner.askToDelete("Nils")
	owner.follow("button", "Delete Nils", "/admin/users")
	b.follow("button", "Nils", "/switch")
	b.sees("Whoever you chose cannot be chosen here any more.")
	b.lacks("button", "Nils")
	b.open("/")
	b.sees("Hello, Mara")
}

// findingFaces looks for somebody among many, while typing and page by page.
func findingFaces(j *journey) {
	var many []store.Person
	for i := range 60 {
		many = append(many, named(fmt.Sprintf("Person %02d", i)))
	}
	many = append(many, named(strings.Repeat("木", 64)))
	house := j.household(people(many...))
	b := j.visit(house)
	b.open("/sign-in")
	b.click("link", "Next page")
	b.find("button", "Person 30")
	b.open("/sign-in?page=3")
	b.find("button", strings.Repeat("木", 64))
	b.fill("Find somebody by name", "person 41")
	b.until("there is one", func() bool { return b.has("button", "Person 41") && !b.has("button", "Person 42") })
	b.follow("button", "Person 41", "/")
	b.sees("Hello, Person 41")

	unscripted := j.visitUnscripted(house)
	unscripted.wander("/history", "/sign-in*")
	unscripted.fill("Find somebody by name", "person 07")
	unscripted.leaving()
	unscripted.press(kb.Enter)
	unscripted.at("/sign-in*q=person*")
	unscripted.follow("button", "Person 07", "/history")
	unscripted.open("/switch")
	unscripted.follow("link", "Mara Owner Password", "/switch*")
	unscripted.fill("Password", goodPassword)
	unscripted.follow("button", "Sign in", "/")
	unscripted.sees("Hello, Mara")
}
