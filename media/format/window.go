package format

import "io"

// What looking at one file may cost.
const (
	pageSize = 8 << 10
	maxTurns = 128    // pages that are read
	maxLooks = 50_000 // pieces that are looked at
	maxPiece = 4 << 10
)

// window shows pieces of a file, a page of which is in memory.
type window struct {
	file  io.ReaderAt
	size  int64
	page  []byte
	start int64 // of the page in the file
	turns int
	looks int
}

// at is the piece of n bytes at an offset, until the next call. It is nil where
// the file does not have it, the disk does not give it, or more was asked for
// than one file is worth.
func (w *window) at(offset int64, n int) []byte {
	if w.looks++; w.looks > maxLooks || n <= 0 || n > maxPiece || offset < 0 || offset > w.size-int64(n) {
		return nil
	}
	if offset < w.start || offset+int64(n) > w.start+int64(len(w.page)) {
		if !w.turn(offset) || len(w.page) < n {
			return nil
		}
	}
	return w.page[offset-w.start:][:n]
}

// turn reads the page that begins at an offset.
func (w *window) turn(offset int64) bool {
	if w.turns++; w.turns > maxTurns {
		return false
	}
	if w.page == nil {
		w.page = make([]byte, pageSize)
	}
	n, err := w.file.ReadAt(w.page[:min(pageSize, w.size-offset)], offset)
	w.page, w.start = w.page[:max(n, 0)], offset
	return n > 0 || err == nil
}

// upTo is the piece at an offset, of n bytes or of as many as there are before
// the end.
func (w *window) upTo(offset, end int64, n int) []byte {
	return w.at(offset, int(max(0, min(int64(n), end-offset, w.size-offset))))
}

// has says whether these bytes stand at an offset.
func (w *window) has(offset int64, bytes string) bool {
	return string(w.at(offset, len(bytes))) == bytes
}
