package letterbox

import (
	_ "embed" // the pages
	"html/template"
	"net/http"
	"slices"
	"strconv"
)

//go:embed view.html
var viewText string

var viewPages = template.Must(template.New("view").Parse(viewText))

// ServeHTTP shows the letters to a developer: a list, and each as text and as
// HTML.
func (b *Box) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	pages := http.NewServeMux()
	pages.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		letters := b.Letters()
		slices.Reverse(letters)
		show(w, "list", letters)
	})
	pages.HandleFunc("GET /letters/{id}", b.forLetter(func(w http.ResponseWriter, l Letter) { show(w, "letter", l) }))
	pages.HandleFunc("GET /letters/{id}/html", b.forLetter(func(w http.ResponseWriter, l Letter) {
		// Somebody else's HTML: nothing in it may run, whatever it holds.
		w.Header().Set("Content-Security-Policy", "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(l.HTML))
	}))
	pages.ServeHTTP(w, r)
}

func (b *Box) forLetter(page func(http.ResponseWriter, Letter)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		letters := b.Letters()
		id, err := strconv.Atoi(r.PathValue("id"))
		if err != nil || id < 1 || id > len(letters) {
			http.NotFound(w, r)
			return
		}
		page(w, letters[id-1])
	}
}

func show(w http.ResponseWriter, name string, data any) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := viewPages.ExecuteTemplate(w, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
