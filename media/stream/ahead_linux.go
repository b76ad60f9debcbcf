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

// atHand says whether n bytes of a file are in the system's memory already, by
// the same few bytes as touch. File systems that cannot tell say no.
func atHand(file *os.File, from, n int64) (is bool) {
	conn, err := file.SyscallConn()
	if err != nil {
		return false
	}
	err = conn.Control(func(fd uintptr) {
		var one [1]byte
		for at := from; at < from+n; at += touchEvery {
			if read, err := unix.Preadv2(int(fd), [][]byte{one[:]}, at, unix.RWF_NOWAIT); err != nil || read == 0 {
				return
			}
		}
		is = true
	})
	return is && err == nil
}
