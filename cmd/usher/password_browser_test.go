package main

import (
	"strings"

	"usher/store"
)

const newPassword = "lantern biscuit harvest moth"

// withPassword is somebody with goodPassword who may watch everything.
func withPassword(j *journey, name string) store.Person {
	j.Helper()
	return store.Person{NewUser: store.NewUser{Name: name, Access: store.FullAccess(), PasswordHash: goodHash(j)}}
}

// oneTimeLink goes from the administrator who makes a user to the user, who
// sets a password with it in a browser of their own, and is in.
func oneTimeLink(j *journey) {
	b := j.asOwner(j.household(), "/admin/users/new")
	b.fill("Name", "Elsa")
	b.ticked("radio", "Copy a one-time link to set a password", true)
	b.follow("button", "Create user", "/admin/users/new")
	link, ok := ask[string](b, `document.querySelector("#link").value`)
	if !ok || !strings.HasPrefix(link, b.house.address+"/reset/") {
		b.give("the link is %q", link)
	}
	b.click("button", "Copy")
	b.sees("Copied")

	elsa := j.visit(b.house)
	elsa.open(strings.TrimPrefix(link, b.house.address))
	elsa.sees("Elsa")
	elsa.fill("New password", "elsa1234")
	elsa.sees("Weak")
	elsa.follow("button", "Save password", "/reset/*")
	elsa.fill("New password", newPassword)
	elsa.sees("Strong")
	elsa.follow("button", "Save password", "/")
	elsa.sees("Hello, Elsa")

	late := j.visit(b.house)
	late.open(strings.TrimPrefix(link, b.house.address))
	late.sees("This link does not work")
}

// ownPassword is changed on one device; another that was signed in is out on
// its next click.
func ownPassword(j *journey) {
	house := j.household(func(p *preparation) { people(withPassword(j, "Elsa"))(p) })
	phone := j.as(house, "Elsa", "/account")
	b := j.as(house, "Elsa", "/account")
	b.follow("link", "Password", "/account/password")
	b.sees("One other is signed in.")
	b.fill("Current password", "not this one")
	b.fill("New password", newPassword)
	b.sees("Strong")
	b.click("button", "Show: New password")
	b.judge()
	b.follow("button", "Save password", "/account/password")
	b.sees("Nothing is saved yet.")
	b.holds("New password", newPassword)
	b.ticked("checkbox", "Sign out my other devices", true)
	b.fill("Current password", goodPassword)
	b.follow("button", "Save password", "/account")

	phone.follow("link", "Home", "/sign-in*")
	phone.signIn("Elsa", newPassword, "/")

	b.follow("link", "Password", "/account/password")
	b.follow("link", "Remove password", "/account/password/remove")
	b.fill("Current password", newPassword)
	b.follow("button", "Remove password", "/account")
	b.sees("Your password is gone.")
	b.follow("link", "Password", "/account/password")
	b.lacks("textbox", "Current password")
}

// somebodysPassword is configured by an administrator: reset, then removed; and
// each signs the user out.
func somebodysPassword(j *journey) {
	house := j.household(func(p *preparation) { people(withPassword(j, "Elsa"))(p) })
	elsa := j.as(house, "Elsa", "/account")
	b := j.asOwner(house, "/admin/users")
	b.follow("link", "Elsa", "/admin/users/*")
	b.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	b.follow("link", "Configure password", "/users/*/password")
	b.fill("New password", newPassword)
	b.sees("Strong")
	b.follow("button", "Save password", "/admin/users/*/sign-in")
	b.sees("Elsa has a new password")

	elsa.follow("link", "Home", "/sign-in*")
	elsa.signIn("Elsa", newPassword, "/*")

	b.follow("button", "Send a reset link", "/admin/users/*/reset-link")
	b.sees("One-time link")
	b.follow("link", "Go to Elsa", "/admin/users/*")
	b.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	b.follow("link", "Configure password", "/users/*/password")
	b.click("link", "Remove password")
	b.find("dialog", "Remove Elsa’s password?")
	b.judge()
	b.follow("button", "Remove password", "/admin/users/*/sign-in")
	b.sees("Elsa has no password any more")

	elsa.follow("link", "My account", "/sign-in*")
	elsa.signIn("Elsa", "", "/*")
}
