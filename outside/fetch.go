package outside

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// ErrTooLarge is why a document is not read.
var ErrTooLarge = errors.New("the document is too large")

// Document is what an address has answered, whole.
type Document struct {
	Address   string // where it lay after all redirects
	Body      []byte
	ETag      string // as the server sent them, to ask with the next time
	Modified  string
	Unchanged bool // it is what Last named; there is no Body
}

// Last is what is known of a document from the last time; the zero Last is
// nothing.
type Last struct{ ETag, Modified string }

// Fetch reads the document at an address, no more than most bytes of it once it
// is unpacked. It answers a *Failure with a sentence for the screen, or the
// error of ctx.
func (c *Client) Fetch(ctx context.Context, address string, last Last, most int) (Document, error) {
	reading, cancel := context.WithTimeoutCause(ctx, c.patience.Whole, ErrSilent)
	defer cancel()
	header := http.Header{"Accept-Encoding": {"gzip"}}
	if last.ETag != "" {
		header.Set("If-None-Match", last.ETag)
	}
	if last.Modified != "" {
		header.Set("If-Modified-Since", last.Modified)
	}
	answer, err := c.Do(reading, http.MethodGet, address, header)
	if err != nil {
		return Document{}, explain(ctx, err)
	}
	defer func() { _ = answer.Body.Close() }()
	document, err := readDocument(answer, last, most)
	if err != nil {
		return Document{}, explain(ctx, err)
	}
	return document, nil
}

func readDocument(answer *http.Response, last Last, most int) (Document, error) {
	document := Document{
		Address: answer.Request.URL.String(),
		ETag:    answer.Header.Get("ETag"), Modified: answer.Header.Get("Last-Modified"),
	}
	if answer.StatusCode == http.StatusNotModified && last != (Last{}) {
		document.Unchanged = true
		return document, nil
	}
	if answer.StatusCode != http.StatusOK {
		return Document{}, StatusError(answer.StatusCode)
	}
	body, err := unpacked(answer.Body)
	if err != nil {
		return Document{}, err
	}
	var whole bytes.Buffer
	n, err := io.Copy(&whole, io.LimitReader(body, int64(most)+1))
	if err != nil {
		return Document{}, fmt.Errorf("read: %w", err)
	}
	if n > int64(most) {
		return Document{}, ErrTooLarge
	}
	document.Body = whole.Bytes()
	return document, nil
}

// unpacked is what a body says once it is unpacked, where its first bytes (RFC
// 1952, section 2.3.1) say that it is packed. What headers say of it is not always so.
func unpacked(body io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(body)
	// Where there are no two bytes, reading says why.
	magic, _ := buffered.Peek(2)
	if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return buffered, nil
	}
	unpacking, err := gzip.NewReader(buffered)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return unpacking, nil
}
