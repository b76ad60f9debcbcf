// Command usher is the people side of a home media server.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // people's hours count in their time zone, also where the system knows none

	"github.com/alecthomas/kong"

	"usher/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// Asked to end twice, Usher ends at once.
	context.AfterFunc(ctx, stop)
	err := run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "usher: "+explain(err))
		os.Exit(1)
	}
}

// streams are what a command reads and writes.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer

	near func(netip.AddrPort) bool // servers of tests, which are asked although they run on this machine; else nil
}

// commandLine is every command with its flags.
type commandLine struct {
	Serve    serveCommand    `cmd:"" help:"Serve Usher's pages."`
	Password passwordCommand `cmd:"" help:"Set somebody's password, here on the server."`
	Demo     demoCommand     `cmd:"" help:"Add a made-up household, to try Usher out."`
}

// dataFlag names the data folder.
type dataFlag struct {
	Data string `help:"Folder with Usher's data." default:"./usher-data" env:"USHER_DATA" type:"path" placeholder:"FOLDER"`
}

// errStop ends run without an error, after kong has printed its help.
var errStop = errors.New("stop")

// run runs one command until it is done or ctx ends.
func run(ctx context.Context, args []string, io streams) (err error) {
	var line commandLine
	parser, err := kong.New(&line,
		kong.Name("usher"), kong.Description("The people side of your home media server."),
		kong.UsageOnError(), kong.Writers(io.out, io.err),
		kong.Exit(func(int) { panic(errStop) }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(io),
	)
	if err != nil {
		return fmt.Errorf("command line: %w", err)
	}
	// Kong prints its help and then exits; here it returns instead.
	defer func() {
		if p := recover(); p == errStop { //nolint:errorlint // a value of ours, thrown above
			err = nil
		} else if p != nil {
			panic(p)
		}
	}()
	parsed, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("%w (usher --help tells what there is)", err)
	}
	return parsed.Run()
}

// explain is what the terminal says about an error: the sentence of the
// library that knew best what went wrong, without the path through the code.
func explain(err error) string {
	var data *store.DataError
	if errors.As(err, &data) {
		return data.Error()
	}
	var invalid *store.Invalid
	if errors.As(err, &invalid) {
		return invalid.Error()
	}
	return err.Error()
}

func newLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
