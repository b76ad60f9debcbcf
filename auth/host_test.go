package auth

import "testing"

func TestNamesFromOutsideAreAway(t *testing.T) {
	n := networks(t, "10.0.0.2")
	n.Host = HostOf("https://Films.Lindqvist.se:8443")
	for host, home := range map[string]bool{
		"":                                true,
		"192.168.1.2:8080":                true,
		"[fd00::2]:8080":                  true,
		"[::1]":                           true,
		"nas":                             true,
		"nas:8080":                        true,
		"LOCALHOST:8080":                  true,
		"nas.local":                       true,
		"nas.local.":                      true,
		"usher.home.arpa:80":              true,
		"films.lindqvist.se":              true,
		"FILMS.lindqvist.se:443":          true,
		"lindqvist.se":                    false,
		"evil.se:8080":                    false,
		"evil.se.":                        false,
		"evil.local.se":                   false,
		"notlocal":                        true,
		"evil.notlocal":                   false,
		"192.168.1.2.evil.se":             false,
		"films.lindqvist.se.evil.se:8080": false,
	} {
		straight := request("192.168.1.20:1")
		proxied := request("10.0.0.2:1", "X-Forwarded-For", "192.168.1.20")
		straight.Host, proxied.Host = host, host
		for _, r := range []Location{n.Locate(straight), n.Locate(proxied)} {
			if r.Home != home || !home && r.Reason != NameFromOutside {
				t.Errorf("asked for as %q: home %t, %q", host, r.Home, r.Reason.Sentence())
			}
		}
	}
	stranger := request("203.0.113.9:1")
	stranger.Host = "evil.se"
	if got := n.Locate(stranger); got.Home || got.Reason != PeerAway {
		t.Errorf("away by another name: home %t, %q", got.Home, got.Reason.Sentence())
	}
}
