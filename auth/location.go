package auth

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Networks is what the settings say about the addresses around the server.
type Networks struct {
	Home    []netip.Prefix // who is asking from here is at home
	Trusted []netip.Prefix // proxies that are believed when they name who is asking
	Host    string         // of the server's address (HostOf), "" where that is not set
}

// Header is one line of a request's header.
type Header struct {
	Name, Value string
}

// Location is where a request comes from, as far as Usher can tell.
type Location struct {
	Peer       netip.Addr // the other end of the connection; zero when unknown
	Address    netip.Addr // who is asking; zero when that cannot be known
	Home       bool
	Reason     Reason
	Forwarding []Header // the forwarding headers that came along, by name
}

// Reason is why a request counts as home or away.
type Reason int

// The reasons, in the order in which Locate looks for them.
const (
	PeerUnknown Reason = iota
	PeerHome
	PeerAway
	HeaderFromStranger
	ProxyNamedNobody
	ProxyNamedNonsense
	ProxyNamedHome
	ProxyNamedAway
	NameFromOutside
)

// Sentence explains the reason to an administrator.
func (r Reason) Sentence() string {
	switch r {
	case PeerHome:
		return "This request counts as home: it comes straight from an address in the home networks."
	case PeerAway:
		return "This request counts as away: it comes straight from an address outside of the home networks."
	case HeaderFromStranger:
		return "This request counts as away: it carries a forwarding header, but does not come from a trusted proxy. " +
			"If a proxy of yours sent it, add its address to the trusted proxies."
	case ProxyNamedNobody:
		return "This request counts as away: it comes from a trusted proxy, which did not say for whom. " +
			"Let the proxy set X-Forwarded-For."
	case ProxyNamedNonsense:
		return "This request counts as away: it comes from a trusted proxy, but its X-Forwarded-For header " +
			"names something that is not an address."
	case ProxyNamedHome:
		return "This request counts as home: a trusted proxy says that it comes from an address in the home networks."
	case ProxyNamedAway:
		return "This request counts as away: a trusted proxy says that it comes from an address outside of the home networks."
	case NameFromOutside:
		return "This request counts as away: the name in the browser’s address bar is not in the address of this server, " +
			"and anyone on the internet could have a name lead here. If it is one of yours, make it the server’s address."
	case PeerUnknown:
	}
	return "This request counts as away: the address at the other end of the connection is not known."
}

// Locate tells where a request comes from. What is trusted is decided by n
// alone, never by the request: a forwarding header from a peer that is not a
// trusted proxy makes the request count as away, since home must not be
// claimed by typing a header. From a trusted proxy the address is the
// rightmost one in X-Forwarded-For that is not itself a trusted proxy, since
// every proxy adds on the right and only the left end can be made up. Nor is
// home a request by a name that somebody outside can have pointed here.
func (n Networks) Locate(r *http.Request) Location {
	l := Location{Peer: parsePeer(r.RemoteAddr), Forwarding: forwardingHeaders(r.Header)}
	l.Address = l.Peer
	switch {
	case !l.Peer.IsValid():
		l.Reason = PeerUnknown
	case contains(n.Trusted, l.Peer):
		l.Address, l.Reason = n.forwarded(r.Header.Values("X-Forwarded-For"))
	case len(l.Forwarding) > 0:
		l.Reason = HeaderFromStranger
	case contains(n.Home, l.Peer):
		l.Reason = PeerHome
	default:
		l.Reason = PeerAway
	}
	l.Home = l.Reason == PeerHome || l.Reason == ProxyNamedHome
	if l.Home && !n.named(r.Host) {
		l.Home, l.Reason = false, NameFromOutside
	}
	return l
}

// forwarded reads X-Forwarded-For as a trusted proxy sent it. Where every entry
// is a trusted proxy, the leftmost is who began.
func (n Networks) forwarded(lines []string) (netip.Addr, Reason) {
	if len(lines) == 0 {
		return netip.Addr{}, ProxyNamedNobody
	}
	entries := strings.Split(strings.Join(lines, ","), ",")
	var address netip.Addr
	for _, entry := range slices.Backward(entries) {
		if address = parseForwarded(entry); !address.IsValid() {
			return address, ProxyNamedNonsense
		}
		if !contains(n.Trusted, address) {
			break
		}
	}
	if contains(n.Home, address) {
		return address, ProxyNamedHome
	}
	return address, ProxyNamedAway
}

// forwardingHeaders returns every header by which a proxy says that it is one,
// sorted by name.
func forwardingHeaders(header http.Header) []Header {
	var found []Header
	for name, values := range header {
		if !isForwarding(name) {
			continue
		}
		for _, value := range values {
			found = append(found, Header{name, value})
		}
	}
	slices.SortStableFunc(found, func(a, b Header) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// isForwarding knows the standard ones (RFC 7239, RFC 9110 section 7.6.3), the
// X-Forwarded family, and those of well-known proxies and tunnels.
func isForwarding(name string) bool {
	switch name {
	case "Forwarded", "Forwarded-For", "Via", "Client-Ip",
		"X-Real-Ip", "X-Client-Ip", "X-Cluster-Client-Ip", "X-Remote-Ip", "X-Remote-Addr", "X-Original-Forwarded-For",
		"X-Envoy-External-Address", "X-Proxyuser-Ip", "True-Client-Ip",
		"Cf-Connecting-Ip", "Cf-Connecting-Ipv6", "Cf-Pseudo-Ipv4", "Cdn-Loop",
		"Fastly-Client-Ip", "Fly-Client-Ip", "X-Appengine-User-Ip", "X-Azure-Clientip", "X-Azure-Socketip",
		"Tailscale-User-Login", "Ngrok-Trace-Id":
		return true
	}
	return strings.HasPrefix(name, "X-Forwarded")
}
