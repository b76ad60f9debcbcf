package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"usher/store"
)

// removesFactor says whether u's second factor is to go: it was asked for in the
// command, or is now, at a terminal.
func (cmd *passwordCommand) removesFactor(ctx context.Context, at streams, u store.User) (bool, error) {
	terminal, ok := terminalOf(at)
	if !u.SecondFactor() || cmd.RemoveSecondFactor || !ok {
		return u.SecondFactor() && cmd.RemoveSecondFactor, nil
	}
	fmt.Fprintf(at.err, "After the password, %s is asked for a second factor. Take it away, too? (yes or no): ", u.Name)
	answer, err := await(ctx, func() (string, error) {
		line, err := bufio.NewReader(io.LimitReader(terminal, maxPasswordLine)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read answer: %w", err)
		}
		return line, nil
	})
	if errors.Is(err, errInterrupted) {
		fmt.Fprintln(at.err)
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes", err
}

// removeFactor takes u's second factor away where remove says so, and tells what
// is asked of u from now on.
func removeFactor(ctx context.Context, at streams, st *store.Store, u store.User, remove bool) error {
	switch {
	case remove:
		if err := st.RemoveSecondFactor(ctx, store.Console(), u.ID); err != nil {
			return err
		}
		fmt.Fprintf(at.out, "The second factor of %s is removed: the password alone signs %s in.\n", u.Name, u.Name)
	case u.SecondFactor():
		fmt.Fprintf(at.out, "After the password, %s is still asked for a second factor. With --remove-second-factor it goes, too.\n", u.Name)
	}
	return nil
}
