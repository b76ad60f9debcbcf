package metadata

import (
	"errors"
	"io"
	"time"
)

// What reading one file may cost.
const (
	patience   = time.Second // of ours, the disk may take as long as it needs
	textBudget = 1 << 20     // bytes in small pieces
	artBudget  = 16 << 20    // bytes in large ones
	largePiece = 64 << 10    // larger than a page of Ogg
	pageSize   = 8 << 10
	artHead    = 1 << 10 // of a large piece, what is read all the same
)

var errTooMuch = errors.New("more than Usher reads of one file")

// skimmer is a reader for parsers that trust what they read. It reads a file by
// the page. A large piece that is asked for at once is art: unless art is wanted
// only its beginning is read, and the rest is left out and comes as zeros. What
// is read in small pieces, what is asked for in large ones, and the time that
// all of it takes are limited.
type skimmer struct {
	file  io.ReadSeeker
	size  int64 // of the file
	at    int64 // where the parser is
	page  []byte
	start int64 // of the page in the file
	art   bool  // is wanted

	text, large int // bytes that may still be read
	calls       int
	until       time.Time
}

func newSkimmer(file io.ReadSeeker, art bool) (*skimmer, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	return &skimmer{file: file, size: size, art: art, text: textBudget, large: artBudget, until: time.Now().Add(patience)}, nil
}

// Seek moves without reading anything.
func (s *skimmer) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += s.at
	case io.SeekEnd:
		offset += s.size
	}
	if offset < 0 {
		return s.at, errors.New("before the beginning of the file")
	}
	s.at = offset
	return offset, nil
}

// Read reads as the type says.
func (s *skimmer) Read(p []byte) (int, error) {
	// Looking at the clock costs as much as reading a few bytes.
	if s.calls++; s.calls%16 == 0 && time.Now().After(s.until) {
		return 0, errTooMuch
	}
	left := s.size - s.at
	if left <= 0 {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), left)]
	if len(p) > largePiece {
		return s.readLarge(p)
	}
	if s.text -= len(p); s.text < 0 {
		return 0, errTooMuch
	}
	if len(p) >= pageSize {
		return s.readAt(p, s.at)
	}
	if s.at < s.start || s.at >= s.start+int64(len(s.page)) {
		if err := s.turn(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.page[s.at-s.start:])
	s.at += int64(n)
	return n, nil
}

func (s *skimmer) readLarge(p []byte) (int, error) {
	if s.large -= len(p); s.large < 0 {
		return 0, errTooMuch
	}
	if s.art {
		return s.readAt(p, s.at)
	}
	head := p[:min(len(p), artHead)]
	if _, err := s.readAt(head, s.at); err != nil {
		return 0, err
	}
	s.at += int64(len(p) - len(head))
	return len(p), nil
}

// turn reads the page that begins where the parser is.
func (s *skimmer) turn() error {
	if s.page == nil {
		s.page = make([]byte, pageSize)
	}
	s.start = s.at
	s.page = s.page[:min(pageSize, s.size-s.at)]
	n, err := s.readAt(s.page, s.at)
	s.at = s.start
	s.page = s.page[:n]
	return err
}

// readAt reads all of p from the file, and moves behind it.
func (s *skimmer) readAt(p []byte, at int64) (int, error) {
	begun := time.Now()
	defer func() { s.until = s.until.Add(time.Since(begun)) }()
	if _, err := s.file.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.file, p)
	s.at = at + int64(n)
	return n, err
}
