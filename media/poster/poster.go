// Package poster makes small pictures of large ones, when they are first asked
// for, and keeps them in the data folder.
package poster

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/singleflight"

	"usher/media"
	"usher/media/metadata"
	"usher/store"
)

// Size is how large a poster is at the most.
type Size string

// The sizes: for lists and walls, and for the page of a picture.
const (
	Small Size = "small"
	Large Size = "large"
)

func (s Size) box() image.Point {
	if s == Large {
		return image.Pt(1600, 1600)
	}
	return image.Pt(320, 480)
}

// Posters makes and keeps posters. It is safe for concurrent use.
type Posters struct {
	folder string
	making singleflight.Group
}

// New keeps posters inside the data folder.
func New(data string) *Posters { return &Posters{folder: media.PosterFolder(data)} }

// JPEG is the poster as a JPEG picture. It answers store.ErrNotFound where there
// is none that can be shown: the file is gone or not to be opened, holds no
// picture, or one that Usher does not read. Where too many others are being made
// it answers context.DeadlineExceeded.
func (p *Posters) JPEG(ctx context.Context, of store.Poster, size Size) ([]byte, error) {
	name := p.name(of, size)
	for {
		jpeg, known := p.kept(name)
		if !known {
			made := p.making.DoChan(name, func() (any, error) { return p.make(ctx, of, size, name) })
			select {
			case <-ctx.Done():
				return nil, fmt.Errorf("make a poster: %w", ctx.Err())
			case result := <-made:
				if errors.Is(result.Err, context.Canceled) && ctx.Err() == nil {
					continue // whoever asked first has left
				}
				if result.Err != nil {
					return nil, result.Err
				}
				jpeg, _ = result.Val.([]byte)
			}
		}
		if len(jpeg) == 0 {
			return nil, fmt.Errorf("poster at %q: %w", of.Path, store.ErrNotFound)
		}
		return jpeg, nil
	}
}

// name is that of the file in which a poster is kept.
func (p *Posters) name(of store.Poster, size Size) string {
	sum := sha256.Sum256([]byte(of.Folder + "\x00" + of.Path + "\x00" + of.Version))
	hash := hex.EncodeToString(sum[:16])
	return filepath.Join(p.folder, hash[:2], hash+"-"+string(size)+".jpg")
}

// make makes a poster and keeps it. One that cannot be made is kept as well, as
// nothing, so that a picture that takes long to fail does not fail again and
// again.
func (p *Posters) make(ctx context.Context, of store.Poster, size Size, name string) ([]byte, error) {
	jpeg, err := draw(ctx, of, size)
	var bad *media.BadPicture
	switch {
	case errors.As(err, &bad):
		jpeg = nil
	case errors.Is(err, errUnopened):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("make a poster of %q: %w", of.Path, err)
	}
	p.keep(name, jpeg)
	return jpeg, nil
}

// errUnopened is about a file that cannot be had just now: that may be different
// the next time.
var errUnopened = errors.New("cannot be opened")

// draw makes the poster of the picture, or of the art inside the music file.
func draw(ctx context.Context, of store.Poster, size Size) (jpeg []byte, err error) {
	root, err := media.OpenFolder(of.Folder)
	if err != nil {
		return nil, errUnopened
	}
	defer root.Close() //nolint:errcheck // it was only read
	file, _, err := media.OpenInside(root, of.Path)
	if err != nil {
		return nil, errUnopened
	}
	defer file.Close() //nolint:errcheck // it was only read
	jpeg, err = media.Fit(ctx, file, size.box())
	var bad *media.BadPicture
	if !errors.As(err, &bad) {
		return jpeg, err
	}
	art, none := metadata.ReadArt(file)
	if none != nil {
		return nil, err
	}
	return media.Fit(ctx, bytes.NewReader(art), size.box())
}

// stale is how long a poster may be used before it counts as used again.
const stale = 24 * time.Hour

// kept is the poster in the file with this name, if there is one.
func (p *Posters) kept(name string) (jpeg []byte, known bool) {
	jpeg, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > stale {
		now := time.Now()
		_ = os.Chtimes(name, now, now) // without it, the poster is made anew some day
	}
	return jpeg, true
}

// begun is how the names of files begin that are still being written.
const begun = ".new-"

// keep writes the poster down, for the next time. A disk that takes nothing more
// costs time only.
func (p *Posters) keep(name string, jpeg []byte) {
	folder := filepath.Dir(name)
	if os.MkdirAll(folder, 0o700) != nil {
		return
	}
	file, err := os.CreateTemp(folder, begun)
	if err != nil {
		return
	}
	_, err = file.Write(jpeg)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
}
