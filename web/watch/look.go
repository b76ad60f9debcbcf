package watch

import (
	"context"
	"time"

	"usher/media/format"
	"usher/store"
)

const (
	// lookTime is how long a page waits for the disk to tell what a file is. One
	// that sleeps may tell later, when the file is played.
	lookTime = 2 * time.Second
	// mostLooks is how many files are looked at at once: a disk that hangs must
	// not gather them.
	mostLooks = 8
)

// looks finds out what files are, so that pages can say it before they are
// played.
type looks struct {
	formats format.Cache
	places  chan struct{}
}

func newLooks() *looks { return &looks{places: make(chan struct{}, mostLooks)} }

// format is what a file is, or the zero Format where the disk does not tell in
// time.
func (h *Handlers) format(ctx context.Context, file store.MediaFile) format.Format {
	select {
	case h.looks.places <- struct{}{}:
	default:
		return format.Format{}
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	answer := make(chan format.Format, 1)
	go func() {
		defer func() { <-h.looks.places }()
		defer cancel()
		known, err := h.looks.formats.Of(format.File{Folder: file.Folder, Path: file.Path, Size: file.Size, Modified: file.Modified}, func() (format.Format, error) {
			return h.readFormat(ctx, file)
		})
		if err != nil {
			h.Log.Debug("cannot tell what a file is", "error", err)
		}
		answer <- known
	}()
	select {
	case known := <-answer:
		return known
	case <-ctx.Done():
		return format.Format{}
	}
}

// readFormat reads a little of a file.
func (h *Handlers) readFormat(ctx context.Context, file store.MediaFile) (format.Format, error) {
	opened, err := h.disk.Open(ctx, file.Folder, file.Path)
	if err != nil {
		return format.Format{}, err
	}
	defer opened.Close() //nolint:errcheck // it was only read
	return format.Of(opened, opened.Info.Size(), file.Path), nil
}
