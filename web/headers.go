package web

import (
	"net/http"
	"strings"
)

// What every answer carries. Values are slices, since that is how net/http
// keeps them: nothing is made anew for each request.
var (
	contentPolicy = []string{"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"}
	noSniff       = []string{"nosniff"}
	sameOrigin    = []string{"same-origin"}
	originOnly    = []string{"no-referrer, strict-origin"} // browsers take the last one that they know
	noStore       = []string{"no-store"}
	permissions   = []string{"accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), usb=()"}
	transport     = []string{"max-age=31536000"}
)

// withHeaders sets the headers that protect the browser. Hashed assets set
// their own Cache-Control over the one given here.
func (s *Server) withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Security-Policy"] = contentPolicy
		h["X-Content-Type-Options"] = noSniff
		h["Permissions-Policy"] = permissions
		h["Cross-Origin-Opener-Policy"] = sameOrigin
		h["Cache-Control"] = noStore
		h["Referrer-Policy"] = sameOrigin
		if tokenInAddress(r) {
			h["Referrer-Policy"] = originOnly
		}
		if s.secureAddress(r.Context()) {
			h["Strict-Transport-Security"] = transport
		}
		next.ServeHTTP(w, r)
	})
}

// tokenInAddress holds for pages whose very address is a secret, which must
// not leave with a Referer. Their policy leaves no more in it than the server's
// name. Without any referrer their forms would come with "Origin: null"
// (https://fetch.spec.whatwg.org, "append a request Origin header"), and could
// not be told from those of other sites.
func tokenInAddress(r *http.Request) bool {
	path := r.URL.Path
	for _, prefix := range []string{"/reset/", "/join/", "/register/", "/play/", "/device/"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return path == "/setup" || path == "/connect/callback"
}
