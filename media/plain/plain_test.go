package plain_test

import (
	"strings"
	"testing"

	"usher/media/plain"
)

func TestFromHTML(t *testing.T) {
	for markup, want := range map[string]string{
		"plain\r\ntext":                         "plain\ntext",
		"<p>One &amp; two</p><p>Three<br>four":  "One & two\n\nThree\nfour",
		"a<script>alert(1)</script>b":           "ab",
		"a<style>p{}</style>b<!-- c -->d":       "abd",
		"<ul><li>One<li>Two</ul>":               "One\nTwo",
		"1 < 2 & 3 > 2":                         "1 < 2 & 3 > 2",
		"<a href=\"javascript:x()\">here</a>":   "here",
		"&lt;script&gt;alert(1)&lt;/script&gt;": "<script>alert(1)</script>",
		"<":                                     "<",
		"":                                      "",
		"<p":                                    "",
		"a\u202Eb\x07c":                         "abc",
	} {
		if got := plain.FromHTML(markup); got != want {
			t.Errorf("%q: %q, want %q", markup, got, want)
		}
	}
}

func TestTextInAnyEncoding(t *testing.T) {
	for content, want := range map[string]string{
		"Æble": "Æble", "\xEF\xBB\xBFÆble": "Æble", "\xC6ble": "Æble", "\xFF\xFE\xC6\x00b\x00": "Æb", "\xFE\xFF\x00\xC6\x00b": "Æb",
		`<?xml version="1.0" encoding="ISO-8859-2"?>` + "\xA3": `<?xml version="1.0" encoding="ISO-8859-2"?>Ł`,
	} {
		if got, ok := plain.Text([]byte(content)); !ok || got != want {
			t.Errorf("%q: %q, %v, want %q", content, got, ok, want)
		}
	}
	if got, ok := plain.Text([]byte("a\x00b")); ok {
		t.Errorf("bytes are the text %q", got)
	}
}

func FuzzFromHTML(f *testing.F) {
	f.Add("<p>One &amp; two</p><script>x</script>")
	f.Fuzz(func(t *testing.T, markup string) {
		if text := plain.FromHTML(markup); strings.ContainsAny(text, "\x00\r\u202E") {
			t.Errorf("%q is not clean", text)
		}
	})
}
