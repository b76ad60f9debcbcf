package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"usher/auth"
	"usher/mail"
	"usher/media/channel"
	"usher/media/poster"
	"usher/media/scan"
	"usher/outside"
	"usher/store"
	"usher/web"
)

// How long a connection may take for each of its parts. A picture of 8 MB over
// a slow line is the longest request there is.
const (
	headerTime   = 10 * time.Second
	readTime     = 2 * time.Minute
	writeTime    = 2 * time.Minute
	idleTime     = 2 * time.Minute
	shutdownTime = 20 * time.Second
	maxHeader    = 64 << 10
	cleanUpEvery = time.Hour
)

type serveCommand struct {
	dataFlag
	Addr           string  `help:"Address to listen on." default:":8080" env:"USHER_ADDR" placeholder:"HOST:PORT"`
	URL            *string `help:"Where people reach this server, such as https://home.example." env:"USHER_URL" placeholder:"ADDRESS"`
	HomeNetworks   *string `help:"Networks that are home, with commas between." env:"USHER_HOME_NETWORKS" placeholder:"NETWORKS"`
	TrustedProxies *string `help:"Proxies whose X-Forwarded-For is believed." env:"USHER_TRUSTED_PROXIES" placeholder:"NETWORKS"`
	SMTPURL        *string `name:"smtp-url" help:"Mail server, such as smtps://user:password@mail.example:465?from=usher@example.org." env:"USHER_SMTP_URL" placeholder:"URL"`
	ConnectIssuer  string  `help:"OpenID Connect provider with which people can sign in, such as https://auth.example." env:"USHER_CONNECT_ISSUER" placeholder:"ADDRESS"`
	ConnectName    string  `help:"What the sign-in page calls that provider." env:"USHER_CONNECT_NAME" placeholder:"NAME"`
	ConnectClient  string  `name:"connect-client-id" help:"What this server is called there; the secret comes from USHER_CONNECT_CLIENT_SECRET." env:"USHER_CONNECT_CLIENT_ID" placeholder:"ID"`
	ConnectSecret  string  `hidden:"" env:"USHER_CONNECT_CLIENT_SECRET"`
	Owner          string  `help:"Make this the owner at every start, with the password from USHER_OWNER_PASSWORD." env:"USHER_OWNER" placeholder:"NAME"`
	OwnerPassword  string  `hidden:"" env:"USHER_OWNER_PASSWORD"`
}

