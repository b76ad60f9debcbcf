package auth

import (
	"net/url"
	"path"
	"strings"
)

// maxNext bounds the address to return to; longer ones are not worth keeping.
const maxNext = 2000

// SafeNext returns raw where it is an address on this server that somebody may
// be sent to after signing in, and "/" where it is not: an address of another
// server however it is disguised, or one that would lead straight out again
// (/sign-in, /sign-out). The query is kept, a fragment is dropped.
//
// Browsers strip tabs and line breaks from an address and read a backslash as
// a slash (https://url.spec.whatwg.org/#concept-basic-url-parser), so anything
// but printable ASCII is refused before it is parsed.
func SafeNext(raw string) string {
	if len(raw) > maxNext || !strings.HasPrefix(raw, "/") || !printableASCII(raw) {
		return "/"
	}
	u, err := url.Parse(raw)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" || !safePath(u.Path) {
		return "/"
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String()
}

// printableASCII also refuses the backslash, which browsers take for a slash.
func printableASCII(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' || s[i] == '\\' {
			return false
		}
	}
	return true
}

// safePath judges the decoded path: what a proxy or a handler may make of it.
func safePath(decoded string) bool {
	if strings.ContainsFunc(decoded, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' }) {
		return false
	}
	clean := path.Clean(decoded)
	if decoded != clean && decoded != clean+"/" {
		return false
	}
	switch clean {
	case "/sign-in", "/sign-out":
		return false
	}
	return true
}
