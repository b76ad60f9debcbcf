package store_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"usher/store"
)

// FuzzCleanName holds names that are taken to what they may be: NFC, 1 to 64
// characters, trimmed, nothing that cannot be seen; and cleaning one again
// changes nothing.
func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"Elsa", " Grandma  Ingrid ", "e\u0301lan", "", "a\u200bb", "\u3164", "👨\u200d👩\u200d👧", "\xff", "a\nb", strings.Repeat("ß", 65), "ﬁ", "\u0301"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		clean, message := store.CleanName(name)
		if message != "" {
			return
		}
		if n := utf8.RuneCountInString(clean); n < 1 || n > store.MaxName || !utf8.ValidString(clean) {
			t.Fatalf("%q is taken with %d characters", name, n)
		}
		if !norm.NFC.IsNormalString(clean) || clean != strings.TrimSpace(clean) || strings.Contains(clean, "  ") {
			t.Fatalf("%q is taken as %q", name, clean)
		}
		for _, r := range clean {
			if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q is taken with %U", name, r)
			}
		}
		if again, message := store.CleanName(clean); again != clean || message != "" {
			t.Fatalf("%q becomes %q, and that %q (%s)", name, clean, again, message)
		}
	})
}

// FuzzCleanEmail holds addresses that are taken to one line that can be sent
// to, and cleaning one again to changing nothing.
func FuzzCleanEmail(f *testing.F) {
	for _, email := range []string{"elsa@example.org", "", "a@b", "a b@c.d", "x@y\nBcc: z@z", `"a"@b.c`, "Elsa <e@example.org>", strings.Repeat("a", 250) + "@b.c"} {
		f.Add(email)
	}
	f.Fuzz(func(t *testing.T, email string) {
		clean, message := store.CleanEmail(email)
		if message != "" || clean == "" {
			return
		}
		if len(clean) > store.MaxEmail || strings.ContainsFunc(clean, unicode.IsSpace) || strings.ContainsFunc(clean, unicode.IsControl) || !strings.Contains(clean, "@") {
			t.Fatalf("%q is taken as %q", email, clean)
		}
		if again, message := store.CleanEmail(clean); again != clean || message != "" {
			t.Fatalf("%q becomes %q, and that %q (%s)", email, clean, again, message)
		}
	})
}

// FuzzCleanAddress holds the server's address to a scheme and a host, since
// links are made with it.
func FuzzCleanAddress(f *testing.F) {
	for _, address := range []string{"https://home.example", "http://192.168.1.20:8080/", "javascript:alert(1)", "https://a@b", "https://h/p?q#f", "//h", "https://", "http://[::1]:80"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		clean, message := store.CleanAddress(address)
		if message != "" || clean == "" {
			return
		}
		scheme, host, found := strings.Cut(clean, "://")
		if !found || scheme != "http" && scheme != "https" || host == "" || strings.ContainsAny(host, "/?#@\\ \"'<>") {
			t.Fatalf("%q is taken as %q", address, clean)
		}
	})
}
