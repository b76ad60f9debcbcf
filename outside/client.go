// Package outside is the one way in which Usher asks servers that somebody else
// has named: lists of channels, podcasts, and what they lead to. Whoever names
// an address must not be able to have Usher ask what only this machine can
// reach. So every address is checked when it is dialled, after its name has been
// looked up, and nothing is sent along: no cookies, no credentials, no Referer.
package outside

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

const (
	// userAgent is what Usher calls itself.
	userAgent = "Usher"
	// maxRedirects is how many redirects are followed.
	maxRedirects = 5
	// maxHeaders bounds the headers of an answer, in bytes.
	maxHeaders = 64 << 10
	// maxIdle is how many connections wait for another question.
	maxIdle = 16
)

// Why there is no answer, besides what the network says.
var (
	ErrRedirects = errors.New("too many redirects")
	ErrSilent    = errors.New("the server has gone silent")
)

// Patience is how long is waited.
type Patience struct {
	Dial    time.Duration // for a connection, and once more for its encryption
	Headers time.Duration // for an answer to begin
	Idle    time.Duration // for more of it
	Whole   time.Duration // for all of a document
}

// usual is the patience of a Client that is told nothing else.
var usual = Patience{Dial: 10 * time.Second, Headers: 20 * time.Second, Idle: 30 * time.Second, Whole: 5 * time.Minute}

// Options say how a Client differs from the usual one.
type Options struct {
	// Port is where Usher listens: that port on an address of this machine is
	// Usher itself.
	Port uint16
	// Allow lets addresses through without a look, for tests; nil allows none.
	Allow func(netip.AddrPort) bool
	// Patience replaces the usual one where it is not zero.
	Patience Patience
}

// Client asks servers outside. It may be used by many at once.
type Client struct {
	port     uint16
	allow    func(netip.AddrPort) bool
	patience Patience
	http     *http.Client
}

// New is a client.
func New(options Options) *Client {
	c := &Client{port: options.Port, allow: options.Allow, patience: options.Patience}
	if c.patience == (Patience{}) {
		c.patience = usual
	}
	dialer := &net.Dialer{Timeout: c.patience.Dial, Control: c.control}
	c.http = &http.Client{
		CheckRedirect: checkRedirect,
		Transport: &http.Transport{
			Proxy:                  nil, // one from the environment would dial whatever it is told
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    c.patience.Dial,
			ResponseHeaderTimeout:  c.patience.Headers,
			ExpectContinueTimeout:  time.Second,
			MaxResponseHeaderBytes: maxHeaders,
			MaxIdleConns:           maxIdle,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        time.Minute,
			DisableCompression:     true, // Fetch unpacks, and counts what comes out
		},
	}
	return c
}

// checkRedirect is asked before a redirect is followed.
func checkRedirect(r *http.Request, before []*http.Request) error {
	if len(before) > maxRedirects {
		return ErrRedirects
	}
	r.Header.Del("Referer")
	return checkURL(r.URL)
}

// Do asks with the method GET or HEAD, and the header beside Usher's own; nil is
// none. Redirects are followed. Whoever gets an answer closes its body, which
// ends with ErrSilent when the server sends nothing for a while.
//
// Where there is no answer, the error is a *Failure with a sentence for the
// screen, or that of ctx.
func (c *Client) Do(ctx context.Context, method, address string, header http.Header) (*http.Response, error) {
	asking, cancel := context.WithCancelCause(ctx)
	answer, err := c.ask(asking, method, address, header)
	if err != nil {
		cancel(nil)
		return nil, explain(ctx, err)
	}
	answer.Body = c.impatient(asking, answer.Body, cancel)
	return answer, nil
}

func (c *Client) ask(ctx context.Context, method, address string, header http.Header) (*http.Response, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, ErrAddress // and not what url says, which quotes the address
	}
	if err := checkURL(u); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("User-Agent", userAgent)
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	return answer, nil
}

// impatient ends the body of an answer of which nothing comes any more. Only
// the time in which somebody waits for it counts.
func (c *Client) impatient(ctx context.Context, body io.ReadCloser, cancel context.CancelCauseFunc) io.ReadCloser {
	timer := time.AfterFunc(c.patience.Idle, func() { cancel(ErrSilent) })
	timer.Stop()
	return &impatientBody{ctx: ctx, body: body, cancel: cancel, timer: timer, idle: c.patience.Idle}
}

type impatientBody struct {
	ctx    context.Context
	body   io.ReadCloser
	cancel context.CancelCauseFunc
	timer  *time.Timer
	idle   time.Duration
}

// Read waits for more no longer than the client's patience.
func (b *impatientBody) Read(p []byte) (int, error) {
	b.timer.Reset(b.idle)
	n, err := b.body.Read(p)
	b.timer.Stop()
	if err != nil && !errors.Is(err, io.EOF) && errors.Is(context.Cause(b.ctx), ErrSilent) {
		err = ErrSilent
	}
	return n, err
}

// Close ends the connection where not all has been read.
func (b *impatientBody) Close() error {
	b.timer.Stop()
	b.cancel(nil)
	return b.body.Close()
}
