package outside

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"syscall"
)

// StatusError is the status of an answer that is none.
type StatusError int

// Error names the status.
func (s StatusError) Error() string {
	return "status " + strconv.Itoa(int(s))
}

// Failure is why there is no answer.
type Failure struct {
	Why string // a sentence for the screen, which names neither address nor name
	err error
}

// NewFailure is a Failure for what whoever reads an answer finds wrong with it,
// with a sentence for the screen.
func NewFailure(why string, err error) *Failure { return &Failure{Why: why, err: err} }

// BadStatus is the Failure of an answer with a status that is of no use.
func BadStatus(status int) *Failure {
	return NewFailure(reason(StatusError(status)), StatusError(status))
}

// Error is the sentence and what lies beneath, for the log.
func (f *Failure) Error() string { return f.Why + " (" + f.err.Error() + ")" }

// Unwrap is what lies beneath.
func (f *Failure) Unwrap() error { return f.err }

// explain makes a Failure of what went wrong, where that is not the end of ctx.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err() //nolint:wrapcheck // whoever has ended it knows it so
	}
	var already *Failure
	if errors.As(err, &already) {
		return err
	}
	return &Failure{Why: reason(err), err: err}
}

// reason is what went wrong as a sentence.
func reason(err error) string {
	var (
		name        *net.DNSError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		status      StatusError
		timeout     net.Error
		corrupt     flate.CorruptInputError
	)
	switch {
	case errors.Is(err, ErrItself):
		return "The address leads to this server itself."
	case errors.Is(err, ErrForbidden):
		return "The address leads to a place that only this machine can reach, and Usher does not ask there."
	case errors.Is(err, ErrAddress):
		return "The address, or one that it leads to, is none of the web. It begins with http:// or https:// and has no name or password in it."
	case errors.Is(err, ErrRedirects):
		return "The address leads to another, that one to the next, and so on. Usher followed " + strconv.Itoa(maxRedirects) + " of them."
	case errors.Is(err, ErrTooLarge):
		return "What the server sends is too large to read."
	case errors.As(err, &status):
		return statusReason(int(status))
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return "What the server sends is packed in a way that cannot be unpacked."
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return "The server ended the connection in the middle of its answer."
	case errors.Is(err, ErrSilent), errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "The server took too long to answer."
	case errors.As(err, &name):
		return "There is no server by this name, or its name cannot be looked up just now."
	case errors.As(err, &certificate), errors.As(err, &record):
		return "The connection cannot be encrypted: the server’s certificate is not valid for this address."
	}
	return "The server cannot be reached."
}

func statusReason(status int) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return "The server does not let Usher read it (" + strconv.Itoa(status) + ")."
	case http.StatusNotFound, http.StatusGone:
		return "There is nothing at this address any more (" + strconv.Itoa(status) + ")."
	case http.StatusTooManyRequests:
		return "The server wants to be asked less often (429)."
	}
	if status >= http.StatusInternalServerError {
		return "The server has a problem of its own (" + strconv.Itoa(status) + ")."
	}
	return "The server answered with something else than what was asked for (" + strconv.Itoa(status) + ")."
}
