// Package relay passes on what servers outside play, so that browsers ask Usher
// and nobody else: neither does the server learn who watches, nor the browser
// where the server is. It speaks plain net/http.
package relay

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"usher/outside"
)

// Relay passes on. It is safe for concurrent use.
type Relay struct {
	client *outside.Client
	seal   sealer
}

// New passes on what client is answered.
func New(client *outside.Client) *Relay { return &Relay{client, newSealer()} }

// ErrBroken says that an answer has ended in the middle: whoever answers has to
// end the connection, so that the client knows.
var ErrBroken = errors.New("broken off")

// ErrPart says that nothing was sealed so.
var ErrPart = errors.New("no such part")

// Source is what is passed on.
type Source struct {
	Entry     int64  // of a channel: the parts of its lists belong to it
	Address   string // where it lies
	MediaType string // as the channel says; "" where it does not
	Parts     string // the addresses under which Usher answers for parts begin so
}

// Serve answers r with what lies at the address of s, by the range that r asks
// for where the server has ranges. A list of parts (RFC 8216) is written anew, so
// that its parts are asked for by ServePart. For as long as the server sends, so
// does Serve.
//
// It answers an *outside.Failure, with a sentence for the screen, before anything
// has been sent, and ErrBroken after that.
func (y *Relay) Serve(w http.ResponseWriter, r *http.Request, s Source) error {
	return y.serve(w, r, s, func(said string, lies *url.URL) (string, bool) { return mediaType(said, s.MediaType, lies) })
}

// ServePart is Serve for a part of a list, by what stands behind Parts in its
// address. It answers also ErrPart.
func (y *Relay) ServePart(w http.ResponseWriter, r *http.Request, s Source, part string) error {
	address, ok := y.seal.open(s.Entry, strings.TrimSuffix(part, path.Ext(part)))
	if !ok {
		return ErrPart
	}
	s.Address = address
	return y.serve(w, r, s, partType)
}

// typeOf is the type of what a server sends, false for what is not passed on.
type typeOf func(said string, lies *url.URL) (kind string, ok bool)

func (y *Relay) serve(w http.ResponseWriter, r *http.Request, s Source, typeOf typeOf) error {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	answer, err := y.ask(ctx, s.Address, asked(r))
	if err != nil {
		return err
	}
	defer answer.Close()
	if answer.StatusCode == http.StatusRequestedRangeNotSatisfiable {
		return answer.unsatisfiable(w)
	}
	kind, ok := typeOf(answer.Header.Get("Content-Type"), answer.Request.URL)
	switch {
	case kind == typeList, answer.begins() && isList(answer.peek()):
		return y.sendList(ctx, w, r, s, answer)
	case !ok:
		return noMedia()
	}
	return answer.send(w, r, kind)
}

func noMedia() error {
	return outside.NewFailure("What the server sends is neither sound nor picture.", ErrMedia)
}

// sendList passes a list of parts on, written anew.
func (y *Relay) sendList(ctx context.Context, w http.ResponseWriter, r *http.Request, s Source, answer *answer) error {
	if answer.StatusCode == http.StatusPartialContent && !answer.whole() {
		whole, err := y.ask(ctx, s.Address, nil)
		if err != nil {
			return err
		}
		defer whole.Close()
		answer = whole
	}
	list, err := io.ReadAll(io.LimitReader(answer.body, maxList+1))
	if err != nil {
		return outside.NewFailure("The server ended the connection in the middle of its answer.", err)
	}
	if !isList(list) {
		return noMedia()
	}
	l := lister{seal: y.seal, base: answer.Request.URL, entry: s.Entry, parts: s.Parts}
	written, err := l.write(list)
	if err != nil || len(list) > maxList {
		return outside.NewFailure("What the server sends is a list that Usher cannot pass on.", ErrList)
	}
	header := w.Header()
	header.Set("Content-Type", typeList)
	header.Set("Content-Length", strconv.Itoa(len(written)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := w.Write(written); err != nil {
		return errors.Join(ErrBroken, err)
	}
	return nil
}

// oneRange is what a request may ask for: players ask for no more than one, and
// what is none is answered with the whole (RFC 9110, section 14.2).
var oneRange = regexp.MustCompile(`^bytes=(\d{1,18}-\d{0,18}|-\d{1,18})$`)

// maxTag bounds what is sent to the server of an If-Range, in bytes.
const maxTag = 200

// asked is what of a request is told to the server; nothing else is.
func asked(r *http.Request) http.Header {
	header := http.Header{}
	if of := r.Header.Get("Range"); oneRange.MatchString(of) {
		header.Set("Range", of)
		if tag := r.Header.Get("If-Range"); tag != "" && len(tag) <= maxTag {
			header.Set("If-Range", tag)
		}
	}
	return header
}

// ask is the answer of a server that can be passed on. Servers are asked with GET
// for HEAD as well, since many know no other.
func (y *Relay) ask(ctx context.Context, address string, header http.Header) (*answer, error) {
	got, err := y.client.Do(ctx, http.MethodGet, address, header) //nolint:bodyclose // whoever sends the answer closes it
	if err != nil {
		return nil, err
	}
	a := &answer{Response: got, body: bufio.NewReaderSize(got.Body, bufferSize)}
	if why := a.wrong(header.Get("Range") != ""); why != nil {
		a.Close()
		return nil, why
	}
	return a, nil
}
