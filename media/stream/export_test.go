package stream

import (
	"os"
	"time"
)

// NewSlowDisk is a disk whose folder of this name does not answer until awake is
// closed. It is told on asked each time that it is asked.
func NewSlowDisk(wait time.Duration, hangs string, asked chan<- string, awake <-chan struct{}) *Disk {
	d := NewDisk("")
	d.time = wait
	d.open = func(folder, path string) (*File, error) {
		asked <- folder
		if folder == hangs {
			<-awake
			return nil, os.ErrNotExist
		}
		return d.openFile(folder, path)
	}
	return d
}

// MostStuck is how many may wait for a folder that does not answer.
const MostStuck = mostStuck

// MostUnread is how many reads may be stuck.
const MostUnread = mostUnread

// Touch has the file read by touch before it is sent.
func (f *File) Touch(touch func(file *os.File, from, n int64)) {
	f.ahead = ahead{func(*os.File, int64, int64) bool { return false }, touch}
}

// SetPieceTime is how long a client may take for a piece of this answer.
func (w *Writer) SetPieceTime(wait time.Duration) { w.time = wait }
