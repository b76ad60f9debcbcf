//go:build linux || darwin

// Package fulldisk lets a test fill the disk for itself alone: it runs the test
// in a process of its own whose files the system lets grow no further. That
// needs no rights and no disk to spare.
package fulldisk

import (
	"io/fs"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// inside marks the process of its own.
const inside = "USHER_TEST_FULL_DISK"

// Disk is as full as the test wants it to be.
type Disk struct {
	t *testing.T
}

// Run runs test in a process of its own and fails t where it fails.
func Run(t *testing.T, test func(t *testing.T, disk Disk)) {
	t.Helper()
	if os.Getenv(inside) == t.Name() {
		// Without this, a file that may not grow ends the process.
		signal.Ignore(syscall.SIGXFSZ)
		test(t, Disk{t})
		return
	}
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v") //nolint:gosec // this very program
	again.Env = append(os.Environ(), inside+"="+t.Name())
	if out, err := again.CombinedOutput(); err != nil {
		t.Fatalf("with a full disk: %v\n%s", err, out)
	}
}

// Fill leaves room for so many bytes beyond the largest file in the folder: with
// a few thousand, a change can begin and not end.
func (d Disk) Fill(folder string, room int64) {
	d.t.Helper()
	var largest int64
	err := filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			largest = max(largest, info.Size())
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.limit(uint64(largest + room))
}

// Free makes room again.
func (d Disk) Free() {
	d.t.Helper()
	d.limit(math.MaxUint64)
}

func (d Disk) limit(bytes uint64) {
	d.t.Helper()
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		d.t.Fatal(err)
	}
	limit.Cur = min(bytes, limit.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		d.t.Fatal(err)
	}
}
