package auth

import (
	"net/url"
	"strings"
	"testing"
)

func TestSafeNext(t *testing.T) {
	tests := []struct{ raw, want string }{
		{"/", "/"},
		{"/admin/users", "/admin/users"},
		{"/admin/users?q=a%20b&sort=seen", "/admin/users?q=a%20b&sort=seen"},
		{"/account#password", "/account"},
		{"/titles/7?next=//evil.example", "/titles/7?next=//evil.example"},
		{"/caf%C3%A9", "/caf%C3%A9"},
		{"", "/"},
		{"admin", "/"},
		{"//evil.example", "/"},
		{"///evil.example", "/"},
		{`/\evil.example`, "/"},
		{`\/evil.example`, "/"},
		{"/\t/evil.example", "/"},
		{"/\n/evil.example", "/"},
		{" /admin", "/"},
		{"/admin ", "/"},
		{"/%09/evil.example", "/"},
		{"/%2fevil.example", "/"},
		{"/%2Fevil.example", "/"},
		{"/%5cevil.example", "/"},
		{"/a/..//evil.example", "/"},
		{"/./admin", "/"},
		{"/%2e%2e/admin", "/"},
		{"/%zz", "/"},
		{"https://evil.example/", "/"},
		{"javascript:alert(1)", "/"},
		{"/\x00", "/"},
		{"/\u2028", "/"},
		{"/sign-in", "/"},
		{"/sign-in/", "/"},
		{"/sign-in?next=/admin", "/"},
		{"/sign-out", "/"},
		{"/sign%2Dout", "/"},
		{"/sign-ins", "/sign-ins"},
		{"/" + strings.Repeat("a", 1999), "/" + strings.Repeat("a", 1999)},
		{"/" + strings.Repeat("a", 2000), "/"},
	}
	for _, test := range tests {
		if got := SafeNext(test.raw); got != test.want {
			t.Errorf("SafeNext(%q) = %q, want %q", test.raw, got, test.want)
		}
	}
}

// asBrowser reads an address as browsers do before they resolve it: ends
// trimmed, tabs and line breaks gone, backslashes turned
// (https://url.spec.whatwg.org/#concept-basic-url-parser).
func asBrowser(raw string) string {
	raw = strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' })
	return strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(raw)
}

// FuzzSafeNext holds that a browser that follows the address stays on the site,
// that it is a path, and that cleaning it again changes nothing.
func FuzzSafeNext(f *testing.F) {
	for _, seed := range []string{"/", "/admin?q=1", "//x", `/\x`, "/%2f/x", "/\t/x", "/a/../..//x", "/;@x", "/?#", "/:80@x"} {
		f.Add(seed)
	}
	base := &url.URL{Scheme: "http", Host: "usher.example", Path: "/sign-in"}
	f.Fuzz(func(t *testing.T, raw string) {
		next := SafeNext(raw)
		target, err := base.Parse(asBrowser(next))
		if err != nil || target.Host != "usher.example" || target.Scheme != "http" || target.User != nil {
			t.Errorf("SafeNext(%q) = %q leads to %v (%v)", raw, next, target, err)
		}
		if !strings.HasPrefix(next, "/") || strings.HasPrefix(asBrowser(next), "//") {
			t.Errorf("SafeNext(%q) = %q is not a path on this site", raw, next)
		}
		if again := SafeNext(next); again != next {
			t.Errorf("SafeNext(%q) = %q, and of that %q", raw, next, again)
		}
	})
}
