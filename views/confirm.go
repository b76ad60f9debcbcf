package views

import (
	"net/url"
	"slices"
	"strings"

	"usher/store"
	"usher/views/ui"
)

// ConfirmPage asks somebody who is signed in to show once more to be themself:
// before the admin area, or before something dangerous.
type ConfirmPage struct {
	ServerName string
	User       store.User
	Why        string
	Action     string // where the form is sent
	Back       string // where to go instead
	Prefix     string // of the fields, so that they are no others of a form that is carried
	Carried    []ui.Hidden
	Password   string // as typed
	Providers  []ProviderChoice
	Problems   Problems
}

// Carried are the fields of a form to be sent once more, but for those that begin
// with prefix.
func Carried(form url.Values, prefix string) []ui.Hidden {
	var fields []ui.Hidden
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			continue
		}
		for _, value := range form[name] {
			fields = append(fields, ui.Hidden{Name: name, Value: value})
		}
	}
	return fields
}

// CarriedBack is the field with the address to go to instead.
func CarriedBack(prefix, back string) ui.Hidden { return ui.Hidden{Name: prefix + "back", Value: back} }

func (p ConfirmPage) field(name string) string { return p.Prefix + name }
