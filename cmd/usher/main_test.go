package main

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asProgram holds the arguments, a line each, for a process of its own that is
// Usher itself.
const asProgram = "USHER_TEST_ARGUMENTS"

// process is Usher in a process of its own.
func process(t *testing.T, args ...string) (cmd *exec.Cmd, out, err *printed) {
	t.Helper()
	cmd = exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProcess$")
	cmd.Env = append(os.Environ(), asProgram+"="+strings.Join(args, "\n"))
	out, err = &printed{}, &printed{}
	cmd.Stdout, cmd.Stderr = out, err
	return cmd, out, err
}

// The process ends well when it is told to, and badly, with one sentence, when
// it cannot do what it was asked.
func TestProcess(t *testing.T) {
	if args := os.Getenv(asProgram); args != "" {
		os.Args = append([]string{"usher"}, strings.Split(args, "\n")...)
		main()
		os.Exit(0)
	}
	data := filepath.Join(t.TempDir(), "data")
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		cmd, out, said := process(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
		must(t, cmd.Start())
		for deadline := time.Now().Add(patience); !setUpLine.MatchString(out.String()); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("usher serve does not open:\n%s%s", out, said)
			}
		}
		(&program{t: t, address: firstGroup(addressLine, out.String())}).get("/healthz").wants(http.StatusOK)
		must(t, cmd.Process.Signal(signal))
		if err := cmd.Wait(); err != nil || said.String() != "" {
			t.Errorf("after %v: %v, and it said\n%s", signal, err, said)
		}
	}
	cmd, out, said := process(t, "password", "Elsa", "--data", data)
	var ended *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &ended) || ended.ExitCode() != 1 || out.String() != "" {
		t.Errorf("a user that there is none of: %v\n%s", err, out)
	}
	if want := "usher: there is no user called \"Elsa\". The Users page lists everyone\n"; said.String() != want {
		t.Errorf("it said %q, want %q", said, want)
	}
}
