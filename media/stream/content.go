package stream

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// content is a file as it was when it was opened: what is added later is not
// read.
type content struct {
	file *os.File
	size int64
	at   int64
	w    *Writer // for which it is read
	ahead
	in *queue
}

// Reader reads a file as part of a longer answer: as it was when it was opened,
// and no longer than the answer may go on.
func (w *Writer) Reader(file *File) io.ReadSeeker {
	return &content{file: file.File, size: file.Info.Size(), w: w, ahead: file.ahead, in: file.in}
}

func (c *content) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.at
	case io.SeekEnd:
		offset += c.size
	}
	if offset < 0 {
		return 0, fmt.Errorf("seek to %d: %w", offset, syscall.EINVAL)
	}
	c.at = offset
	return offset, nil
}

func (c *content) Read(p []byte) (int, error) {
	left := c.size - c.at
	if left <= 0 {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), left)]
	if err := c.ready(int64(len(p))); err != nil {
		return 0, err
	}
	n, err := c.file.ReadAt(p, c.at)
	c.at += int64(n)
	return n, err
}

// ready waits until the system has read the next n bytes from the disk, so that
// sending them does not wait for it: nothing could end that. It answers ErrCut
// when the answer may not go on meanwhile.
func (c *content) ready(n int64) error {
	if c.atHand(c.file, c.at, n) {
		return nil
	}
	touched := make(chan struct{})
	go func(from int64) {
		defer close(touched)
		c.touch(c.file, from, n)
	}(c.at)
	select {
	case <-touched:
		return nil
	case <-c.w.cut:
		c.in.leave(touched)
		return ErrCut
	case <-c.w.ctx.Done():
		c.in.leave(touched)
		return errors.Join(ErrCut, c.w.ctx.Err())
	}
}

// ahead is how a file is read before it is sent.
type ahead struct {
	atHand func(file *os.File, from, n int64) bool // whether that is in the system's memory
	touch  func(file *os.File, from, n int64)      // has it read
}

// touchEvery is how far the bytes lie apart that are read to have the system
// read those between.
const touchEvery = 128 << 10

// touch has the system read n bytes of a file.
func touch(file *os.File, from, n int64) {
	readAhead(file, from, n)
	var one [1]byte
	for at := from; at < from+n; at += touchEvery {
		if _, err := file.ReadAt(one[:], at); err != nil {
			return // whoever sends it meets the same
		}
	}
}
