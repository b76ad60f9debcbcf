package stream

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

// ErrCut says that an answer may not go on.
var ErrCut = errors.New("cut")

const (
	// pieceSize is how much is sent before it is asked whether that may go on.
	pieceSize = 1 << 20
	// pieceTime is how long a client may take for a piece.
	pieceTime = time.Minute
	// pieceLeast is how much of a piece it must have taken by then: somebody who
	// listens takes a few thousand bytes a second, and a player that has paused
	// asks for the rest when it goes on.
	pieceLeast = 64 << 10
)

// Writer answers a request for as long as that may go on: each piece has a time
// of its own, and Cut ends the answer from outside. Files go to the connection
// without coming by here, by sendfile where the system has it.
type Writer struct {
	http.ResponseWriter
	control *http.ResponseController
	raw     io.ReaderFrom // the innermost one, nil where there is none
	ctx     context.Context
	end     context.CancelFunc
	time    time.Duration

	mu    sync.Mutex
	cut   chan struct{}
	ended bool
}

// NewWriter answers r through w, which may wrap the writer of the server.
func NewWriter(w http.ResponseWriter, r *http.Request) *Writer {
	writer := &Writer{ResponseWriter: w, control: http.NewResponseController(w), time: pieceTime, cut: make(chan struct{})}
	writer.ctx, writer.end = context.WithCancel(r.Context())
	// What the server gives a request to be read in would end the answer, too.
	_ = writer.control.SetReadDeadline(time.Time{}) // a recorder in a test has none
	for inner := w; inner != nil; {
		writer.raw, _ = inner.(io.ReaderFrom)
		wrapper, wraps := inner.(interface{ Unwrap() http.ResponseWriter })
		if !wraps {
			break
		}
		inner = wrapper.Unwrap()
	}
	return writer
}

// Unwrap is for http.ResponseController.
func (w *Writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Context is that of the request, but ends with Cut, too.
func (w *Writer) Context() context.Context { return w.ctx }

// Cut ends the answer, also while it waits for the client or the disk. It does
// not block, and may be called at any time.
func (w *Writer) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ended {
		w.ended = true
		close(w.cut)
		w.end()
		_ = w.control.SetWriteDeadline(time.Unix(1, 0)) // a recorder in a test has none
	}
}

// WasCut says whether the answer was ended by Cut.
func (w *Writer) WasCut() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ended
}

// allow gives the next piece its time, or answers ErrCut.
func (w *Writer) allow() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return ErrCut
	}
	if err := w.control.SetWriteDeadline(time.Now().Add(w.time)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}

// Write sends bytes, or answers ErrCut.
func (w *Writer) Write(p []byte) (n int, err error) {
	if err := w.allow(); err != nil {
		return 0, err
	}
	return w.ResponseWriter.Write(p)
}

var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// ReadFrom sends what src has: a part of a file piece by piece, anything else as
// Write does.
func (w *Writer) ReadFrom(src io.Reader) (n int64, err error) {
	if part, ok := src.(*io.LimitedReader); ok && w.raw != nil {
		if from, ok := part.R.(*content); ok {
			return w.send(from, part.N)
		}
	}
	buffer, ok := buffers.Get().(*[64 << 10]byte)
	if !ok {
		buffer = new([64 << 10]byte)
	}
	defer buffers.Put(buffer)
	return io.CopyBuffer(struct{ io.Writer }{w}, src, buffer[:])
}

// send sends size bytes of a file. One that has become shorter ends the answer:
// nothing takes the place of what is missing.
func (w *Writer) send(from *content, size int64) (n int64, err error) {
	if _, err := from.file.Seek(from.at, io.SeekStart); err != nil {
		return 0, err
	}
	for n < size {
		piece := min(size-n, pieceSize)
		if err := from.ready(piece); err != nil {
			return n, err
		}
		if err := w.allow(); err != nil {
			return n, err
		}
		sent, err := w.raw.ReadFrom(&io.LimitedReader{R: from.file, N: piece})
		n, from.at = n+sent, from.at+sent
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded) && sent >= pieceLeast:
		case err != nil:
			return n, err
		case sent < piece:
			return n, io.ErrUnexpectedEOF
		}
	}
	return n, nil
}
