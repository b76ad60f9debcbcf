package media

import (
	"context"
	"image"
	"image/color"
	"io"
	"time"
)

const (
	maxFitPixels = 100_000_000
	fitQuality   = 82
	// turnTime is how long a picture waits for others that are being decoded.
	turnTime = 8 * time.Second
)

// quiet is what transparent parts of posters become: of no colour, and neither
// glaring by night nor gloomy by day.
var quiet = color.Gray{Y: 0x80}

// Fit reads a PNG, JPEG, WebP or GIF picture and returns it as a JPEG picture
// that is no larger than the box and no larger than it was, turned upright, on
// grey where it is transparent, and with nothing else of the file left in it.
//
// The error is a *BadPicture when the picture is to blame,
// context.DeadlineExceeded when too many others are being read, and else what
// the reader or the context said.
func Fit(ctx context.Context, r io.ReadSeeker, box image.Point) (jpegBytes []byte, err error) {
	found, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	if found.pixels() > maxFitPixels {
		return nil, found.tooLarge(maxFitPixels)
	}
	waiting, cancel := context.WithTimeout(ctx, turnTime)
	defer cancel()
	fitting, err := found.shrunk(ctx, waiting, func(stored image.Rectangle, turn int) (image.Rectangle, image.Point) {
		return stored, fit(stored.Size(), turnedSize(box, turn))
	}, quiet)
	if err != nil {
		return nil, err
	}
	return encode(fitting, fitQuality)
}

// fit is the size, in the same proportion, that fits into the box.
func fit(size, box image.Point) image.Point {
	if size.X <= box.X && size.Y <= box.Y {
		return size
	}
	if size.X*box.Y > size.Y*box.X {
		return image.Pt(box.X, max(1, size.Y*box.X/size.X))
	}
	return image.Pt(max(1, size.X*box.Y/size.Y), box.Y)
}
