package auth

import (
	"net/netip"
	"net/url"
	"strings"
)

// ownDomains are the ends of names that nobody can own in the public DNS, and so
// cannot point at a server in somebody's home: those of RFC 6761 (section 6),
// RFC 6762 (mDNS, and appendix G: what homes use without having asked), RFC
// 8375, and internal, which ICANN keeps free for private use.
var ownDomains = []string{
	"localhost", "test", "invalid", "example", "example.com", "example.net", "example.org",
	"local", "home.arpa", "internal",
	"intranet", "private", "corp", "home", "lan", "localdomain",
}

// HostOf is the host in the server's address as Networks takes it, "" for no
// address.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return plainHost(u.Host)
}

// named says whether the host that a request asks for can be trusted to be a
// name of this server: its own, an address, a name without a dot, or one that
// only the home itself can give. Behind any other name may be DNS rebinding: a
// page on the internet has its own name lead to an address at home, and a
// browser there then takes that page and Usher for the same site.
func (n Networks) named(host string) bool {
	host = plainHost(host)
	return host == "" || host == n.Host || ownName(host)
}

// ownName says whether a host is an address, or a name that nobody outside can
// have.
func ownName(host string) bool {
	if !strings.Contains(host, ".") {
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	for _, domain := range ownDomains {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}

// plainHost is the host without port, brackets, case and the dot at its end.
func plainHost(host string) string {
	return strings.TrimSuffix(strings.ToLower((&url.URL{Host: host}).Hostname()), ".")
}
