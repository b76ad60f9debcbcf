package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"strings"
	"sync/atomic"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
	"golang.org/x/net/idna"
)

// Message is an e-mail, ready to be sent. What goes into its header is made one
// line of bounded length there.
type Message struct {
	ID       string // Message-ID, without brackets
	Sender   string // the name beside the sender's address
	To, Name string // the recipient's address and name
	Subject  string
	Text     string
	HTML     string
}

// Sender sends e-mails.
type Sender struct {
	Patience Patience
	Roots    *x509.CertPool // that sign mail servers' certificates; nil for the system's

	dial func(ctx context.Context, network, addr string) (net.Conn, error)
}

// Patience is how long a mail server may take for its parts.
type Patience struct {
	Greeting time.Duration // to take the connection, encrypt it and sign Usher in
	Command  time.Duration // for each line
	Taking   time.Duration // to take the letter, from its first byte to the answer
	Farewell time.Duration // to do so once Usher stops
}

// NewSender is a sender with the patience that RFC 5321 asks for (section
// 4.5.3.2), but for the greeting: whoever keeps Usher waiting there is asked
// again later.
func NewSender() *Sender {
	return &Sender{
		Patience: Patience{Greeting: time.Minute, Command: 5 * time.Minute, Taking: 10 * time.Minute, Farewell: 10 * time.Second},
		dial:     (&net.Dialer{}).DialContext,
	}
}

// Send gives the message to the server. handingOver is called in the instant
// before the first byte of its text goes out, and stops the sending with its
// error. When ctx ends, what has not come so far is given up at once, and a
// server that has the text gets the Farewell's time. The error is a *Failure, or that of
// handingOver.
func (s *Sender) Send(ctx context.Context, server Server, m Message, handingOver func() error) error {
	talk := &conversation{sender: s, server: server}
	stop := context.AfterFunc(ctx, talk.giveUp)
	defer stop()
	defer talk.hangUp()
	text, err := m.build(server)
	if err != nil {
		return &Failure{Why: "This e-mail cannot be written: the address of its sender or its recipient is none.", Permanent: true, err: err}
	}
	client, err := talk.begin(ctx)
	if err != nil {
		return talk.explain(err)
	}
	if err := talk.address(client, m); err != nil {
		return err
	}
	return talk.handOver(client, text, handingOver)
}

// build is the message as it goes over the wire. The error names an address
// that is none.
func (m Message) build(server Server) (*gomail.Msg, error) {
	from := &mail.Address{Name: oneLine(m.Sender), Address: envelope(server.From)}
	to := &mail.Address{Name: oneLine(m.Name), Address: envelope(m.To)}
	for _, address := range []*mail.Address{from, to} {
		if _, err := mail.ParseAddress(address.Address); err != nil || strings.ContainsAny(address.Address, "\r\n<> ") {
			return nil, fmt.Errorf("address %q: %w", address.Address, errors.Join(errNoAddress, err))
		}
	}
	text := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	text.FromMailAddress(from)
	text.ToMailAddress(to)
	text.Subject(oneLine(m.Subject))
	text.SetMessageIDWithValue(m.ID)
	text.SetDate()
	// No machine answers this one (RFC 3834, section 5).
	text.SetGenHeader("Auto-Submitted", "auto-generated")
	text.SetBodyString(gomail.TypeTextPlain, m.Text)
	text.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return text, nil
}

var errNoAddress = errors.New("not an e-mail address")

// conversation is one connection to a mail server.
type conversation struct {
	sender *Sender
	server Server
	conn   atomic.Pointer[net.Conn]
	handed atomic.Bool // the text is on its way
	over   atomic.Bool // whoever asked for the sending waits no longer
}

// giveUp ends a conversation that has not come to the text. A server that has
// the text may still take it, but not for ever.
func (t *conversation) giveUp() {
	t.over.Store(true)
	if t.handed.Load() {
		t.wait(t.sender.Patience.Farewell)
		return
	}
	t.hangUp()
}

func (t *conversation) hangUp() {
	if conn := t.conn.Load(); conn != nil {
		_ = (*conn).Close()
	}
}