// Run serves until ctx ends, then lets the requests in flight finish.
func (cmd *serveCommand) Run(ctx context.Context, io streams) (err error) {
	fixed, err := cmd.fixed()
	if err != nil {
		return err
	}
	release, err := store.Lock(cmd.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	st, err := store.Open(ctx, cmd.Data, store.WithFixed(fixed))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	if err := cmd.ensureOwner(ctx, st); err != nil {
		return err
	}
	if err := cmd.ensureProvider(ctx, st); err != nil {
		return err
	}
	log := newLog(io.err)
	key, changed, err := auth.OpenKey(ctx, st)
	if err != nil {
		return err
	}
	if changed {
		log.Warn("the server's key is another than before: PINs, codes of authenticators and recovery codes count no more", "file", auth.KeyFileName)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cmd.Addr)
	if err != nil {
		return cmd.explainListen(err)
	}
	if err := greet(ctx, st, io.out, listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	client := outside.New(outside.Options{Port: listener.Addr().(*net.TCPAddr).AddrPort().Port(), Allow: io.near})
	return serve(ctx, st, key, client, listener, log)
}

// fixed are the settings given by flag or environment, checked.
func (cmd *serveCommand) fixed() (store.Fixed, error) {
	fixed := store.Fixed{Address: cmd.URL, HomeNetworks: cmd.HomeNetworks, TrustedProxies: cmd.TrustedProxies}
	var err error
	if fixed.SMTPURL, err = cmd.mailServer(); err != nil {
		return fixed, err
	}
	if cmd.URL != nil {
		clean, message := store.CleanAddress(*cmd.URL)
		if message != "" {
			return fixed, fmt.Errorf("--url (USHER_URL) is %q. %s", *cmd.URL, message)
		}
		fixed.Address = &clean
	}
	for _, given := range []struct {
		flag  string
		text  *string
		parse func(string) ([]netip.Prefix, error)
	}{
		{"--home-networks (USHER_HOME_NETWORKS)", cmd.HomeNetworks, auth.ParseNetworks},
		{"--trusted-proxies (USHER_TRUSTED_PROXIES)", cmd.TrustedProxies, auth.ParseProxies},
	} {
		if given.text == nil {
			continue
		}
		if _, err := given.parse(*given.text); err != nil {
			return fixed, fmt.Errorf("%s: %w", given.flag, err)
		}
	}
	return fixed, nil
}

// mailServer is the mail server in its plainest form; "" is given to have none.
func (cmd *serveCommand) mailServer() (*string, error) {
	if cmd.SMTPURL == nil || *cmd.SMTPURL == "" {
		return cmd.SMTPURL, nil
	}
	server, err := mail.ParseServer(*cmd.SMTPURL)
	if err != nil {
		return nil, errors.New("--smtp-url (USHER_SMTP_URL): " + err.Error())
	}
	plain := server.URL()
	return &plain, nil
}

func (cmd *serveCommand) explainListen(err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program already listens on %s. Stop it, or choose another address with --addr", cmd.Addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("this user may not listen on %s. Choose a port above 1023 with --addr", cmd.Addr)
	}
	return fmt.Errorf("cannot listen on %s: %w", cmd.Addr, err)
}

// greet says where Usher is, and before there is an owner, how to make one.
func greet(ctx context.Context, st *store.Store, out io.Writer, addr net.Addr) error {
	base := localURL(addr)
	if address := st.Fixed().Address; address != nil && *address != "" {
		base = *address
	}
	fmt.Fprintf(out, "Usher is at %s\n", base)
	needed, err := st.NeedsSetUp(ctx)
	if err != nil || !needed {
		return err
	}
	code, hash := auth.NewToken()
	if err := st.OpenSetUp(ctx, hash); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nThere is no owner yet. Open this link to make your account; it works once:\n\n  %s/setup?%s\n",
		base, url.Values{"code": {code}}.Encode())
	if strings.HasPrefix(base, "http://localhost:") {
		fmt.Fprintln(out, "\nFrom another device, put this server’s name or address in place of localhost.")
	}
	return nil
}

// localURL is where a browser on this machine reaches addr.
func localURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// serve answers on listener until ctx ends.
func serve(ctx context.Context, st *store.Store, key *auth.Key, client *outside.Client, listener net.Listener, log *slog.Logger) error {
	pages := web.NewServer(st, auth.NewHasher(), key, client, log)
	server := &http.Server{
		Handler:           pages,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	server.RegisterOnShutdown(pages.EndStreams)
	ctx, stop := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer func() { stop(); working.Wait() }()
	working.Go(func() { cleanUp(ctx, st, log) })
	working.Go(func() { mail.NewWorker(st, mail.NewSender(), log).Run(ctx) })
	working.Go(func() { scan.NewWorker(st, log).Run(ctx) })
	working.Go(func() { channel.NewWorker(st, client, log).Run(ctx) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	// ctx is over; what is in flight gets its own time.
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return errors.Join(fmt.Errorf("some requests did not end in time: %w", err), server.Close())
	}
	return nil
}

// cleanUp gives back the memory that only starting needed, and then removes
// every hour what has had its time.
func cleanUp(ctx context.Context, st *store.Store, log *slog.Logger) {
	debug.FreeOSMemory()
	posters := poster.New(st.Folder())
	ticker := time.NewTicker(cleanUpEvery)
	defer ticker.Stop()
	for {
		if _, err := st.CleanUp(ctx); err != nil && ctx.Err() == nil {
			log.Warn("cannot clean up", "error", err)
		}
		if err := posters.Prune(ctx); err != nil && ctx.Err() == nil {
			log.Warn("cannot remove old posters", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
