package metadata

import (
	"bytes"
	"errors"
	"image/gif"
	"io"
	"strings"
	"time"

	"github.com/bep/imagemeta"
)

// maxTags is how many EXIF tags are looked through.
const maxTags = 1000

// gifFormat marks what has no EXIF data.
const gifFormat = imagemeta.ImageFormat(-1)

// ReadPicture reads the size of a picture and when it was taken, the kind told
// by its content: JPEG, PNG, WebP, GIF, TIFF, HEIF or AVIF. A time without a
// zone counts as the server's. The error is a sentence for the administrator.
func ReadPicture(r io.ReadSeeker) (picture Picture, err error) {
	err = guarded("This picture is damaged, or of a kind that Usher does not know.", func() error {
		file, err := newSkimmer(r, false)
		if err != nil {
			return err
		}
		head := make([]byte, 32)
		n, err := io.ReadFull(file, head)
		if n < 12 {
			return err
		}
		file.at = 0
		picture, err = readPicture(file, pictureFormat(head[:n]))
		return err
	})
	if err != nil {
		return Picture{}, err
	}
	return picture, nil
}

// pictureFormat tells the kind by how the content begins; 0 is none of those
// that are known.
func pictureFormat(head []byte) imagemeta.ImageFormat {
	begins := func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) }
	switch {
	case begins("\xff\xd8\xff"):
		return imagemeta.JPEG
	case begins("\x89PNG\r\n\x1a\n"):
		return imagemeta.PNG
	case begins("GIF87a"), begins("GIF89a"):
		return gifFormat
	case begins("RIFF") && string(head[8:12]) == "WEBP":
		return imagemeta.WebP
	case begins("II*\x00"), begins("MM\x00*"):
		return imagemeta.TIFF
	case string(head[4:8]) == "ftyp":
		switch string(head[8:12]) {
		case "heic", "heix", "heim", "heis", "mif1", "msf1":
			return imagemeta.HEIF
		case "avif", "avis":
			return imagemeta.AVIF
		}
	}
	return 0
}

func readPicture(file *skimmer, format imagemeta.ImageFormat) (Picture, error) {
	if format == 0 {
		return Picture{}, errors.New("an unknown kind of picture")
	}
	if format == gifFormat {
		config, err := gif.DecodeConfig(file)
		return sized(Picture{Width: config.Width, Height: config.Height}, err)
	}
	tags := make(map[string]any)
	result, err := imagemeta.Decode(imagemeta.Options{
		R: file, ImageFormat: format, Sources: imagemeta.EXIF | imagemeta.CONFIG, LimitNumTags: maxTags,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return strings.HasPrefix(tag.Namespace, "IFD0") && wanted(tag.Tag) },
		HandleTag: func(tag imagemeta.TagInfo) error {
			tags[tag.Tag] = tag.Value
			return nil
		},
		Warnf: func(string, ...any) {},
	})
	picture := Picture{
		Width: result.ImageConfig.Width, Height: result.ImageConfig.Height, Taken: taken(tags, time.Now()),
		Undrawn: format == imagemeta.TIFF || format == imagemeta.HEIF || format == imagemeta.AVIF,
	}
	// HEIF and AVIF turn a picture by a property of its own, which is in the
	// size already.
	if onSide(tags["Orientation"]) && format != imagemeta.HEIF && format != imagemeta.AVIF {
		picture.Width, picture.Height = picture.Height, picture.Width
	}
	return sized(picture, err)
}

// sized is a picture that has a size, whatever else could not be read of it, or
// why it has none.
func sized(picture Picture, err error) (Picture, error) {
	switch {
	case picture.Width > 0 && picture.Height > 0:
		return picture, nil
	case err == nil:
		err = errors.New("a picture of no size")
	}
	return Picture{}, err
}

// dates are the EXIF tags for when a picture was taken, the best first, each with
// the zone that belongs to it (EXIF 2.32, section 4.6.5, tables D and F; CreateDate
// is what the library calls DateTimeDigitized).
var dates = [][2]string{
	{"DateTimeOriginal", "OffsetTimeOriginal"},
	{"CreateDate", "OffsetTimeDigitized"},
}

func wanted(tag string) bool {
	for _, date := range dates {
		if tag == date[0] || tag == date[1] {
			return true
		}
	}
	return tag == "Orientation"
}

// onSide says whether a picture with this EXIF orientation lies on its side.
func onSide(orientation any) bool {
	value, ok := orientation.(uint16)
	return ok && value >= 5 && value <= 8
}

// firstPhotograph is the year of the oldest one that has survived.
const firstPhotograph = 1826

// taken is when a picture was taken, or the zero time where that is not said or
// cannot be.
func taken(tags map[string]any, now time.Time) time.Time {
	for _, date := range dates {
		local, _ := tags[date[0]].(string)
		zone, _ := tags[date[1]].(string)
		at, err := time.Parse("2006:01:02 15:04:05-07:00", clean(local)+clean(zone))
		if err != nil {
			at, err = time.ParseInLocation("2006:01:02 15:04:05", clean(local), time.Local)
		}
		if err == nil && at.Year() >= firstPhotograph && at.Before(now.Add(48*time.Hour)) {
			return at
		}
	}
	return time.Time{}
}

func clean(value string) string { return strings.Trim(value, " \x00") }
