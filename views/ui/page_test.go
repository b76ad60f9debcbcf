package ui_test

import (
	"testing"

	"usher/static"
	"usher/views/ui"
)

var mara = ui.Face{ID: 1, Name: "Mara Lindqvist"}

func TestPageForAdministrators(t *testing.T) {
	doc := drawAround(t, ui.Page(ui.Layout{
		Title: "Users", ServerName: "Lindqvist home", Section: "users", Me: mara, MeRole: "Owner", Admin: true,
		Counts: ui.Counts{Users: 1204, Libraries: 5},
	}), "<h1>Users</h1>")
	if got := doc.Find("title").Text(); got != "Users · Lindqvist home" {
		t.Errorf("title %q", got)
	}
	for _, href := range []string{"/", "/admin/users", "/admin/libraries", "/admin/channels", "/admin/activity", "/admin/settings"} {
		one(t, doc, `nav a[href="`+href+`"]`)
	}
	current := one(t, doc, "nav [aria-current=page]")
	attr(t, current, "href", "/admin/users")
	if got := text(current); got != "Users 1,204" {
		t.Errorf("the entry says %q", got)
	}
	if counts := doc.Find("nav .count").Length(); counts != 2 {
		t.Errorf("%d counts; an empty house needs no noughts", counts)
	}
	one(t, doc, `#me-menu a[href="/admin/users"]`)
	one(t, doc, "main h1")
}

func TestPageForEveryoneElse(t *testing.T) {
	doc := draw(t, ui.Page(ui.Layout{Title: "Home", ServerName: "Lindqvist home", Section: "account", Me: mara}))
	if doc.Find(`a[href^="/admin"]`).Length() != 0 {
		t.Error("the admin area is offered to somebody who may not enter it")
	}
	attr(t, one(t, doc, "nav [aria-current=page]"), "href", "/account")
	if doc.Find("nav a").Length() != 3 {
		t.Error("the side bar holds more than Home, History and My account")
	}
}

func TestPageCanBeLeftAndSkipped(t *testing.T) {
	doc := draw(t, ui.Page(ui.Layout{Title: "Home", ServerName: "S", Me: mara}))
	one(t, doc, `form[method=post][action="/sign-out"] button`)
	skip := doc.Find("body").Children().First()
	attr(t, skip, "href", "#main")
	one(t, doc, "main#main")
	menu := one(t, doc, "[popover]").AttrOr("id", "")
	one(t, doc, `button[popovertarget="`+menu+`"]`)
}

func TestFlash(t *testing.T) {
	doc := draw(t, ui.Page(ui.Layout{Title: "Users", ServerName: "S", Me: mara, Flash: []ui.Flash{
		{Kind: "good", Text: "Elsa is deleted."}, {Kind: "bad", Text: "Nils could not be disabled."},
		{Kind: "warn", Text: "You count as away now."},
	}}))
	if got := text(one(t, doc, "[role=status] .toast")); got != "Elsa is deleted." {
		t.Errorf("the toast says %q", got)
	}
	if got := text(one(t, doc, "main .warn[role=alert]")); got != "You count as away now." {
		t.Errorf("the warning says %q", got)
	}
	if got := text(one(t, doc, "main .bad[role=alert]")); got != "Nils could not be disabled." {
		t.Errorf("the alert says %q", got)
	}
}

func TestDoor(t *testing.T) {
	doc := drawAround(t, ui.Door("Sign in", "Lindqvist home"), "<h1>Sign in</h1>")
	if got := doc.Find("title").Text(); got != "Sign in · Lindqvist home" {
		t.Errorf("title %q", got)
	}
	one(t, doc, "main h1")
	attr(t, one(t, doc, "link[rel=stylesheet]"), "href", static.URL("app.css"))
	attr(t, one(t, doc, "script"), "src", static.URL("app.js"))
}

// The policy forbids styles and scripts inside the page.
func TestNoInlineStyleOrScript(t *testing.T) {
	doc := draw(t, ui.Page(ui.Layout{Title: "Users", ServerName: "S", Me: mara, Admin: true, Flash: []ui.Flash{{Text: "Done."}}}))
	if n := doc.Find("style, [style], script:not([src]), [onclick], [onload]").Length(); n != 0 {
		t.Errorf("%d elements that the policy forbids", n)
	}
}
