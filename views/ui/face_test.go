package ui_test

import (
	"io"
	"testing"

	"usher/views/ui"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Mara Lindqvist":            "ML",
		"jonas":                     "J",
		"Grandma Ingrid Anna Berg":  "GB",
		"  elsa  ":                  "E",
		"élodie ögren":              "ÉÖ",
		"e\u0301lodie":              "E\u0301",
		"Øyvind\u00a0Åse":           "ØÅ",
		"山田 太郎":                     "山太",
		"क्षमा":                     "क्",
		"(Nils) the-kid":            "NT",
		"2nd user":                  "2U",
		"👩\u200d👩\u200d👧 Family":    "👩\u200d👩\u200d👧F",
		"🇸🇪🇳🇴":                      "🇸🇪",
		"👍🏽":                        "👍🏽",
		"<":                         "<",
		"":                          "",
		"'":                         "'",
		"\u202f\u2003Nils\u2003Ek ": "NE",
	} {
		if got := draw(t, ui.Avatar(ui.Face{Name: name}, "")).Find(".avatar").Text(); got != want {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}

func TestAvatar(t *testing.T) {
	face := one(t, draw(t, ui.Avatar(ui.Face{ID: 27, Name: "Elsa"}, "large")), "span")
	attr(t, face, "class", "avatar h3 large")
	attr(t, face, "aria-hidden", "true")

	picture := one(t, draw(t, ui.Avatar(ui.Face{ID: 27, Name: "Elsa", Picture: "3f9c"}, "tiny")), "img")
	attr(t, picture, "src", "/users/27/picture/3f9c")
	attr(t, picture, "alt", "")
	attr(t, picture, "loading", "lazy")
	attr(t, picture, "class", "avatar tiny")
}

// A list draws a face for each row, so a face is to cost next to nothing.
func BenchmarkAvatar(b *testing.B) {
	face := ui.Face{ID: 27, Name: "Mara Lindqvist"}
	b.ReportAllocs()
	for b.Loop() {
		if err := ui.Avatar(face, "").Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
