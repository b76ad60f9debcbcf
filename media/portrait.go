package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
)

// What a picture may be, and what it becomes.
const (
	MaxPictureBytes  = 8 << 20
	MaxPicturePixels = 40_000_000
	PortraitSize     = 256 // pixels on each side

	portraitQuality = 86
)

// BadPicture is why a picture is not taken.
type BadPicture struct {
	Reason string // a whole sentence or two for the person who sent it
}

func (e *BadPicture) Error() string { return e.Reason }

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
	sent, err := readHeader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if sent.pixels() > MaxPicturePixels {
		return nil, sent.tooLarge(MaxPicturePixels)
	}
	square, err := sent.shrunk(ctx, ctx, func(stored image.Rectangle, _ int) (image.Rectangle, image.Point) {
		return middle(stored), image.Pt(PortraitSize, PortraitSize)
	}, color.White)
	if err != nil {
		return nil, err
	}
	return encode(square, portraitQuality)
}

func middle(whole image.Rectangle) image.Rectangle {
	side := min(whole.Dx(), whole.Dy())
	corner := whole.Min.Add(image.Pt((whole.Dx()-side)/2, (whole.Dy()-side)/2))
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))}
}

// encode is the picture as a JPEG picture, with nothing else in it.
func encode(picture image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return out.Bytes(), nil
}
