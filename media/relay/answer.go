package relay

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"usher/outside"
)

// bufferSize is how much is read and sent at once.
const bufferSize = 64 << 10

// answer is what a server outside answers.
type answer struct {
	*http.Response
	body *bufio.Reader
}

// Close ends the connection to the server, unless all was read.
func (a *answer) Close() { _ = a.Body.Close() } // it was only read

// wrong is why an answer cannot be passed on, nil for nothing.
func (a *answer) wrong(ranged bool) error {
	switch a.StatusCode {
	case http.StatusOK:
	case http.StatusPartialContent, http.StatusRequestedRangeNotSatisfiable:
		if !ranged || a.StatusCode == http.StatusPartialContent && !contentRange.MatchString(a.contentRange()) {
			return outside.BadStatus(a.StatusCode)
		}
	default:
		return outside.BadStatus(a.StatusCode)
	}
	if coding := a.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return outside.NewFailure("What the server sends is packed in a way that cannot be unpacked.", ErrMedia)
	}
	return nil
}

// contentRange is the range that an answer has, and the size of the whole where
// it is known (RFC 9110, section 14.4).
var contentRange = regexp.MustCompile(`^bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)$`)

func (a *answer) contentRange() string { return a.Header.Get("Content-Range") }

// begins says whether the answer has the beginning of what lies there.
func (a *answer) begins() bool {
	return a.StatusCode == http.StatusOK || strings.HasPrefix(a.contentRange(), "bytes 0-")
}

// whole says whether a range is all there is.
func (a *answer) whole() bool {
	last, size, _ := strings.Cut(strings.TrimPrefix(a.contentRange(), "bytes 0-"), "/")
	n, err := strconv.ParseInt(last, 10, 64)
	return err == nil && size == strconv.FormatInt(n+1, 10)
}

// peek is how the body begins.
func (a *answer) peek() []byte {
	// Where there is less, reading says why.
	beginning, _ := a.body.Peek(len("\ufeff" + listTag))
	return beginning
}

// unsized is a Content-Range that only tells the size.
var unsized = regexp.MustCompile(`^bytes \*/\d{1,18}$`)

// unsatisfiable passes on that there is no such range.
func (a *answer) unsatisfiable(w http.ResponseWriter) error {
	if size := a.contentRange(); unsized.MatchString(size) {
		w.Header().Set("Content-Range", size)
	}
	w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
	return nil
}

// send passes the answer on as it comes, with nothing of its headers but what
// players need.
func (a *answer) send(w http.ResponseWriter, r *http.Request, kind string) error {
	header := w.Header()
	header.Set("Content-Type", kind)
	if a.ContentLength >= 0 {
		header.Set("Content-Length", strconv.FormatInt(a.ContentLength, 10))
	}
	if a.StatusCode == http.StatusPartialContent {
		header.Set("Content-Range", a.contentRange())
	}
	if a.StatusCode == http.StatusPartialContent || strings.EqualFold(a.Header.Get("Accept-Ranges"), "bytes") {
		header.Set("Accept-Ranges", "bytes")
	}
	w.WriteHeader(a.StatusCode)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := a.copy(w); err != nil {
		return errors.Join(ErrBroken, err)
	}
	return nil
}

// copy sends the body, each piece as soon as it is there: a station sends it no
// faster than it is heard.
func (a *answer) copy(w http.ResponseWriter) error {
	control := http.NewResponseController(w)
	for {
		// What has come so far is in the buffer after one byte was waited for.
		if _, err := a.body.Peek(1); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err //nolint:wrapcheck // whoever sends wraps it
		}
		piece, err := a.body.Peek(a.body.Buffered())
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		if _, err := w.Write(piece); err != nil {
			return err //nolint:wrapcheck // as above
		}
		if _, err := a.body.Discard(len(piece)); err != nil {
			return err //nolint:wrapcheck // as above
		}
		if a.ContentLength < 0 {
			if err := control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
				return err //nolint:wrapcheck // as above
			}
		}
	}
}
