package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"usher/auth"
	"usher/store"
)

// maxPasswordLine bounds what is read from standard input.
const maxPasswordLine = 8 << 10

type passwordCommand struct {
	dataFlag
	Name               string `arg:"" help:"Name or e-mail of the user."`
	RemoveSecondFactor bool   `help:"Take the user's second factor away, too: authenticator, passkeys and recovery codes."`
}

// Run sets the user's password and signs them out everywhere. Where asked to, it
// takes their second factor away. It works beside a running server.
func (cmd *passwordCommand) Run(ctx context.Context, io streams) (err error) {
	st, err := openExisting(ctx, cmd.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	user, err := st.Credentials(ctx, cmd.Name)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("there is no user called %q. The Users page lists everyone", cmd.Name)
	}
	if err != nil {
		return err
	}
	if why := refusal(user.User); why != nil {
		return why
	}
	settings, err := st.Settings(ctx)
	if err != nil {
		return err
	}
	password, err := askPassword(ctx, io, user.Name)
	if err != nil {
		return err
	}
	if err := auth.CheckPassword(password, user.Name, user.Email, settings.ServerName); err != nil {
		return err
	}
	remove, err := cmd.removesFactor(ctx, io, user.User)
	if err != nil {
		return err
	}
	hash, err := auth.NewHasher().Hash(ctx, password)
	if err != nil {
		return err
	}
	if err := st.ResetPassword(ctx, store.Console(), user.ID, hash); err != nil {
		return err
	}
	fmt.Fprintf(io.out, "The new password of %s is set. Every device of %s is signed out.\n", user.Name, user.Name)
	if err := removeFactor(ctx, io, st, user.User, remove); err != nil {
		return err
	}
	if user.Disabled {
		fmt.Fprintf(io.out, "%s is disabled and cannot sign in until an administrator enables the account.\n", user.Name)
	}
	return nil
}

// refusal is why the password of u is not set here, or nil.
func refusal(u store.User) error {
	switch u.Kind {
	case store.KindGuest:
		return fmt.Errorf("%s is a guest, and nobody else can set a guest's password. Delete the guest and send a new invitation instead", u.Name)
	case store.KindGuestAccount:
		return fmt.Errorf("%s is the guest account, which is for everyone who visits and never has a password", u.Name)
	case store.KindWaiting:
		return fmt.Errorf("%s has registered and waits for approval. Approve the registration on the Users page first", u.Name)
	case store.KindLocal, store.KindInvited:
	}
	return nil
}

// openExisting opens the data folder only where there is one already: a typing
// error in --data must not make a new server.
func openExisting(ctx context.Context, folder string) (*store.Store, error) {
	if _, err := os.Stat(filepath.Join(folder, store.FileName)); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no Usher in %s. Name its data folder with --data", folder)
	}
	return store.Open(ctx, folder)
}

// errInterrupted ends a command that waited for somebody to type.
var errInterrupted = errors.New("interrupted. Nothing was changed")

// askPassword asks twice at a terminal, without showing what is typed, or
// reads one line where standard input is none.
func askPassword(ctx context.Context, io streams, name string) (string, error) {
	file, ok := terminalOf(io)
	if !ok {
		return await(ctx, func() (string, error) { return readLine(io.in) })
	}
	before, err := term.GetState(int(file.Fd()))
	if err != nil {
		return "", fmt.Errorf("look at the terminal: %w", err)
	}
	password, err := await(ctx, func() (string, error) { return promptTwice(file, io.err, name) })
	if errors.Is(err, errInterrupted) {
		fmt.Fprintln(io.err)
		return "", errors.Join(err, term.Restore(int(file.Fd()), before))
	}
	return password, err
}

// terminalOf is the terminal at which somebody types, if it is one.
func terminalOf(io streams) (terminal *os.File, ok bool) {
	file, ok := io.in.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// await is what read returns, or errInterrupted when ctx ends first. Nothing
// can wake a read from a terminal, so it is left behind; the program is about
// to end.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := read()
		answered <- answer{text, err}
	}()
	select {
	case a := <-answered:
		return a.text, a.err
	case <-ctx.Done():
		return "", errInterrupted
	}
}

func promptTwice(terminal *os.File, w io.Writer, name string) (string, error) {
	first, err := prompt(terminal, w, "New password for "+name+": ")
	if err != nil {
		return "", err
	}
	second, err := prompt(terminal, w, "The same again: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two passwords differ. Nothing was changed")
	}
	return first, nil
}

func prompt(terminal *os.File, w io.Writer, question string) (string, error) {
	fmt.Fprint(w, question)
	typed, err := term.ReadPassword(int(terminal.Fd()))
	fmt.Fprintln(w)
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	return string(typed), nil
}

func readLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, maxPasswordLine)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read password: %w", err)
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", errors.New("no password came from standard input. Nothing was changed")
	}
	return line, nil
}
