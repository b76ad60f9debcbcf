package outside

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"testing"
)

func TestAddressesThatAreNotAsked(t *testing.T) {
	c := New(Options{Port: 8080})
	for _, address := range []string{
		"127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "168.63.129.16",
		"224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255",
		"::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
		"64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "2002:7f00:1::", "2002:a9fe:a9fe::1", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254",
	} {
		if err := c.check(netip.AddrPortFrom(netip.MustParseAddr(address), 443)); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v, want ErrForbidden", address, err)
		}
	}
	for _, address := range []string{
		"93.184.215.14", "192.168.1.20", "10.0.0.7", "172.16.3.4", "100.64.1.1", "fd12:3456::1", "2a00:1450:400f::8", "64:ff9b::c0a8:114", "::ffff:192.168.1.20",
	} {
		if err := c.check(netip.AddrPortFrom(netip.MustParseAddr(address), 443)); err != nil {
			t.Errorf("%s: %v, want none", address, err)
		}
	}
}

// Usher's own port is refused on every address of this machine, and what else
// runs there is not: a tuner's program may well run beside Usher.
func TestUsherDoesNotAskItself(t *testing.T) {
	own, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{Port: 8080})
	asked := 0
	for _, one := range own {
		address := netip.MustParsePrefix(one.String()).Addr()
		if c.check(netip.AddrPortFrom(address, 8081)) != nil {
			continue // loopback and link-local are refused anyway
		}
		asked++
		if err := c.check(netip.AddrPortFrom(address, 8080)); !errors.Is(err, ErrItself) {
			t.Errorf("%s at Usher’s port: %v, want ErrItself", address, err)
		}
	}
	if asked == 0 {
		t.Skip("this machine has no address but loopback and link-local")
	}
}

func TestOnlyAddressesOfTheWeb(t *testing.T) {
	for address, want := range map[string]error{
		"https://radio.example/list.m3u":     nil,
		"HTTP://radio.example:8000/a?b=c#d":  nil,
		"http://[fd12::1]:9981/playlist":     nil,
		"file:///etc/passwd":                 ErrAddress,
		"ftp://radio.example/list.m3u":       ErrAddress,
		"gopher://radio.example/":            ErrAddress,
		"javascript:alert(1)":                ErrAddress,
		"data:text/plain,a":                  ErrAddress,
		"http:radio.example":                 ErrAddress,
		"http://":                            ErrAddress,
		"//radio.example/list.m3u":           ErrAddress,
		"http://elsa:secret@radio.example/a": ErrAddress,
		"http://elsa@radio.example/list.m3u": ErrAddress,
		"unix:///run/docker.sock":            ErrAddress,
		"http://:80/":                        ErrAddress,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkURL(u); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
}
