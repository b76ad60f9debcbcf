package metadata_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"usher/media/metadata"
)

func TestReadPicture(t *testing.T) {
	berlin := time.FixedZone("", 2*60*60)
	local := time.Date(2019, 7, 14, 18, 30, 5, 0, time.Local)
	for name, test := range map[string]struct {
		file []byte
		want metadata.Picture
	}{
		"JPEG":                    {jpegOf(t, 30, 20), metadata.Picture{Width: 30, Height: 20}},
		"PNG":                     {pngOf(t, 30, 20), metadata.Picture{Width: 30, Height: 20}},
		"GIF":                     {gifOf(t, 30, 20), metadata.Picture{Width: 30, Height: 20}},
		"with a zone":             {exif{original: "2019:07:14 18:30:05", originals: "+02:00"}.in(jpegOf(t, 30, 20)), metadata.Picture{Taken: time.Date(2019, 7, 14, 18, 30, 5, 0, berlin), Width: 30, Height: 20}},
		"without a zone":          {exif{orientation: 1, original: "2019:07:14 18:30:05"}.in(jpegOf(t, 30, 20)), metadata.Picture{Taken: local, Width: 30, Height: 20}},
		"in no zone":              {exif{orientation: 3, original: "2019:07:14 18:30:05", originals: "   :  "}.in(jpegOf(t, 30, 20)), metadata.Picture{Taken: local, Width: 30, Height: 20}},
		"digitized":               {exif{digitized: "2019:07:14 18:30:05"}.in(jpegOf(t, 30, 20)), metadata.Picture{Taken: local, Width: 30, Height: 20}},
		"on its side":             {exif{orientation: 6}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 20, Height: 30}},
		"turned in no way":        {exif{orientation: 9}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 30, Height: 20}},
		"of month 13":             {exif{original: "2019:13:14 18:30:05"}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 30, Height: 20}},
		"of no day":               {exif{original: "0000:00:00 00:00:00"}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 30, Height: 20}},
		"of a day to come":        {exif{original: "2999:01:01 00:00:00"}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 30, Height: 20}},
		"before photographs":      {exif{original: "1066:10:14 09:00:00"}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 30, Height: 20}},
		"TIFF":                    {tiff(30, 20), metadata.Picture{Width: 30, Height: 20, Undrawn: true}},
		"of script":               {exif{original: script}.in(jpegOf(t, 30, 20)), metadata.Picture{Width: 30, Height: 20}},
		"cut off behind the head": {pngOf(t, 640, 480)[:40], metadata.Picture{Width: 640, Height: 480}},
	} {
		got, err := metadata.ReadPicture(bytes.NewReader(test.file))
		if err != nil || !got.Taken.Equal(test.want.Taken) || got.Width != test.want.Width || got.Height != test.want.Height || got.Undrawn != test.want.Undrawn {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, test.want)
		}
	}
}

// tiff is the beginning of a TIFF picture.
func tiff(width, height uint16) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x02")
	for _, field := range [][2]uint16{{0x0100, width}, {0x0101, height}} {
		b = binary.BigEndian.AppendUint16(b, field[0])
		b = append(b, 0, 3, 0, 0, 0, 1)
		b = append(binary.BigEndian.AppendUint16(b, field[1]), 0, 0)
	}
	return append(b, make([]byte, 16)...)
}

func TestReadPictureSaysWhatIsNone(t *testing.T) {
	for name, file := range map[string]string{
		"nothing":       "",
		"a few bytes":   "\xff\xd8\xff",
		"a drawing":     `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"half a GIF":    "GIF89a\x01",
		"a flat GIF":    "GIF87a00\x00\x00000",
		"half a header": "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIH",
		"no size":       "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + strings.Repeat("\x00", 40),
	} {
		got, err := metadata.ReadPicture(strings.NewReader(file))
		if err == nil || !strings.HasPrefix(err.Error(), "This picture is damaged") || got != (metadata.Picture{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// FuzzReadPicture holds that every picture has a size, or a sentence.
func FuzzReadPicture(f *testing.F) {
	f.Add(exif{orientation: 6, original: "2019:07:14 18:30:05", originals: "+02:00"}.in(jpegOf(f, 3, 2)))
	f.Add(pngOf(f, 3, 2))
	f.Add(gifOf(f, 3, 2))
	f.Add([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x04\x00\x01\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		picture, err := metadata.ReadPicture(bytes.NewReader(file))
		switch {
		case err != nil && !strings.HasSuffix(err.Error(), "."):
			t.Fatalf("%q is no sentence", err)
		case err == nil && (picture.Width < 1 || picture.Height < 1):
			t.Fatalf("%+v", picture)
		}
	})
}
