package static

import (
	"net/http"
	"strconv"
	"strings"
)

// Has says whether there is a file at this path of an address.
func Has(path string) bool {
	_, ok := byURL[path]
	return ok
}

// Handler answers requests for the files under Prefix. Only hashed names exist: everything else, folders and plain
// names too, is 404.
func Handler() http.Handler {
	return http.HandlerFunc(serve)
}

func serve(w http.ResponseWriter, r *http.Request) {
	a, ok := byURL[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	body := a.body
	if acceptsGzip(r.Header.Values("Accept-Encoding")) {
		body = a.zipped()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return
	}
	// A failed write means that the browser has gone.
	_, _ = w.Write(body)
}

// acceptsGzip reads Accept-Encoding as RFC 9110, section 12.5.3, has it: a weight of zero means "not acceptable", and
// "*" stands for every coding that is not named.
func acceptsGzip(values []string) bool {
	star := false
	for _, value := range values {
		for item := range strings.SplitSeq(value, ",") {
			coding, params, _ := strings.Cut(item, ";")
			switch strings.ToLower(strings.TrimSpace(coding)) {
			case "gzip":
				return weight(params) > 0
			case "*":
				star = weight(params) > 0
			}
		}
	}
	return star
}

// weight is the q of an item, 1 when there is none, 0 when it makes no sense.
func weight(params string) float64 {
	name, value, found := strings.Cut(strings.TrimSpace(params), "=")
	if !found || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return 0
	}
	return q
}
