package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/sync/semaphore"
)

// What a picture may be, and what it becomes.
const (
	MaxPictureBytes  = 8 << 20
	MaxPicturePixels = 40_000_000
	PortraitSize     = 256 // pixels on each side

	portraitQuality = 86
)

// patience ends pictures that are small to send but made to take for ever, such
// as a JPEG of a hundred thousand scans.
const patience = 20 * time.Second

// BadPicture is why a picture is not taken.
type BadPicture struct {
	Reason string // a whole sentence or two for the person who sent it
}

func (e *BadPicture) Error() string { return e.Reason }

// decoding admits one picture at a time: 40 megapixels take up to some hundreds
// of megabytes while they are decoded.
var decoding = semaphore.NewWeighted(1)

// Portrait reads a PNG, JPEG, WebP or GIF picture and returns it as a JPEG
// picture, turned upright, cropped to the square in its middle, and scaled to
// PortraitSize; what is transparent becomes white. Nothing else of what was
// sent is left, neither metadata nor anything hidden behind the picture.
//
// The kind is told by the content. The error is a *BadPicture when the picture
// is to blame, else what the reader or the context said.
func Portrait(ctx context.Context, r io.Reader) (jpegBytes []byte, err error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxPictureBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	if len(data) > MaxPictureBytes {
		return nil, &BadPicture{"This picture is larger than 8 MB. Send a smaller one."}
	}
	kind, err := sniff(data)
	if err != nil {
		return nil, err
	}
	if err := checkSize(data, kind); err != nil {
		return nil, err
	}
	if err := decoding.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("wait for another picture: %w", err)
	}
	defer decoding.Release(1)
	picture, err := decode(ctx, data, kind)
	if err != nil {
		return nil, err
	}
	square := upright(squareOf(picture), orientation(data, kind))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, square, &jpeg.Options{Quality: portraitQuality}); err != nil {
		return nil, fmt.Errorf("write the portrait: %w", err)
	}
	return out.Bytes(), nil
}

// checkSize asks the header how large the picture will be, before any memory is
// set aside for it.
func checkSize(data []byte, kind format) error {
	config, err := kind.config(bytes.NewReader(data))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return broken(kind)
	}
	if int64(config.Width)*int64(config.Height) > MaxPicturePixels {
		return &BadPicture{fmt.Sprintf("This picture has %d by %d pixels. Usher takes up to 40 megapixels.",
			config.Width, config.Height)}
	}
	return nil
}

func decode(ctx context.Context, data []byte, kind format) (image.Image, error) {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	picture, err := kind.decode(&interruptible{limited, bytes.NewReader(data)})
	if ctx.Err() != nil {
		return nil, fmt.Errorf("decode the picture: %w", ctx.Err())
	}
	if err != nil || picture.Bounds().Empty() {
		return nil, broken(kind)
	}
	return picture, nil
}

func broken(kind format) *BadPicture {
	return &BadPicture{fmt.Sprintf("This %s picture is damaged or of an unusual kind. Open it and save it again, or send another.", kind.name)}
}

// interruptible is a reader that ends with its context, and by that whatever
// decodes from it.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// squareOf scales the middle of the picture onto a white square.
func squareOf(picture image.Image) *image.RGBA {
	target := image.NewRGBA(image.Rect(0, 0, PortraitSize, PortraitSize))
	draw.Draw(target, target.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(target, target.Bounds(), picture, middle(picture.Bounds()), draw.Over, nil)
	return target
}

func middle(whole image.Rectangle) image.Rectangle {
	side := min(whole.Dx(), whole.Dy())
	corner := whole.Min.Add(image.Pt((whole.Dx()-side)/2, (whole.Dy()-side)/2))
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))}
}
