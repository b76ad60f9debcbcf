package auth

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// NetworkError names the part of a list of networks that is none.
type NetworkError struct {
	Entry string
}

func (e *NetworkError) Error() string {
	return fmt.Sprintf("“%s” is not a network or an address. Write it as 192.168.1.0/24 or 192.168.1.7.", e.Entry)
}

// ParseNetworks reads networks and single addresses with commas, spaces or
// lines between them. Each comes back in its plainest form and once; an empty
// text is an empty list. The error is a *NetworkError for the first bad entry.
func ParseNetworks(text string) ([]netip.Prefix, error) {
	var networks []netip.Prefix
	separator := func(r rune) bool { return strings.ContainsRune(", ;\t\r\n", r) }
	for _, entry := range strings.FieldsFunc(text, separator) {
		network, ok := parseNetwork(entry)
		if !ok {
			return nil, &NetworkError{Entry: entry}
		}
		if !slices.Contains(networks, network) {
			networks = append(networks, network)
		}
	}
	return networks, nil
}

// EveryoneError names the part of a list of trusted proxies that would trust
// every address there is.
type EveryoneError struct {
	Entry string
}

func (e *EveryoneError) Error() string {
	return fmt.Sprintf("“%s” is every address there is, so anyone could claim to be at home. Name your proxies alone, such as 192.168.1.2.", e.Entry)
}

// ParseProxies reads trusted proxies as ParseNetworks does. The error may also
// be an *EveryoneError.
func ParseProxies(text string) ([]netip.Prefix, error) {
	proxies, err := ParseNetworks(text)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(proxies, isEveryone); i >= 0 {
		return nil, &EveryoneError{Entry: proxies[i].String()}
	}
	return proxies, nil
}

// HoldsEveryone says whether one of the networks is every address there is.
func HoldsEveryone(networks []netip.Prefix) bool { return slices.ContainsFunc(networks, isEveryone) }

func isEveryone(network netip.Prefix) bool { return network.Bits() == 0 }

// FormatNetworks writes what ParseNetworks reads, one on each line.
func FormatNetworks(networks []netip.Prefix) string {
	lines := make([]string, len(networks))
	for i, network := range networks {
		lines[i] = network.String()
		if network.IsSingleIP() {
			lines[i] = network.Addr().String()
		}
	}
	return strings.Join(lines, "\n")
}

// parseNetwork reads IPv4 addresses in IPv6 clothes as IPv4, as Locate does.
func parseNetwork(entry string) (netip.Prefix, bool) {
	if address, err := netip.ParseAddr(entry); err == nil {
		if address.Zone() != "" {
			return netip.Prefix{}, false
		}
		address = plain(address)
		return netip.PrefixFrom(address, address.BitLen()), true
	}
	network, err := netip.ParsePrefix(entry)
	if err != nil {
		return netip.Prefix{}, false
	}
	if network.Addr().Is4In6() {
		if network.Bits() < 96 {
			return netip.Prefix{}, false
		}
		network = netip.PrefixFrom(network.Addr().Unmap(), network.Bits()-96)
	}
	return network.Masked(), true
}

func contains(networks []netip.Prefix, address netip.Addr) bool {
	for _, network := range networks {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// parsePeer reads http.Request.RemoteAddr, "address:port".
func parsePeer(remote string) netip.Addr {
	if peer, err := netip.ParseAddrPort(remote); err == nil {
		return plain(peer.Addr())
	}
	return parseForwarded(remote)
}

// parseForwarded reads an entry of X-Forwarded-For: an address, which some
// proxies write with a port, and in brackets when it is IPv6. It returns the
// zero address for anything else.
func parseForwarded(entry string) netip.Addr {
	entry = strings.Trim(entry, " \t")
	if peer, err := netip.ParseAddrPort(entry); err == nil {
		return plain(peer.Addr())
	}
	entry = strings.TrimSuffix(strings.TrimPrefix(entry, "["), "]")
	address, err := netip.ParseAddr(entry)
	if err != nil {
		return netip.Addr{}
	}
	return plain(address)
}

// plain makes equal addresses compare equal: no IPv4 in IPv6, no zone.
func plain(address netip.Addr) netip.Addr {
	return address.Unmap().WithZone("")
}
