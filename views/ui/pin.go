package ui

import (
	"github.com/a-h/templ"

	"usher/static"
)

// pinScript is the address of the script for the field of a PIN.
var pinScript = static.URL("pin.js")

// PINProps describes a field for a PIN of four digits. What was typed never comes back with the page.
type PINProps struct {
	Name, Label, Help, Error string
	Shown                    bool   // the digits are seen while they are typed, as for a new PIN
	Sends                    string // what the fourth digit does, such as "The fourth digit signs you in."; "" when nothing. With it comes a keypad
	Autofocus                bool
}

// kind is a password's for a PIN that is asked for, so that nobody reads along, not even with a screen reader. A new
// one is text: it is typed once, and next to a password browsers would take it for that.
func (p PINProps) kind() string {
	if p.Shown {
		return "text"
	}
	return "password"
}

func (p PINProps) attributes() templ.OrderedAttributes {
	return FieldProps{Name: p.Name, Help: p.Help, Error: p.Error, Autocomplete: "off", InputMode: "numeric", Required: true, Autofocus: p.Autofocus}.attributes()
}
