package ui_test

import (
	"testing"

	"usher/views/ui"
)

func TestPINFieldIsOneField(t *testing.T) {
	doc := draw(t, ui.PINField(ui.PINProps{
		Name: "pin", Label: "Elsa’s PIN", Help: "Four digits.", Error: "That is not the PIN.", Sends: "The fourth digit signs you in.", Autofocus: true,
	}))
	input := one(t, doc, "input")
	for name, want := range map[string]string{
		"id": "pin", "name": "pin", "type": "password", "inputmode": "numeric", "autocomplete": "off", "dir": "ltr",
		"aria-describedby": "pin-error pin-help", "aria-invalid": "true",
	} {
		attr(t, input, name, want)
	}
	if !input.Is("[required][autofocus]") || input.Is("[value], [maxlength], [pattern]") {
		t.Error("wrong flags: a PIN never comes back, and nothing of what is pasted is cut")
	}
	one(t, doc, "label[for=pin]")
	one(t, doc, ".boxes[aria-hidden=true]")
	one(t, doc, "#pin-sends[hidden]")
	if keys := one(t, doc, ".keypad.scripted[role=group][aria-label]").Find("button[type=button]"); keys.Length() != 11 {
		t.Errorf("the keypad has %d keys", keys.Length())
	}
}

func TestNewPINIsSeen(t *testing.T) {
	doc := draw(t, ui.PINField(ui.PINProps{Name: "pin", Label: "New PIN", Shown: true}))
	attr(t, one(t, doc, "input"), "type", "text")
	if doc.Find(".keypad, [data-sends], [aria-invalid], [aria-describedby]").Length() != 0 {
		t.Error("it has what only a PIN that is asked for has")
	}
}
