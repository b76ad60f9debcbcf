package store

import (
	"errors"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// DiskRefuses says whether err came about because the disk has no room left, or
// cannot be written for another reason that is not Usher's.
func DiskRefuses(err error) bool {
	var database sqlite3.Error
	if errors.As(err, &database) {
		switch database.Code {
		case sqlite3.ErrFull, sqlite3.ErrReadonly, sqlite3.ErrIoErr:
			return true
		}
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS)
}
