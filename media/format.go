package media

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/bep/imagemeta"
	"golang.org/x/image/webp"
)

// format is a kind of picture that Usher takes. The decoders are named here
// rather than registered with package image, so that no import elsewhere adds
// another.
type format struct {
	name   string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	meta   imagemeta.ImageFormat // where EXIF may tell which way is up; 0 for nowhere
}

var (
	formatPNG  = format{"PNG", png.DecodeConfig, png.Decode, imagemeta.PNG}
	formatJPEG = format{"JPEG", jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG}
	formatWebP = format{"WebP", webp.DecodeConfig, webp.Decode, imagemeta.WebP}
	formatGIF  = format{"GIF", gif.DecodeConfig, gif.Decode, 0}
)

// sniff tells the kind by how the content begins. The error is a *BadPicture
// that names what was sent instead, where that can be told.
func sniff(data []byte) (format, error) {
	begins := func(magic string) bool { return bytes.HasPrefix(data, []byte(magic)) }
	switch {
	case begins("\x89PNG\r\n\x1a\n"):
		return formatPNG, nil
	case begins("\xff\xd8\xff"):
		return formatJPEG, nil
	case begins("GIF87a"), begins("GIF89a"):
		return formatGIF, nil
	case begins("RIFF") && len(data) >= 12 && string(data[8:12]) == "WEBP":
		return formatWebP, nil
	case len(data) == 0:
		return format{}, &BadPicture{"This file is empty. Send another."}
	}
	return format{}, &BadPicture{"That is " + otherKind(data) + ". Usher takes PNG, JPEG, WebP or GIF."}
}

// otherKind names kinds that people send in good faith.
func otherKind(data []byte) string {
	start := data[:min(len(data), 1024)]
	lower := bytes.ToLower(start)
	switch {
	case bytes.Contains(lower, []byte("<svg")):
		return "an SVG drawing"
	case bytes.Contains(lower, []byte("<html")), bytes.Contains(lower, []byte("<!doctype html")):
		return "a web page"
	case len(start) >= 12 && string(start[4:8]) == "ftyp":
		switch string(start[8:12]) {
		case "heic", "heix", "heim", "heis", "mif1", "msf1":
			return "a HEIC picture"
		case "avif", "avis":
			return "an AVIF picture"
		}
		return "a video"
	case bytes.HasPrefix(start, []byte("%PDF-")):
		return "a PDF document"
	case bytes.HasPrefix(start, []byte("BM")):
		return "a BMP picture"
	case bytes.HasPrefix(start, []byte("II*\x00")), bytes.HasPrefix(start, []byte("MM\x00*")):
		return "a TIFF picture"
	}
	return "not a picture that Usher knows"
}
