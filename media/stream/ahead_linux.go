package stream

import (
	"os"

	"golang.org/x/sys/unix"
)

// readAhead has the system begin to read n bytes into its memory, all at once.
// Without it the disk is asked for them a little at a time.
func readAhead(file *os.File, from, n int64) {
	conn, err := file.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Control(func(fd uintptr) { _ = unix.Fadvise(int(fd), from, n, unix.FADV_WILLNEED) }) // it only hastens
}
