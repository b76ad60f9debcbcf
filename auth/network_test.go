package auth

import (
	"errors"
	"strings"
	"testing"
)

func TestParseNetworks(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{" \n ", ""},
		{"192.168.1.7", "192.168.1.7"},
		{"192.168.1.7/24", "192.168.1.0/24"},
		{"10.0.0.0/8, 192.168.0.0/16\nfd00::/8; ::1", "10.0.0.0/8 192.168.0.0/16 fd00::/8 ::1"},
		{"10.0.0.1 10.0.0.1/32", "10.0.0.1"},
		{"::ffff:10.0.0.1", "10.0.0.1"},
		{"::ffff:10.0.0.0/104", "10.0.0.0/8"},
		{"0.0.0.0/0", "0.0.0.0/0"},
	}
	for _, test := range tests {
		got, err := ParseNetworks(test.text)
		if err != nil || strings.ReplaceAll(FormatNetworks(got), "\n", " ") != test.want {
			t.Errorf("ParseNetworks(%q) = %v, %v; want %s", test.text, got, err, test.want)
		}
	}
}

func TestParseNetworksNamesTheBadOne(t *testing.T) {
	for _, bad := range []string{"home", "10.0.0.0/33", "10.0.0", "10.0.0.1:80", "fe80::1%eth0/64", "::ffff:10.0.0.0/8", "10.0.0.0/-1"} {
		_, err := ParseNetworks("192.168.0.0/16, " + bad)
		var network *NetworkError
		if !errors.As(err, &network) || network.Entry != bad || !strings.Contains(err.Error(), "“"+bad+"”") {
			t.Errorf("ParseNetworks with %q: %v", bad, err)
		}
	}
}

func TestDefaultHomeReadsBackFromText(t *testing.T) {
	text := FormatNetworks(defaultHome(t))
	again, err := ParseNetworks(text)
	if err != nil || FormatNetworks(again) != text {
		t.Errorf("ParseNetworks(%q) = %v, %v", text, again, err)
	}
}

func TestParseProxiesTrustsNotEveryone(t *testing.T) {
	for _, text := range []string{"0.0.0.0/0", "::/0", "10.0.0.2, 1.2.3.4/0", "::ffff:0:0/96"} {
		var everyone *EveryoneError
		if proxies, err := ParseProxies(text); !errors.As(err, &everyone) || proxies != nil {
			t.Errorf("ParseProxies(%q) = %v, %v", text, proxies, err)
		}
	}
	var network *NetworkError
	if _, err := ParseProxies("proxy"); !errors.As(err, &network) {
		t.Errorf("ParseProxies of a name: %v", err)
	}
	if proxies, err := ParseProxies("10.0.0.2 fd00::/8"); err != nil || len(proxies) != 2 || HoldsEveryone(proxies) {
		t.Errorf("ParseProxies of two = %v, %v", proxies, err)
	}
}
