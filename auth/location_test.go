package auth

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

// defaultHome is home unless the settings say otherwise.
func defaultHome(t testing.TB) []netip.Prefix {
	t.Helper()
	prefixes, err := ParseNetworks(store.DefaultHomeNetworks)
	if err != nil {
		t.Fatal(err)
	}
	return prefixes
}

func networks(t testing.TB, trusted string) Networks {
	t.Helper()
	prefixes, err := ParseNetworks(trusted)
	if err != nil {
		t.Fatal(err)
	}
	return Networks{Home: defaultHome(t), Trusted: prefixes}
}

func request(peer string, header ...string) *http.Request {
	r := &http.Request{RemoteAddr: peer, Header: http.Header{}}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	return r
}

func TestLocate(t *testing.T) {
	const xff = "X-Forwarded-For"
	tests := []struct {
		name, trusted, peer string
		header              []string
		address             string
		reason              Reason
	}{
		{"home", "", "192.168.1.7:4711", nil, "192.168.1.7", PeerHome},
		{"home, IPv6", "", "[fd12::7]:4711", nil, "fd12::7", PeerHome},
		{"home, link-local with a zone", "", "[fe80::1%eth0]:4711", nil, "fe80::1", PeerHome},
		{"home, IPv4 in IPv6", "", "[::ffff:192.168.1.7]:4711", nil, "192.168.1.7", PeerHome},
		{"this machine", "", "127.0.0.1:4711", nil, "127.0.0.1", PeerHome},
		{"away", "", "203.0.113.9:4711", nil, "203.0.113.9", PeerAway},
		{"away, IPv4 in IPv6", "", "[::ffff:203.0.113.9]:4711", nil, "203.0.113.9", PeerAway},
		{"just outside of 172.16/12", "", "172.32.0.1:1", nil, "172.32.0.1", PeerAway},
		{"no peer", "", "@", nil, "", PeerUnknown},
		{"no peer, but a header", "127.0.0.1", "", []string{xff, "192.168.1.7"}, "", PeerUnknown},

		{"a header nobody vouches for", "", "192.168.1.7:1", []string{xff, "192.168.1.8"}, "192.168.1.7", HeaderFromStranger},
		{"an empty one", "", "192.168.1.7:1", []string{xff, ""}, "192.168.1.7", HeaderFromStranger},
		{"from outside", "", "203.0.113.9:1", []string{xff, "192.168.1.8"}, "203.0.113.9", HeaderFromStranger},
		{"from beside the proxy", "10.0.0.2", "10.0.0.3:1", []string{xff, "192.168.1.8"}, "10.0.0.3", HeaderFromStranger},

		{"proxy names home", "10.0.0.2", "10.0.0.2:1", []string{xff, "192.168.1.8"}, "192.168.1.8", ProxyNamedHome},
		{"proxy names away", "10.0.0.2", "10.0.0.2:1", []string{xff, "203.0.113.9"}, "203.0.113.9", ProxyNamedAway},
		{"the left end is made up", "10.0.0.2", "10.0.0.2:1", []string{xff, "192.168.1.8, 203.0.113.9"}, "203.0.113.9", ProxyNamedAway},
		{"lines are one list", "10.0.0.2", "10.0.0.2:1", []string{xff, "192.168.1.8", xff, "203.0.113.9"}, "203.0.113.9", ProxyNamedAway},
		{"two proxies", "10.0.0.2 10.0.0.3", "10.0.0.2:1", []string{xff, "203.0.113.9,10.0.0.3"}, "203.0.113.9", ProxyNamedAway},
		{"only proxies", "10.0.0.0/24", "10.0.0.2:1", []string{xff, "10.0.0.9, 10.0.0.3"}, "10.0.0.9", ProxyNamedHome},
		{"only proxies, away", "198.51.100.0/24", "198.51.100.2:1", []string{xff, "198.51.100.3"}, "198.51.100.3", ProxyNamedAway},
		{"with ports", "10.0.0.2", "10.0.0.2:1", []string{xff, "203.0.113.9:99"}, "203.0.113.9", ProxyNamedAway},
		{"in brackets", "10.0.0.2", "10.0.0.2:1", []string{xff, "[fd12::7]:99, [fd12::7]"}, "fd12::7", ProxyNamedHome},
		{"mapped", "10.0.0.2", "10.0.0.2:1", []string{xff, "::ffff:203.0.113.9"}, "203.0.113.9", ProxyNamedAway},
		{"proxy is mapped", "10.0.0.2", "[::ffff:10.0.0.2]:1", []string{xff, "192.168.1.8"}, "192.168.1.8", ProxyNamedHome},
		{"nonsense on the way", "10.0.0.2", "10.0.0.2:1", []string{xff, "192.168.1.8, unknown"}, "", ProxyNamedNonsense},
		{"nonsense behind a proxy", "10.0.0.0/24", "10.0.0.2:1", []string{xff, "192.168.1.8, , 10.0.0.3"}, "", ProxyNamedNonsense},
		{"nonsense not reached", "10.0.0.2", "10.0.0.2:1", []string{xff, "unknown, 192.168.1.8"}, "192.168.1.8", ProxyNamedHome},
		{"proxy says nothing", "10.0.0.2", "10.0.0.2:1", nil, "", ProxyNamedNobody},
		{"proxy says it elsewhere", "10.0.0.2", "10.0.0.2:1", []string{"X-Real-Ip", "192.168.1.8"}, "", ProxyNamedNobody},
		{"proxy says nothing, in so many words", "10.0.0.2", "10.0.0.2:1", []string{xff, ""}, "", ProxyNamedNonsense},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := networks(t, test.trusted).Locate(request(test.peer, test.header...))
			var address netip.Addr
			if test.address != "" {
				address = netip.MustParseAddr(test.address)
			}
			home := test.reason == PeerHome || test.reason == ProxyNamedHome
			if got.Address != address || got.Reason != test.reason || got.Home != home {
				t.Errorf("Locate = %v, home %t, %q; want %v, home %t, %q",
					got.Address, got.Home, got.Reason.Sentence(), address, home, test.reason.Sentence())
			}
			if len(got.Forwarding) != len(test.header)/2 {
				t.Errorf("Forwarding = %v, sent %v", got.Forwarding, test.header)
			}
		})
	}
}

