package main

import (
	"github.com/chromedp/chromedp"

	"usher/store"
)

// firstStart goes from the printed link to the second sign-in.
func firstStart(j *journey) {
	house := j.empty()
	b := j.visit(house)
	b.open(house.setUp)
	b.sees("Welcome to Usher")
	b.fill("Your name", "Mara Lindqvist")
	b.fill("Password", "12345678")
	b.sees("Weak: it follows a sequence")
	b.follow("button", "Make my account", "/setup")
	b.holds("Your name", "Mara Lindqvist")
	b.fill("Password", goodPassword)
	b.fill("Name of this server", "Lindqvist home")
	b.follow("button", "Make my account", "/admin/users")
	b.sees("Lindqvist home")
	b.signOut()
	b.signIn("mara lindqvist", goodPassword, "/")
}

// wrongSetUpLink is every page before there is an owner, and a link that was
// not printed.
func wrongSetUpLink(j *journey) {
	b := j.visit(j.empty())
	b.open("/sign-in")
	b.sees("Finish the set-up on the server")
	b.open("/setup?code=guessed")
	b.sees("not the one that Usher printed last")
}

// signingIn is refused with a wrong name as with a wrong password, works with
// name or e-mail in any case of letters, and leads to where somebody wanted to
// go.
func signingIn(j *journey) {
	b := j.visit(j.household(people(
		store.Person{NewUser: store.NewUser{Name: "Elsa", Email: "elsa@lindqvist.example"}, LocalAccess: true},
	)))
	b.open("/sign-in")
	b.fill("Name or e-mail", "Nobody")
	b.fill("Password", "wrong")
	b.follow("button", "Sign in", "/sign-in")
	refusal := b.text()
	b.holds("Name or e-mail", "Nobody")
	b.fill("Name or e-mail", "Mara")
	b.fill("Password", "wrong")
	b.follow("button", "Sign in", "/sign-in")
	if b.text() != refusal {
		j.Errorf("a wrong name and a wrong password read differently:\n%s\n%s", refusal, b.text())
	}
	b.leaving()
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(b.house.address+"/admin/users?sort=newest")))
	b.signIn("MARA", goodPassword, "/admin/users?sort=newest")

	guest := j.visit(b.house)
	guest.open("/sign-in")
	guest.signIn("elsa@LINDQVIST.example", "", "/")
	guest.sees("Elsa")
}

// signIn signs in at the door, and arrives where that leads.
func (b *tab) signIn(name, password, arrival string) {
	b.Helper()
	b.arrive("/sign-in*")
	b.fill("Name or e-mail", name)
	if password != "" {
		b.fill("Password", password)
	}
	b.follow("button", "Sign in", arrival)
}

// signOut signs out by the menu in the corner.
func (b *tab) signOut() {
	b.Helper()
	b.click("button", b.me())
	b.follow("button", "Sign out", "/sign-in*")
}

// me is the name of the button that opens the menu in the corner.
func (b *tab) me() string {
	b.Helper()
	me, ok := ask[string](b, `document.querySelector(".me").innerText.replace(/\s+/g, " ").trim()`)
	if !ok {
		b.give("nobody is signed in here")
	}
	return me
}
