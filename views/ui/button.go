package ui

import "github.com/a-h/templ"

// ButtonProps describes a button that sends its form. With IconOnly the label is not seen but still said.
type ButtonProps struct {
	Label, Icon string
	Kind        string // "", "primary", "quiet", "danger", or several: "primary danger", "quiet danger", "primary wide"
	Name, Value string // sent with the form
	Form        string // the id of the form, for a button outside of it
	IconOnly    bool
	Dialog      bool // the answer asks for confirmation: show that in a dialog
}

// LinkProps describes a link that looks like a button.
type LinkProps struct {
	Label, Icon, Href string
	Kind              string
	IconOnly          bool
	Dialog            bool // leads to a confirmation: show that in a dialog
}

func (b ButtonProps) attributes() templ.OrderedAttributes {
	var a attributes
	a.text("name", b.Name)
	a.text("value", b.Value)
	a.text("form", b.Form)
	a.text("aria-label", when(b.IconOnly, b.Label))
	a.flag("data-dialog", b.Dialog)
	return templ.OrderedAttributes(a)
}

func (l LinkProps) attributes() templ.OrderedAttributes {
	var a attributes
	a.text("aria-label", when(l.IconOnly, l.Label))
	a.flag("data-dialog", l.Dialog)
	return templ.OrderedAttributes(a)
}

func buttonClass(kind string, iconOnly bool) string {
	return join(join("button", kind), when(iconOnly, "icon-only"))
}
