package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

// house is a running Usher with a data folder of its own.
type house struct {
	program, data string
	serving       *exec.Cmd
	address       string
	setUp         string // the path of the set-up link
}

var (
	setUpLine    = regexp.MustCompile(`^\s*(http://[^/]+)(/setup\?code=\S+)$`)
	passwordLine = regexp.MustCompile(`The password of everyone .*: (\S+)\n`)
)

// open builds Usher, and serves from an empty data folder in place.
func open(ctx context.Context, place string) (*house, error) {
	h := &house{program: filepath.Join(place, "usher"), data: filepath.Join(place, "data")}
	build := exec.CommandContext(ctx, "go", "build", "-o", h.program, "./cmd/usher") //nolint:gosec // to a folder of our own
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build usher: %w\n%s", err, out)
	}
	h.serving = exec.CommandContext(ctx, h.program, "serve", "--addr", "127.0.0.1:0", "--data", h.data) //nolint:gosec // what was just built
	h.serving.Stderr = os.Stderr
	out, err := h.serving.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("read from usher: %w", err)
	}
	if err := h.serving.Start(); err != nil {
		return nil, fmt.Errorf("start usher: %w", err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if match := setUpLine.FindStringSubmatch(lines.Text()); match != nil {
			h.address, h.setUp = match[1], match[2]
			return h, nil
		}
	}
	return nil, errors.Join(errors.New("usher ended without a link for the set-up"), h.end())
}

// moveIn adds the household of the demo, and returns the password that they
// all have.
func (h *house) moveIn(ctx context.Context) (password string, err error) {
	out, err := exec.CommandContext(ctx, h.program, "demo", "--data", h.data).CombinedOutput() //nolint:gosec // what was just built
	if err != nil {
		return "", fmt.Errorf("usher demo: %w\n%s", err, out)
	}
	match := passwordLine.FindSubmatch(out)
	if match == nil {
		return "", fmt.Errorf("usher demo says no password:\n%s", bytes.TrimSpace(out))
	}
	return string(match[1]), nil
}

// end stops the server.
func (h *house) end() error {
	if err := h.serving.Process.Signal(os.Interrupt); err != nil {
		return fmt.Errorf("stop usher: %w", err)
	}
	if err := h.serving.Wait(); err != nil {
		return fmt.Errorf("stop usher: %w", err)
	}
	return nil
}
