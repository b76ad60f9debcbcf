// Package bundle puts files into one ZIP while they are read, however many and
// large they are. What cannot be read is left out, and said.
package bundle

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"usher/media"
)

// noteName is the file in the ZIP that says what is not.
const noteName = "Not included.txt"

// pieceSize is how much is read at once: films are not pressed, so that all of it
// is copying.
const pieceSize = 256 << 10

// Writer writes a ZIP. Nothing in it is pressed, since music and films are
// already, and everything lies in one folder.
type Writer struct {
	zip    *zip.Writer
	top    string
	names  map[string]bool // in lower case, since most systems take them for the same
	buffer []byte
	gone   []string
	cut    []string
}

// New writes a ZIP to w, all of it in a folder with this name.
func New(w io.Writer, folder string) *Writer {
	return &Writer{zip: zip.NewWriter(w), top: media.SafeName(folder), names: make(map[string]bool), buffer: make([]byte, pieceSize)}
}

// File is a file for a ZIP.
type File struct {
	Folder   string // in which it lies, "" for none; any text, and so is the name
	Name     string
	Size     int64 // bytes, no more of which are taken
	Modified time.Time
	Content  io.Reader
}

// Add adds a file. Where its content ends early or cannot be read it is cut
// there; the error is that of writing alone.
func (b *Writer) Add(f File) error {
	name := b.place(f.Folder, f.Name)
	entry, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: f.Modified})
	if err != nil {
		return fmt.Errorf("add %q: %w", name, err)
	}
	source := &source{Reader: io.LimitReader(f.Content, f.Size)}
	n, err := io.CopyBuffer(entry, source, b.buffer)
	if err != nil && source.err == nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	if n < f.Size {
		b.cut = append(b.cut, name)
	}
	return nil
}

// source tells errors of reading from those of writing.
type source struct {
	io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// LeaveOut notes that a file could not be had.
func (b *Writer) LeaveOut(folder, name string) { b.gone = append(b.gone, b.place(folder, name)) }

// Close says what is missing, and ends the ZIP.
func (b *Writer) Close() error {
	if note := b.note(); note != "" {
		entry, err := b.zip.CreateHeader(&zip.FileHeader{Name: b.place("", noteName), Method: zip.Store})
		if err != nil {
			return fmt.Errorf("add the note: %w", err)
		}
		if _, err := io.WriteString(entry, note); err != nil {
			return fmt.Errorf("write the note: %w", err)
		}
	}
	if err := b.zip.Close(); err != nil {
		return fmt.Errorf("end the ZIP: %w", err)
	}
	return nil
}

// note is what is said of what is missing; "" when nothing is.
func (b *Writer) note() string {
	var text strings.Builder
	list := func(heading string, names []string) {
		if len(names) > 0 {
			text.WriteString(heading + "\r\n\r\n")
			for _, name := range names {
				text.WriteString("    " + strings.TrimPrefix(name, b.top+"/") + "\r\n")
			}
			text.WriteString("\r\n")
		}
	}
	list("These files were gone, or could not be read, when they were to be put in here:", b.gone)
	list("Of these only the beginning is here, since they became shorter or could not be read to their end:", b.cut)
	return text.String()
}

// place is a path in the ZIP that nothing else in it has: neither leads it out,
// nor is part of it what no file or folder can be called.
func (b *Writer) place(folder, name string) string {
	directory := b.top
	if folder != "" {
		directory = path.Join(directory, media.SafeName(folder))
	}
	name = media.SafeName(name)
	stem, end := strings.TrimSuffix(name, path.Ext(name)), path.Ext(name)
	for number := 2; b.names[strings.ToLower(path.Join(directory, name))]; number++ {
		name = stem + " (" + strconv.Itoa(number) + ")" + end
	}
	whole := path.Join(directory, name)
	b.names[strings.ToLower(whole)] = true
	return whole
}
