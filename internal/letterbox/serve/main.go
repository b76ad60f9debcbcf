// Command serve opens a letterbox, with its letters as web pages, and runs a
// program that gets it as its mail server in USHER_SMTP_URL:
//
//	go run ./internal/letterbox/serve -- go run ./cmd/usher serve
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"usher/internal/letterbox"
)

func main() {
	web := flag.String("web", "127.0.0.1:8025", "address of the page with the letters")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *web, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "letterbox:", err)
		os.Exit(1)
	}
}

// run serves until the program ends, or ctx does and the program with it.
func run(ctx context.Context, web string, command []string) error {
	if len(command) == 0 {
		return errors.New("name the program to run after --")
	}
	box, err := letterbox.Open(letterbox.Options{}) //nolint:contextcheck // it is open at once, and closed below
	if err != nil {
		return err
	}
	defer box.Close()
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", web)
	if err != nil {
		return fmt.Errorf("show the letters: %w", err)
	}
	pages := &http.Server{Handler: box, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = pages.Serve(listener) }()
	defer func() { _ = pages.Close() }()
	fmt.Printf("E-mails are at http://%s\n", listener.Addr())

	program := exec.CommandContext(ctx, command[0], command[1:]...) //nolint:gosec // what the developer asks for
	program.Stdin, program.Stdout, program.Stderr = os.Stdin, os.Stdout, os.Stderr
	program.Env = append(os.Environ(), "USHER_SMTP_URL="+box.URL())
	// A terminal has told the program as well: it ends in its own time.
	program.Cancel = func() error { return program.Process.Signal(os.Interrupt) }
	err = program.Run()
	if ctx.Err() != nil {
		return nil
	}
	return err
}
