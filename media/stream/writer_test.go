package stream_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"usher/media/stream"
)

// line is a connection that takes files as the system's sendfile does, as much
// of each piece as takes says.
type line struct {
	*httptest.ResponseRecorder
	takes  []int64
	pieces []int64
}

func (l *line) ReadFrom(src io.Reader) (int64, error) {
	part, ok := src.(*io.LimitedReader)
	if !ok {
		return 0, errors.New("no part of anything")
	}
	if _, ok := part.R.(*os.File); !ok {
		return 0, errors.New("no file, which the system could send")
	}
	l.pieces = append(l.pieces, part.N)
	if at := len(l.pieces) - 1; at < len(l.takes) && l.takes[at] < part.N {
		n, err := io.CopyN(l.Body, part.R, l.takes[at])
		return n, errors.Join(err, os.ErrDeadlineExceeded)
	}
	return io.Copy(l.Body, src)
}

// wrapped is a writer around another, as those of frameworks are, which hides
// what that one can do.
type wrapped struct{ inner http.ResponseWriter }

func (w wrapped) Header() http.Header         { return w.inner.Header() }
func (w wrapped) Write(p []byte) (int, error) { return w.inner.Write(p) }
func (w wrapped) WriteHeader(status int)      { w.inner.WriteHeader(status) }
func (w wrapped) Unwrap() http.ResponseWriter { return w.inner }

// Files go to the connection as files, in pieces. A client that has taken some
// of a piece when its time is over may go on; one that has taken next to nothing
// may not.
func TestPieces(t *testing.T) {
	const mega = 1 << 20
	content := strings.Repeat("0123456789abcdef", 5*mega/32) // two and a half pieces
	for _, test := range []struct {
		name   string
		takes  []int64
		pieces []int64
		whole  bool
	}{
		{"at once", nil, []int64{mega, mega, mega / 2}, true},
		{"slowly", []int64{100_000, mega, 300_000}, []int64{mega, mega, mega, mega, 5*mega/2 - 100_000 - mega - 300_000 - mega}, true},
		{"a byte a second", []int64{mega, 60}, []int64{mega, mega}, false},
	} {
		l := &line{ResponseRecorder: httptest.NewRecorder(), takes: test.takes}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		stream.Serve(stream.NewWriter(wrapped{wrapped{l}}, r), r, film(t, content))
		if got := l.Body.String(); (got == content) != test.whole || !strings.HasPrefix(content, got) {
			t.Errorf("%s: %d bytes of %d", test.name, len(got), len(content))
		}
		if !slices.Equal(l.pieces, test.pieces) {
			t.Errorf("%s: in pieces of %v, want %v", test.name, l.pieces, test.pieces)
		}
	}
}
