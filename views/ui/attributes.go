package ui

import "github.com/a-h/templ"

// attributes are those of an input that most fields do without, in a fixed order.
func (f FieldProps) attributes() templ.OrderedAttributes {
	var a attributes
	a.text("autocomplete", f.Autocomplete)
	a.text("inputmode", f.InputMode)
	a.text("placeholder", f.Placeholder)
	a.flag("required", f.Required)
	a.flag("readonly", f.ReadOnly)
	a.flag("autofocus", f.Autofocus)
	a.text("aria-describedby", describedBy(f.Name, f.Help, f.Error))
	a.text("aria-invalid", when(f.Error != "", "true"))
	return templ.OrderedAttributes(a)
}

func (p PasswordProps) attributes() templ.OrderedAttributes {
	var a attributes
	a.text("autocomplete", p.Autocomplete)
	a.flag("required", p.Required)
	a.flag("autofocus", p.Autofocus)
	by := describedBy(p.Name, p.Help, p.Error)
	if p.Meter {
		a.flag("data-strength", true)
		a.text("data-strength-out", p.Name+"-strength")
		a.text("data-strength-about", p.About)
		by = join(p.Name+"-strength", by)
	}
	a.text("aria-describedby", by)
	a.text("aria-invalid", when(p.Error != "", "true"))
	return templ.OrderedAttributes(a)
}

func (c CheckProps) attributes() templ.OrderedAttributes {
	var a attributes
	a.text("value", c.Value)
	a.flag("checked", c.Checked)
	a.text("data-shows", c.Shows)
	a.text("data-hides", c.Hides)
	a.text("aria-describedby", c.describedBy())
	a.text("aria-invalid", when(c.Error != "", "true"))
	return templ.OrderedAttributes(a)
}

// attributes leaves out what is not set.
type attributes templ.OrderedAttributes

func (a *attributes) text(name, value string) {
	if value != "" {
		*a = append(*a, templ.KeyValue[string, any]{Key: name, Value: value})
	}
}

func (a *attributes) flag(name string, set bool) {
	if set {
		*a = append(*a, templ.KeyValue[string, any]{Key: name, Value: true})
	}
}
