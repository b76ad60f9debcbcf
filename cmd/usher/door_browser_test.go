package main

import "usher/store"

// firstStart goes from the printed link to the second sign-in.
func firstStart(j *journey) {
	b := j.visit(j.empty())
	b.open(b.house.setUp)
	b.sees("Welcome to Usher")
	b.fill("Your name", "Mara Lindqvist")
	b.fill("Password", "12345678")
	b.sees("Weak: it follows a sequence")
	b.follow("button", "Make my account", "/setup")
	b.holds("Your name", "Mara Lindqvist")
	b.fill("Password", goodPassword)
	b.sees("Strong")
	b.fill("Name of this server", "Lindqvist home")
	b.follow("button", "Make my account", "/admin/users")
	b.sees("Lindqvist home")
	b.sees("Nobody else yet")
	b.signOut()
	b.signIn("mara lindqvist", goodPassword, "/")
	b.sees("Hello, Mara Lindqvist")
	b.open("/setup?code=again")
	b.sees("Usher is set up already")
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
	elsa := named("Elsa")
	elsa.Email = "elsa@lindqvist.example"
	b := j.visit(j.household(people(elsa)))
	b.open("/sign-in?by=name")
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
	b.wander("/admin/users?sort=newest", "/sign-in*")
	b.signIn("MARA", goodPassword, "/admin/users?sort=newest")

	guest := j.visit(b.house)
	guest.open("/sign-in")
	guest.signIn("elsa@LINDQVIST.example", "", "/")
	guest.sees("Hello, Elsa")
	guest.open("/admin/users")
	guest.sees("This is not open to you")
	guest.lacks("link", "Elsa")
	guest.open("/nowhere")
	guest.sees("There is nothing here")
}

// strengthening asks an administrator who came in at home without the password
// for it before the admin area.
func strengthening(j *journey) {
	b := j.visit(j.household(people(store.Person{
		NewUser:       store.NewUser{Name: "Jonas", Access: store.FullAccess(), PasswordHash: goodHash(j)},
		Administrator: true, LocalAccess: true,
	})))
	b.open("/sign-in")
	b.signIn("Jonas", "", "/")
	b.sees("Hello, Jonas")
	b.wander("/admin/users", "/account/confirm*")
	b.sees("since you came in without it")
	b.fill("Your password", "wrong")
	b.follow("button", "Continue", "/account/confirm")
	b.sees("This is not your password.")
	b.fill("Your password", goodPassword)
	b.follow("button", "Continue", "/admin/users")
	b.sees("Local users")
}

// signIn signs in at the door, and arrives where that leads.
func (b *tab) signIn(name, password, arrival string) {
	b.Helper()
	b.arrive("/sign-in*")
	b.typesName()
	b.fill("Name or e-mail", name)
	if password != "" {
		b.fill("Password", password)
	}
	b.follow("button", "Sign in", arrival)
}

// typesName goes on from the faces at the door, where there are some, to the page
// that asks for a name.
func (b *tab) typesName() {
	b.Helper()
	if b.has("link", byName) {
		b.follow("link", byName, "/sign-in*")
	}
}

const byName = "Sign in with a name and password"

// asOwner opens a browser in which Mara has signed in, at an address.
func (j *journey) asOwner(h *program, address string) *tab {
	j.Helper()
	return j.as(h, "Mara", address)
}

// as opens a browser in which somebody has signed in with goodPassword.
func (j *journey) as(h *program, name, address string) *tab {
	j.Helper()
	b := j.visit(h)
	b.wander(address, "/sign-in*")
	b.signIn(name, goodPassword, address)
	return b
}

// signOut signs out by the menu in the corner.
func (b *tab) signOut() {
	b.Helper()
	b.clickOn(".me")
	b.judge()
	b.follow("button", "Sign out", "/sign-in*")
}
