// Package letterbox is a mail server that keeps what it is given, for tests
// and for developers. It can be told to fail as mail servers do.
package letterbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"slices"
	"sync"

	"github.com/emersion/go-smtp"
)

// Security is how a box protects its connections.
type Security int

// The kinds of security: none, STARTTLS, and TLS from the first byte.
const (
	Plain Security = iota
	STARTTLS
	TLS
)

// Options say what kind of mail server to open.
type Options struct {
	Addr     string // "127.0.0.1:0" when empty
	Security Security
	User     string // with Password, asked of everyone; "" asks nobody
	Password string
}

// Box is an open letterbox.
type Box struct {
	options  Options
	server   *smtp.Server
	listener net.Listener
	roots    *x509.CertPool
	serving  sync.WaitGroup
	closing  sync.Once
	closed   chan struct{}

	mu      sync.Mutex
	fault   Fault
	letters []Letter
	news    chan struct{} // closed and replaced when something happens
	seen    map[Fault]int
	held    []net.Conn
}

// Open opens a box. Close it.
func Open(options Options) (*Box, error) {
	if options.Addr == "" {
		options.Addr = "127.0.0.1:0"
	}
	b := &Box{options: options, closed: make(chan struct{}), news: make(chan struct{}), seen: make(map[Fault]int)}
	b.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{box: b, conn: c}, nil }))
	b.server.Domain, b.server.AllowInsecureAuth, b.server.EnableSMTPUTF8 = "letterbox.example", true, true
	b.server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", options.Addr)
	if err != nil {
		return nil, fmt.Errorf("open letterbox: %w", err)
	}
	b.listener = &watchedListener{listener, b}
	if options.Security != Plain {
		config, roots, err := newCertificate()
		if err != nil {
			return nil, errors.Join(err, listener.Close())
		}
		b.roots = roots
		if options.Security == STARTTLS {
			b.server.TLSConfig = config
		} else {
			b.listener = tls.NewListener(b.listener, config)
		}
	}
	b.serving.Go(func() { _ = b.server.Serve(b.listener) })
	return b, nil
}

// Close ends every connection. The letters stay. A second time does nothing.
func (b *Box) Close() {
	b.closing.Do(func() {
		close(b.closed)
		// The server knows its listener only once it serves.
		_ = b.listener.Close()
		_ = b.server.Close()
		b.mu.Lock()
		for _, conn := range b.held {
			_ = conn.Close()
		}
		b.mu.Unlock()
		b.serving.Wait()
	})
}

// Addr is where the box listens, as host:port.
func (b *Box) Addr() string { return b.listener.Addr().String() }

// Roots trust the box's certificate.
func (b *Box) Roots() *x509.CertPool { return b.roots }

// URL is the box as Usher's SMTP URL, with the sender usher@example.org.
func (b *Box) URL() string {
	u := url.URL{Scheme: "smtp", Host: b.Addr(), RawQuery: url.Values{"from": {"usher@example.org"}}.Encode()}
	if b.options.Security == TLS {
		u.Scheme = "smtps"
	}
	if b.options.User != "" {
		u.User = url.UserPassword(b.options.User, b.options.Password)
	}
	return u.String()
}

// Letters are what the box has taken, oldest first.
func (b *Box) Letters() []Letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.letters)
}

// Wait waits until the box has taken so many letters, and is them.
func (b *Box) Wait(ctx context.Context, count int) ([]Letter, error) {
	err := b.until(ctx, func() bool { return len(b.letters) >= count })
	return b.Letters(), err
}

// Take empties the box.
func (b *Box) Take() []Letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	letters := b.letters
	b.letters = nil
	return letters
}

// until waits for a condition, which is asked whenever something has happened.
func (b *Box) until(ctx context.Context, condition func() bool) error {
	for {
		b.mu.Lock()
		met, news := condition(), b.news
		b.mu.Unlock()
		if met {
			return nil
		}
		select {
		case <-news:
		case <-b.closed:
			return net.ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// happened tells whoever waits. The caller holds the lock.
func (b *Box) happened() {
	close(b.news)
	b.news = make(chan struct{})
}

// keep takes a letter in.
func (b *Box) keep(l Letter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l.ID = len(b.letters) + 1
	b.letters = append(b.letters, l)
	b.happened()
}