// wait gives the server so long for what comes next.
func (t *conversation) wait(patience time.Duration) {
	_ = (*t.conn.Load()).SetDeadline(time.Now().Add(patience))
}

// begin connects, encrypts and signs in.
func (t *conversation) begin(ctx context.Context) (*smtp.Client, error) {
	config := &tls.Config{
		MinVersion: tls.VersionTLS12, ServerName: t.server.Host, RootCAs: t.sender.Roots,
		// Nobody stands between this machine and itself, and bridges to mail
		// services have certificates that they made themselves.
		InsecureSkipVerify: t.server.here() && t.sender.Roots == nil, //nolint:gosec // see above
	}
	options := []gomail.Option{
		gomail.WithPort(t.server.Port), gomail.WithTLSConfig(config), gomail.WithTimeout(t.sender.Patience.Greeting),
		gomail.WithDialContextFunc(func(ctx context.Context, network, addr string) (net.Conn, error) {
			return t.dial(ctx, network, addr, config)
		}),
	}
	switch t.server.Encryption {
	case STARTTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS, STARTTLSIfBetter:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	client, err := gomail.NewClient(t.server.Host, append(options, t.credentials()...)...)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	return client.DialToSMTPClientWithContext(ctx)
}

// dial notes the connection, so that it can be ended from outside.
func (t *conversation) dial(ctx context.Context, network, addr string, config *tls.Config) (net.Conn, error) {
	conn, err := t.sender.dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	t.conn.Store(&conn)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if t.server.Encryption != TLS {
		return conn, nil
	}
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return secure, nil
}

// credentials are the ways to sign in, the best first. Those that show the
// password are used over an encrypted connection only, and within this machine.
func (t *conversation) credentials() []gomail.Option {
	if t.server.User == "" {
		return nil
	}
	ways := []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin, gomail.SMTPAuthCramMD5}
	if t.server.here() {
		ways = []gomail.SMTPAuthType{gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc, gomail.SMTPAuthCramMD5}
	}
	return []gomail.Option{gomail.WithUsername(t.server.User), gomail.WithPassword(t.server.Password), gomail.WithOpportunisticSMTPAuth(ways...)}
}

// address names the sender and the recipient.
func (t *conversation) address(client *smtp.Client, m Message) error {
	from, to := envelope(t.server.From), envelope(m.To)
	if unicodeMail, _ := client.Extension("SMTPUTF8"); !unicodeMail && !isASCII(from+to) {
		return &Failure{Why: t.server.Host + " takes no e-mail for addresses with letters other than a to z, such as " + m.To + ".", Permanent: true}
	}
	t.wait(t.sender.Patience.Command)
	if err := client.Mail("<" + from + ">"); err != nil {
		return t.refused(t.server.Host+" takes no e-mail from "+t.server.From, err, false)
	}
	t.wait(t.sender.Patience.Command)
	if err := client.Rcpt("<" + to + ">"); err != nil {
		return t.refused(t.server.Host+" does not take e-mail for "+m.To, err, true)
	}
	return nil
}

// handOver sends the text and waits for the server to take it.
func (t *conversation) handOver(client *smtp.Client, text *gomail.Msg, handingOver func() error) error {
	t.wait(t.sender.Patience.Command)
	body, err := client.Data()
	if err != nil {
		return t.refused(t.server.Host+" does not take this e-mail", err, true)
	}
	if err := handingOver(); err != nil {
		return err
	}
	t.wait(t.sender.Patience.Taking)
	t.handed.Store(true)
	if _, err := text.WriteTo(body); err != nil {
		return t.explain(err)
	}
	if err := body.Close(); err != nil {
		return t.refused(t.server.Host+" does not take this e-mail", err, true)
	}
	t.wait(t.sender.Patience.Greeting)
	_ = client.Quit() // it has the letter, whatever it says now
	return nil
}

// envelope is an address as mail servers pass it on: the domain in ASCII (RFC
// 5890) where that can be.
func envelope(address string) string {
	at := strings.LastIndexByte(address, '@')
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil {
		return address
	}
	return address[:at+1] + domain
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > 127 })
}
