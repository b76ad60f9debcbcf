package stream

import (
	"os"
	"time"
)

// NewSlowDisk is a disk whose files are opened by open, which may take its time.
func NewSlowDisk(data string, wait time.Duration, open func(folder, path, data string) (*File, error)) *Disk {
	d := NewDisk(data)
	d.open, d.time = open, wait
	return d
}

// MostStuck is how many may wait for a folder that does not answer.
const MostStuck = mostStuck

// OpenFile is how files are opened.
var OpenFile = openFile

// Touch has the file read by touch before it is sent.
func (f *File) Touch(touch func(file *os.File, from, n int64)) { f.touch = touch }

// SetPieceTime is how long a client may take for a piece of this answer.
func (w *Writer) SetPieceTime(wait time.Duration) { w.time = wait }
