package outside

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"syscall"
)

// Why an address is not asked.
var (
	ErrForbidden = errors.New("leads to a place that Usher does not ask")
	ErrItself    = errors.New("leads to Usher itself")
	ErrAddress   = errors.New("is no plain address of the web")
)

// forbidden are the networks that nothing outside lies in. What is at home
// (RFC 1918, RFC 4193) is not among them: a tuner may well stand there.
var forbidden = parsePrefixes(
	"0.0.0.0/8",          // this network (RFC 1122, section 3.2.1.3)
	"127.0.0.0/8",        // loopback, and so ::1
	"169.254.0.0/16",     // link-local (RFC 3927), where clouds keep their metadata
	"192.0.0.192/32",     // metadata of Oracle
	"100.100.100.200/32", // metadata of Alibaba
	"168.63.129.16/32",   // the host of Azure
	"224.0.0.0/4",        // multicast (RFC 5771)
	"240.0.0.0/4",        // reserved (RFC 1112, section 4), and broadcast
	"::/96",              // unspecified, loopback, and addresses of IPv4 as nobody writes them any more (RFC 4291, section 2.5.5.1)
	"64:ff9b:1::/48",     // translation inside one network (RFC 8215)
	"fd00:ec2::/32",      // metadata of Amazon, and what else it keeps for machines, such as keys
	"fd20:ce::254/128",   // metadata of Google
	"fe80::/10",          // link-local
	"fec0::/10",          // site-local, gone since RFC 3879
	"ff00::/8",           // multicast
)

func parsePrefixes(texts ...string) []netip.Prefix {
	prefixes := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		prefixes[i] = netip.MustParsePrefix(text)
	}
	return prefixes
}

// translated are the networks of IPv6 whose addresses stand for one of IPv4,
// with the byte at which it begins.
var translated = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("::ffff:0:0:0/96"), 12}, // RFC 2765, section 2.1
	{netip.MustParsePrefix("64:ff9b::/96"), 12},    // RFC 6052, section 2.1
	{netip.MustParsePrefix("2002::/16"), 2},        // RFC 3056, section 2
}

// plain is an address without zone, as IPv4 where it stands for one of that.
func plain(address netip.Addr) netip.Addr {
	address = address.Unmap().WithZone("")
	for _, network := range translated {
		if network.prefix.Contains(address) {
			bytes := address.As16()
			var four [4]byte
			binary.BigEndian.PutUint32(four[:], binary.BigEndian.Uint32(bytes[network.at:]))
			return netip.AddrFrom4(four)
		}
	}
	return address
}

// control is asked about each address that is dialled, after names have been
// looked up: what a name stood for a moment ago does not count.
func (c *Client) control(network, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || (network != "tcp4" && network != "tcp6") {
		return fmt.Errorf("%s over %s: %w", address, network, ErrForbidden)
	}
	if c.allow != nil && c.allow(target) {
		return nil
	}
	return c.check(target)
}

// check refuses what is not outside.
func (c *Client) check(target netip.AddrPort) error {
	address := plain(target.Addr())
	for _, network := range forbidden {
		if network.Contains(address) {
			return fmt.Errorf("%s: %w", target, ErrForbidden)
		}
	}
	if target.Port() != c.port {
		return nil
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return fmt.Errorf("find the addresses of this machine: %w", err)
	}
	for _, one := range own {
		prefix, err := netip.ParsePrefix(one.String())
		if err == nil && plain(prefix.Addr()) == address {
			return fmt.Errorf("%s: %w", target, ErrItself)
		}
	}
	return nil
}

// checkURL refuses whatever is not the plain address of a server of the web:
// other schemes, and a name or password in it.
func checkURL(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return ErrAddress
	}
	return nil
}
