package stream

import (
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"syscall"
)

// mostRanges is how many ranges one request may ask for. More than that is no
// player's doing, and each costs a header of its own.
const mostRanges = 16

// Serve answers a request with a file, or with the ranges of it that the request
// asks for (RFC 9110, 13 and 14), as net/http does. Headers that are set already
// stay; the type is that of the file's name unless it is given. A request for
// very many ranges gets the whole, as RFC 9110, 14.2, allows.
func Serve(w *Writer, r *http.Request, file *File) {
	header := w.Header()
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", MediaType(file.Info.Name()))
	}
	header.Set("ETag", tag(file.Info))
	if strings.Count(r.Header.Get("Range"), ",") >= mostRanges {
		r = r.Clone(r.Context())
		r.Header.Del("Range")
	}
	http.ServeContent(w, r, "", file.Info.ModTime(), w.Reader(file))
}

// tag is the entity tag of a file: another one for each that differs in a byte,
// as far as the disk tells.
func tag(info fs.FileInfo) string {
	var inode uint64
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		inode = stat.Ino
	}
	return fmt.Sprintf(`"%x-%x-%x"`, info.Size(), info.ModTime().UnixNano(), inode)
}
