package main

import "github.com/chromedp/chromedp/kb"

// withoutScripts makes, finds and deletes a user where no page may run a
// script.
func withoutScripts(j *journey) {
	b := j.visitUnscripted(j.household())
	b.wander("/admin/users", "/sign-in*")
	b.signIn("Mara", goodPassword, "/admin/users")
	b.follow("link", "Add somebody", "/admin/users/new")
	b.fill("Name", "Elsa")
	b.click("radio", "No password")
	b.follow("button", "Create user", "/admin/users*")
	b.open("/admin/users")
	b.fill("Search name or e-mail", "els")
	b.leaving()
	b.press(kb.Enter)
	b.at("/admin/users?q=els*")
	b.find("link", "Elsa")
	b.click("button", "More for Elsa")
	b.judge()
	b.follow("link", "Delete…", "/admin/users/*/delete")
	b.sees("Delete Elsa?")
	b.follow("link", "Cancel", "/admin/users?q=els*")
	b.click("button", "More for Elsa")
	b.follow("link", "Delete…", "/admin/users/*/delete")
	b.follow("button", "Delete Elsa", "/admin/users*")
	b.sees("Elsa is deleted.")
	b.open("/admin/users")
	b.lacks("link", "Elsa")
}
