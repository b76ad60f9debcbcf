// Package stream sends files of libraries to whoever plays them: opened with
// care, by ranges of bytes, at the pace of the client, and cut when they may not
// go on. It speaks plain net/http.
package stream

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"usher/media"
)

// ErrHangs says that the disk with a file does not answer.
var ErrHangs = errors.New("the disk does not answer")

const (
	// openTime is how long the disk may take to open a file: one that sleeps
	// takes several seconds to wake.
	openTime = 10 * time.Second
	// mostOpening is how many files of one folder are opened at once, each of
	// which may hold a thread.
	mostOpening = 16
	// mostStuck is how many of them may have waited for too long before others
	// are refused without waiting.
	mostStuck = 4
	// mostUnread is how many reads of open files may be stuck, each of which holds
	// a thread, before no more are opened.
	mostUnread = 64
)

// Disk opens files of libraries. It is safe for concurrent use.
type Disk struct {
	data string
	open func(folder, path string) (*File, error)
	time time.Duration
	seen sightings

	mu      sync.Mutex
	folders map[string]*queue
}

// queue are the files of one folder that are being opened.
type queue struct {
	places chan struct{}
	stuck  atomic.Int32 // of those opened just now: how many nobody waits for any more
	unread atomic.Int32 // the same of what is read from those that are open
}

// leave is told that nobody waits any more for what the disk is to answer.
func (q *queue) leave(answered <-chan struct{}) {
	q.unread.Add(1)
	go func() {
		<-answered
		q.unread.Add(-1)
	}()
}

// NewDisk opens files anywhere but in the data folder.
func NewDisk(data string) *Disk {
	d := &Disk{data: data, time: openTime, folders: make(map[string]*queue)}
	d.open = d.openFile
	return d
}

// File is an open file of a library.
type File struct {
	*os.File
	Info fs.FileInfo // as it was when it was opened

	ahead
	in *queue // of its folder
}

// Open opens the plain file at a path below the folder of a library, or says
// what the disk says, as media.OpenInside does, and media.ErrUshers for what
// Usher itself keeps. A disk that does not answer is not waited for: that is
// ErrHangs.
func (d *Disk) Open(ctx context.Context, folder, path string) (*File, error) {
	file, err := within(ctx, d, folder, func() (*File, error) { return d.open(folder, path) }, func(file *File) {
		if file != nil {
			_ = file.Close() // nobody has read of it
		}
	})
	if err != nil {
		return nil, err
	}
	file.in = d.queue(folder)
	return file, nil
}

// Look is what look finds in the folder of a library, or ErrHangs as Open has it.
func Look[T any](ctx context.Context, d *Disk, folder string, look func(*os.Root) (T, error)) (T, error) {
	return within(ctx, d, folder, func() (found T, err error) {
		root, err := media.OpenFolder(folder)
		if err != nil {
			return found, err
		}
		defer root.Close() //nolint:errcheck // it was only read
		return look(root)
	}, func(T) {})
}

// answer is what the disk has answered, or why it has not.
type answer[T any] struct {
	is  T
	err error
}

// within asks the disk with a folder, for as long as it may take. What comes
// after that is handed to late.
func within[T any](ctx context.Context, d *Disk, folder string, ask func() (T, error), late func(T)) (none T, err error) {
	in := d.queue(folder)
	if in.stuck.Load() >= mostStuck || in.unread.Load() >= mostUnread {
		return none, fmt.Errorf("open in %q: %w", folder, ErrHangs)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, d.time, ErrHangs)
	defer cancel()
	select {
	case in.places <- struct{}{}:
	case <-ctx.Done():
		return none, fmt.Errorf("open in %q: %w", folder, context.Cause(ctx))
	}
	answers := make(chan answer[T])
	go func() {
		var a answer[T]
		defer func() {
			if r := recover(); r != nil { // in a goroutine it would end the program
				a.err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
			answers <- a
			<-in.places
		}()
		a.is, a.err = ask()
	}()
	select {
	case a := <-answers:
		return a.is, a.err
	case <-ctx.Done():
		in.stuck.Add(1)
		go func() {
			a := <-answers
			late(a.is)
			in.stuck.Add(-1)
		}()
		return none, fmt.Errorf("open in %q: %w", folder, context.Cause(ctx))
	}
}

func (d *Disk) queue(folder string) *queue {
	d.mu.Lock()
	defer d.mu.Unlock()
	in := d.folders[folder]
	if in == nil {
		in = &queue{places: make(chan struct{}, mostOpening)}
		d.folders[folder] = in
	}
	return in
}

func (d *Disk) openFile(folder, path string) (*File, error) {
	root, err := media.OpenFolder(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close() //nolint:errcheck // it was only read
	file, info, err := media.OpenInside(root, path)
	if err != nil {
		return nil, err
	}
	if at := filepath.Join(folder, path); !d.seen.has(at, info) {
		if media.OpenedInData(info, folder, path, d.data) {
			return nil, errors.Join(&fs.PathError{Op: "open", Path: path, Err: media.ErrUshers}, file.Close())
		}
		d.seen.add(at, info)
	}
	return &File{File: file, Info: info, ahead: ahead{atHand, touch}}, nil
}
