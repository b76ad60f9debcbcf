package main

import (
	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// aPIN is set by its user, typed in all the ways that there are, guessed at, and
// taken away by an administrator.
func aPIN(j *journey) {
	house := j.household(people(store.Person{NewUser: store.NewUser{Name: "Elsa", Access: store.FullAccess(), PasswordHash: goodHash(j)}}))
	b := j.as(house, "Elsa", "/account")
	b.follow("link", "PIN", "/account/pin")
	b.fill("Your password", goodPassword)
	b.fill("New PIN", "12345")
	b.follow("button", "Save PIN", "/account/pin")
	b.sees("A PIN has exactly four digits.")
	b.holds("New PIN", "")
	b.fill("New PIN", "47 11")
	b.follow("button", "Save PIN", "/account")
	b.sees("Your new PIN is saved.")
	b.open("/")
	b.signOut()

	// Its fourth digit is enough, typed, pasted with a space, or on the keypad.
	b.follow("link", "Elsa PIN", "/sign-in*")
	b.thumbs(".keypad .button")
	b.onFocus("textbox", "PIN of Elsa")
	b.leaving()
	b.press("4711")
	b.at("/")
	b.sees("Hello, Elsa")
	b.signOut()
	b.follow("link", "Elsa PIN", "/sign-in*")
	b.leaving()
	b.write("٤٧ ١١")
	b.at("/")
	b.signOut()
	b.follow("link", "Elsa PIN", "/sign-in*")
	for _, key := range []string{"4", "8", "Delete the last digit", "7", "1"} {
		b.click("button", key)
	}
	b.follow("button", "1", "/")
	b.sees("Hello, Elsa")
	b.signOut()

	guessing(b)
	owner := j.asOwner(house, "/admin/users")
	owner.sees("PIN set")
	owner.follow("link", "Elsa", "/admin/users/*")
	owner.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	owner.click("link", "Remove PIN")
	owner.sees("Whoever picks Elsa on a shared screen at home is asked for the password then.")
	owner.follow("button", "Remove PIN", "/admin/users/*/sign-in")
	owner.sees("Elsa has no PIN any more.")
	owner.follow("link", "Set a PIN", "/admin/users/*/pin")
	owner.fill("New PIN", "0987")
	owner.follow("button", "Save PIN", "/admin/users/*/sign-in")
	owner.sees("Elsa has a new PIN. Tell Elsa what it is.")

	unscripted := j.visitUnscripted(house)
	unscripted.wander("/sign-in", "/sign-in")
	unscripted.follow("link", "Elsa PIN", "/sign-in*")
	unscripted.lacks("button", "7")
	unscripted.fill("PIN of Elsa", "09 87")
	unscripted.follow("button", "Sign in", "/")
	unscripted.sees("Hello, Elsa")
}

// guessing types wrong PINs until there is a pause, in which the password still
// signs in.
func guessing(b *tab) {
	b.Helper()
	b.follow("link", "Elsa PIN", "/sign-in*")
	for _, answer := range []string{"Try again.", "Try again.", "Two more tries", "One more try", "After so many tries there is a pause"} {
		b.leaving()
		b.press("1234")
		b.at("/sign-in")
		b.sees(answer)
		b.holds("PIN of Elsa", "")
		b.onFocus("textbox", "PIN of Elsa")
	}
	b.leaving()
	b.press("471" + kb.Backspace + "11")
	b.at("/sign-in")
	b.sees("There were too many tries.")
	b.follow("link", "Use the password instead", "/sign-in*")
	b.fill("Password", goodPassword)
	b.follow("button", "Sign in", "/")
	b.sees("Hello, Elsa")
}
