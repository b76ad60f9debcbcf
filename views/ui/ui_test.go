package ui_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"usher/views/ui"
)

// hostile is what somebody might type to break out of an element or of an attribute.
const hostile = `"><script>alert(1)</script>'&`

func draw(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var buf bytes.Buffer
	if err := c.Render(t.Context(), &buf); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// drawAround draws a part that has children.
func drawAround(t *testing.T, c templ.Component, children string) *goquery.Document {
	t.Helper()
	inner := templ.Raw(children)
	ctx := templ.WithChildren(t.Context(), inner)
	var buf bytes.Buffer
	if err := c.Render(ctx, &buf); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// one returns the only element that matches.
func one(t *testing.T, doc *goquery.Document, selector string) *goquery.Selection {
	t.Helper()
	found := doc.Find(selector)
	if found.Length() != 1 {
		t.Fatalf("%q matches %d elements", selector, found.Length())
	}
	return found
}

func attr(t *testing.T, s *goquery.Selection, name, want string) {
	t.Helper()
	if got := s.AttrOr(name, "(none)"); got != want {
		t.Errorf("%s is %q, want %q", name, got, want)
	}
}

func text(s *goquery.Selection) string {
	return strings.Join(strings.Fields(s.Text()), " ")
}

// Whatever text a part is given comes out as text.
func TestPartsEscape(t *testing.T) {
	parts := map[string]templ.Component{
		"page":     ui.Page(ui.Layout{Title: hostile, ServerName: hostile, Me: ui.Face{Name: hostile}, MeRole: hostile, Flash: []ui.Flash{{Text: hostile}, {Kind: "bad", Text: hostile}}}),
		"door":     ui.Door(hostile, hostile),
		"avatar":   ui.Avatar(ui.Face{Name: hostile}, ""),
		"sign":     ui.Avatar(ui.Face{Name: "<"}, ""),
		"picture":  ui.Avatar(ui.Face{Name: hostile, Picture: hostile}, ""),
		"field":    ui.Field(ui.FieldProps{Name: "x", Label: hostile, Value: hostile, Help: hostile, Error: hostile, Placeholder: hostile}),
		"textarea": ui.Textarea(ui.FieldProps{Name: "x", Value: "</textarea>" + hostile}, 3),
		"select":   ui.Select(ui.SelectProps{Name: "x", Options: []ui.Option{{Value: hostile, Label: hostile}}}),
		"check":    ui.Check(ui.CheckProps{Name: "x", Value: hostile, Label: hostile, Help: hostile}),
		"ticks":    ui.TickList(ui.TickListProps{Name: "x", Ticks: []ui.Tick{{Value: hostile, Label: hostile, Help: hostile}}}),
		"password": ui.PasswordField(ui.PasswordProps{Name: "x", Label: hostile, Value: hostile}),
		"copy":     ui.CopyField("x", hostile, hostile),
		"button":   ui.Button(ui.ButtonProps{Label: hostile, Value: hostile}),
		"link":     ui.LinkButton(ui.LinkProps{Label: hostile, Href: "/?q=" + hostile}),
		"badge":    ui.Badge("", hostile),
		"tabs":     ui.Tabs([]ui.Tab{{Label: hostile, Href: "/"}}),
		"errors":   ui.ErrorSummary([]ui.Problem{{Field: "x", Text: hostile}, {Text: hostile}}),
		"confirm":  ui.Confirm(ui.ConfirmProps{Title: hostile, Button: hostile, Hidden: []ui.Hidden{{Name: "x", Value: hostile}}}),
		"empty":    ui.Empty(hostile),
	}
	for name, part := range parts {
		scripts := draw(t, part).Find("script").FilterFunction(func(_ int, s *goquery.Selection) bool {
			_, ours := s.Attr("src")
			return !ours
		})
		if scripts.Length() > 0 {
			t.Errorf("%s lets a script in", name)
		}
	}
	attr(t, one(t, draw(t, parts["field"]), "input"), "value", hostile)
	attr(t, one(t, draw(t, parts["check"]), "input"), "value", hostile)
	if got := draw(t, parts["textarea"]).Find("textarea").Text(); got != "</textarea>"+hostile {
		t.Errorf("the textarea holds %q", got)
	}
}

// An address with another scheme than the web's leads nowhere.
func TestLinksRefuseScripts(t *testing.T) {
	link := one(t, draw(t, ui.LinkButton(ui.LinkProps{Label: "x", Href: "javascript:alert(1)"})), "a")
	if strings.HasPrefix(link.AttrOr("href", ""), "javascript:") {
		t.Error("a script is an address")
	}
}

func TestButton(t *testing.T) {
	b := one(t, draw(t, ui.Button(ui.ButtonProps{Label: "Delete", Icon: "trash", Kind: "quiet danger", IconOnly: true, Name: "do", Value: "delete", Dialog: true})), "button")
	attr(t, b, "class", "button quiet danger icon-only")
	attr(t, b, "aria-label", "Delete")
	attr(t, b, "value", "delete")
	if b.Is("[data-dialog]") == false || text(b) != "" || b.Find(".i.trash").Length() != 1 {
		html, _ := b.Html()
		t.Errorf("drawn as %s", html)
	}
	plain := one(t, draw(t, ui.Button(ui.ButtonProps{Label: "Save", Kind: "primary"})), "button")
	if text(plain) != "Save" || plain.Is("[aria-label], [name], [data-dialog]") {
		t.Error("a plain button has more than it needs")
	}
}

func TestConfirm(t *testing.T) {
	doc := drawAround(t, ui.Confirm(ui.ConfirmProps{
		Title: "Delete Elsa?", Action: "/admin/users/3/delete", Button: "Delete Elsa", Cancel: "/admin/users", Danger: true,
		Hidden: []ui.Hidden{{Name: "id", Value: "3"}, {Name: "id", Value: "4"}},
	}), "<p>Her history goes too.</p>")
	form := one(t, doc, "form[data-dialog-body][method=post]")
	attr(t, form, "action", "/admin/users/3/delete")
	attr(t, one(t, doc, "a[data-cancel]"), "href", "/admin/users")
	if form.Find("input[type=hidden][name=id]").Length() != 2 || text(form.Find(".body")) != "Her history goes too." {
		t.Error("the form lost something")
	}
	if b := one(t, doc, "button"); text(b) != "Delete Elsa" || !b.HasClass("danger") {
		t.Errorf("the button says %q", text(b))
	}
}

func TestErrorSummary(t *testing.T) {
	if doc := draw(t, ui.ErrorSummary(nil)); doc.Find("body").Children().Length() != 0 {
		t.Error("nothing is wrong, and something is said")
	}
	doc := draw(t, ui.ErrorSummary([]ui.Problem{{Field: "name", Text: "A name is needed."}, {Text: "The limit is reached."}}))
	alert := one(t, doc, "[role=alert]")
	attr(t, alert.Find("a"), "href", "#name")
	if alert.Find("li").Length() != 2 || !strings.Contains(text(alert), "Two things") {
		t.Errorf("it says %q", text(alert))
	}
	single := one(t, draw(t, ui.ErrorSummary([]ui.Problem{{Field: "name", Text: "A name is needed."}})), "[role=alert]")
	if text(single) != "Nothing is saved yet. A name is needed." {
		t.Errorf("it says %q", text(single))
	}
}

func TestTabsAndCrumb(t *testing.T) {
	doc := draw(t, ui.Tabs([]ui.Tab{{Label: "Profile", Href: "/a"}, {Label: "Access", Href: "/b", Current: true}}))
	if current := one(t, doc, "[aria-current=page]"); text(current) != "Access" {
		t.Errorf("current is %q", text(current))
	}
	crumb := one(t, draw(t, ui.Crumb("/admin/users", "Users")), "a.crumb")
	attr(t, crumb, "href", "/admin/users")
}

func TestNote(t *testing.T) {
	for kind, icon := range map[string]string{"info": "info", "good": "tick", "warn": "alert", "bad": "alert"} {
		doc := drawAround(t, ui.Note(kind), "<p>Mind the step.</p>")
		one(t, doc, ".note."+kind+" > .i."+icon)
		if got := text(doc.Find(".note")); got != "Mind the step." {
			t.Errorf("%s says %q", kind, got)
		}
	}
}
