package store_test

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"

	"usher/store"
)

func TestDiskRefuses(t *testing.T) {
	for _, test := range []struct {
		err  error
		want bool
	}{
		{fmt.Errorf("save: %w", sqlite3.Error{Code: sqlite3.ErrFull}), true},
		{sqlite3.Error{Code: sqlite3.ErrReadonly}, true},
		{&os.PathError{Op: "write", Path: "usher.db", Err: syscall.ENOSPC}, true},
		{sqlite3.Error{Code: sqlite3.ErrConstraint}, false},
		{errors.New("disk full of people"), false},
		{nil, false},
	} {
		if got := store.DiskRefuses(test.err); got != test.want {
			t.Errorf("DiskRefuses(%v) = %t", test.err, got)
		}
	}
}
