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
	AsksCode   bool   // besides it
	Code       string // as typed
	Passkeys   bool   // the viewer can show a passkey instead
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

// passkey confirms with a passkey.
func (p ConfirmPage) passkey() PasskeyForm {
	return PasskeyForm{Begin: AskPasskeyPath, Action: p.Action, Label: "Use a passkey", Kind: "wide", Prefix: p.Prefix, Carried: p.Carried}
}

// codeField asks for what somebody has at hand besides the password.
func (p ConfirmPage) codeField() ui.FieldProps {
	name := p.field("code")
	field := ui.FieldProps{Name: name, Label: "Code", Value: p.Code, Error: p.Problems.At(name), Autocomplete: "one-time-code"}
	field.Help = "The six digits that your authenticator shows now, or a recovery code."
	if !p.User.Codes {
		field.Label, field.Help = "Recovery code", "One of the ten that you got with your first passkey."
	}
	return field
}

func (p ConfirmPage) field(name string) string { return p.Prefix + name }
