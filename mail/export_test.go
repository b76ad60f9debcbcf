package mail

import (
	"context"
	"net"
)

// ConnectTo makes the sender connect to an address, whatever server is named.
func (s *Sender) ConnectTo(addr string) {
	s.dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, addr)
	}
}