// strangers are headers that make a request away when no trusted proxy sent them.
var strangers = []string{
	"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded",
	"X-Forwarded-Prefix", "Forwarded", "Forwarded-For", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP",
	"CF-Connecting-IP", "True-Client-IP", "Fly-Client-IP", "Fastly-Client-IP", "x-forwarded-for",
}

func TestAnyForwardingHeaderFromAStrangerIsAway(t *testing.T) {
	for _, name := range strangers {
		got := networks(t, "").Locate(request("127.0.0.1:1", name, "127.0.0.1"))
		if got.Home || got.Reason != HeaderFromStranger {
			t.Errorf("%s: home %t, %q", name, got.Home, got.Reason.Sentence())
		}
	}
}

func TestForwardingIsSortedAndWhole(t *testing.T) {
	got := networks(t, "").Locate(request("127.0.0.1:1", "X-Real-Ip", "c", "Forwarded", "a", "X-Real-Ip", "b", "Accept", "d")).Forwarding
	want := []Header{{"Forwarded", "a"}, {"X-Real-Ip", "c"}, {"X-Real-Ip", "b"}}
	if !slices.Equal(got, want) {
		t.Errorf("Forwarding = %v, want %v", got, want)
	}
}

func TestEveryReasonHasItsSentence(t *testing.T) {
	seen := map[string]bool{}
	for reason := PeerUnknown; reason <= NameFromOutside; reason++ {
		sentence := reason.Sentence()
		home := reason == PeerHome || reason == ProxyNamedHome
		if seen[sentence] || strings.Contains(sentence, "counts as home") != home {
			t.Errorf("reason %d: %q", reason, sentence)
		}
		seen[sentence] = true
	}
}

// FuzzLocate holds that nothing typed into a header makes a request home unless
// a trusted proxy sent it, and then only for an address at home.
func FuzzLocate(f *testing.F) {
	f.Add("127.0.0.1:1", "X-Forwarded-For", "192.168.1.1", "10.0.0.2")
	f.Add("10.0.0.2:1", "Forwarded", "for=192.168.1.1", "10.0.0.2")
	f.Add("[::ffff:10.0.0.2]:1", "x-forwarded-for", "[::1%x]:1,,", "::ffff:10.0.0.2/128")
	f.Fuzz(func(t *testing.T, peer, name, value, trusted string) {
		prefixes, err := ParseNetworks(trusted)
		if err != nil {
			return
		}
		n := Networks{Home: defaultHome(t), Trusted: prefixes}
		got := n.Locate(request(peer, name, value))
		fromProxy := contains(n.Trusted, got.Peer)
		if got.Home && !fromProxy && len(got.Forwarding) > 0 {
			t.Errorf("peer %s with %s: %s is home without a trusted proxy", peer, name, value)
		}
		if got.Home && !contains(n.Home, got.Address) {
			t.Errorf("%v is home, but not in the home networks", got.Address)
		}
		if !fromProxy && got.Address != got.Peer {
			t.Errorf("a stranger at %v was believed to be %v", got.Peer, got.Address)
		}
	})
}
