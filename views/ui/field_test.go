package ui_test

import (
	"testing"

	"usher/views/ui"
)

func TestFieldWiring(t *testing.T) {
	doc := draw(t, ui.Field(ui.FieldProps{
		Name: "email", Label: "E-mail", Type: "email", Value: "nope", Help: "For reset links.", Error: "This is not an e-mail address.",
		Autocomplete: "email", Optional: true, Autofocus: true,
	}))
	input := one(t, doc, "input#email[name=email]")
	attr(t, input, "type", "email")
	attr(t, input, "value", "nope")
	attr(t, input, "autocomplete", "email")
	attr(t, input, "aria-invalid", "true")
	attr(t, input, "aria-describedby", "email-error email-help")
	if got := text(one(t, doc, "#email-error")); got != "This is not an e-mail address." {
		t.Errorf("the error says %q", got)
	}
	one(t, doc, "#email-help")
	if got := text(one(t, doc, "label[for=email]")); got != "E-mail (optional)" {
		t.Errorf("the label says %q", got)
	}
	if !input.Is("[autofocus]") || input.Is("[required], [readonly], [placeholder]") {
		t.Error("wrong flags")
	}
}

func TestFieldWithoutTroubleIsPlain(t *testing.T) {
	doc := draw(t, ui.Field(ui.FieldProps{Name: "name", Label: "Name", Required: true}))
	input := one(t, doc, "input")
	attr(t, input, "type", "text")
	if input.Is("[aria-invalid], [aria-describedby]") || !input.Is("[required]") {
		t.Error("wrong attributes")
	}
	if doc.Find("p, .optional").Length() != 0 {
		t.Error("it says something about nothing")
	}
}

func TestTextareaKeepsLeadingNewline(t *testing.T) {
	doc := draw(t, ui.Textarea(ui.FieldProps{Name: "note", Label: "Note", Value: "\nfirst", Error: "Too long."}, 4))
	area := one(t, doc, "textarea#note[rows='4'][aria-invalid=true]")
	if got := area.Text(); got != "\nfirst" {
		t.Errorf("the note is %q", got)
	}
}

func TestSelect(t *testing.T) {
	doc := draw(t, ui.Select(ui.SelectProps{
		Name: "kind", Label: "Kind", Value: "series", Error: "Choose one.",
		Options: []ui.Option{{"films", "Films"}, {"series", "Series"}},
	}))
	if got := text(one(t, doc, "select#kind[aria-describedby=kind-error] option[selected]")); got != "Series" {
		t.Errorf("%q is selected", got)
	}
}

func TestPasswordField(t *testing.T) {
	doc := draw(t, ui.PasswordField(ui.PasswordProps{
		Name: "password", Label: "New password", Autocomplete: "new-password", Meter: true, About: "name email", Help: "8 to 256 characters.",
	}))
	input := one(t, doc, "input[type=password][data-strength]")
	attr(t, input, "data-strength-out", "password-strength")
	attr(t, input, "data-strength-about", "name email")
	attr(t, input, "aria-describedby", "password-strength password-help")
	one(t, doc, "#password-strength[aria-live=polite]")
	attr(t, one(t, doc, "button[type=button][data-reveal=password]"), "aria-label", "Show: New password")

	plain := draw(t, ui.PasswordField(ui.PasswordProps{Name: "current", Label: "Current password"}))
	if plain.Find("[data-strength], .strength").Length() != 0 {
		t.Error("a current password needs no meter")
	}
}

func TestCheck(t *testing.T) {
	doc := draw(t, ui.Check(ui.CheckProps{Name: "library", Value: "3", Label: "Films", Help: "1,204 titles", Checked: true, Hides: "list", DescribedBy: "warning"}))
	input := one(t, doc, "input#library-3[type=checkbox][name=library][checked]")
	attr(t, input, "value", "3")
	attr(t, input, "data-hides", "list")
	attr(t, input, "aria-describedby", "library-3-help warning")
	one(t, doc, "label[for=library-3]")

	plain := one(t, draw(t, ui.Check(ui.CheckProps{Name: "all", Label: "All"})), "input#all")
	if plain.Is("[value], [checked], [aria-describedby], [data-shows], [data-hides]") {
		t.Error("a plain checkbox has more than it needs")
	}
	one(t, draw(t, ui.Check(ui.CheckProps{Radio: true, Name: "first", Value: "link", Label: "Link"})), "input#first-link[type=radio]")
}

func TestCheckThatCannotBe(t *testing.T) {
	doc := draw(t, ui.Check(ui.CheckProps{Name: "administrator", Label: "Administrator", Help: "May enter the admin area.", Error: "A password first."}))
	input := one(t, doc, "input#administrator[aria-invalid=true]")
	attr(t, input, "aria-describedby", "administrator-error administrator-help")
	if got := text(one(t, doc, "#administrator-error")); got != "A password first." {
		t.Errorf("the error says %q", got)
	}
}

func TestGroup(t *testing.T) {
	doc := drawAround(t, ui.Group(ui.GroupProps{ID: "first", Legend: "First sign-in", Error: "Choose one."}), "<p>inside</p>")
	attr(t, one(t, doc, "fieldset#first"), "aria-describedby", "first-error")
	if got := text(one(t, doc, "fieldset > legend")); got != "First sign-in" {
		t.Errorf("the legend says %q", got)
	}
	one(t, drawAround(t, ui.Group(ui.GroupProps{Legend: "Hidden", HideLegend: true}), ""), "legend.spoken")
}

func TestTickList(t *testing.T) {
	list := ui.TickListProps{
		GroupProps: ui.GroupProps{Legend: "Libraries"}, Name: "library", Empty: "There are no libraries yet.",
		Ticks: []ui.Tick{{Value: "1", Label: "Films", Ticked: true}, {Value: "2", Label: "Series"}},
	}
	doc := draw(t, ui.TickList(list))
	if doc.Find("input[name=library]").Length() != 2 {
		t.Error("a tick is missing")
	}
	attr(t, one(t, doc, "input[checked]"), "value", "1")
	list.Ticks = nil
	if got := text(one(t, draw(t, ui.TickList(list)), "p")); got != "There are no libraries yet." {
		t.Errorf("the empty list says %q", got)
	}
}

func TestCopyField(t *testing.T) {
	doc := draw(t, ui.CopyField("link", "One-time link", "http://home.example/reset/abc"))
	attr(t, one(t, doc, "input#link[readonly]"), "value", "http://home.example/reset/abc")
	one(t, doc, "label[for=link]")
	if got := text(one(t, doc, "button[type=button][data-copy=link]")); got != "Copy" {
		t.Errorf("the button says %q", got)
	}
}
