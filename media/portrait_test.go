package media

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/iotest"
)

var (
	red   = color.RGBA{R: 220, A: 255}
	green = color.RGBA{G: 180, A: 255}
	blue  = color.RGBA{B: 220, A: 255}
	black = color.RGBA{A: 255}
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
)

// quarters is a picture with a colour in each corner, and grey bars beside the
// square in the middle, so that cropping and turning show.
func quarters(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	square := middle(m.Bounds())
	center := square.Min.Add(square.Size().Div(2))
	for y := range height {
		for x := range width {
			c := color.RGBA{R: 128, G: 128, B: 128, A: 255}
			if image.Pt(x, y).In(square) {
				left, top := x < center.X, y < center.Y
				switch {
				case left && top:
					c = red
				case top:
					c = green
				case left:
					c = blue
				default:
					c = black
				}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func encodePNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeGIF(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tinyWebP is a lossless WebP picture of 1 by 1 pixel, since Go writes none.
func tinyWebP(t testing.TB) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// withOrientation puts an EXIF segment with nothing but the orientation behind
// the start of a JPEG picture.
func withOrientation(picture []byte, orientation uint16) []byte {
	tiff := []byte("MM\x00*\x00\x00\x00\x08" + "\x00\x01" + "\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	segment = append(segment, exif...)
	return append(append(bytes.Clone(picture[:2]), segment...), picture[2:]...)
}

// claiming is a PNG picture whose header names another size.
func claiming(t testing.TB, width, height uint32) []byte {
	b := encodePNG(t, quarters(4, 4))
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func portrait(t *testing.T, sent []byte) image.Image {
	t.Helper()
	out, err := Portrait(t.Context(), bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds() != image.Rect(0, 0, PortraitSize, PortraitSize) {
		t.Fatalf("the portrait measures %v", m.Bounds())
	}
	return m
}

// wantCorners looks at the middle of each quarter, in reading order.
func wantCorners(t *testing.T, m image.Image, want ...color.RGBA) {
	t.Helper()
	for i, at := range []image.Point{{64, 64}, {192, 64}, {64, 192}, {192, 192}} {
		r, g, b, _ := m.At(at.X, at.Y).RGBA()
		got := [3]int{int(r >> 8), int(g >> 8), int(b >> 8)}
		for channel, value := range [3]uint8{want[i].R, want[i].G, want[i].B} {
			if diff := got[channel] - int(value); diff < -24 || diff > 24 {
				t.Errorf("quarter %d is %v, want %v", i, got, want[i])
				break
			}
		}
	}
}

func TestPortraitTakesEveryKind(t *testing.T) {
	for name, sent := range map[string][]byte{
		"PNG":         encodePNG(t, quarters(100, 100)),
		"PNG, wide":   encodePNG(t, quarters(300, 100)),
		"PNG, tall":   encodePNG(t, quarters(100, 301)),
		"PNG, large":  encodePNG(t, quarters(1200, 900)),
		"JPEG":        encodeJPEG(t, quarters(300, 200)),
		"GIF":         encodeGIF(t, quarters(300, 200)),
		"with a tail": append(encodePNG(t, quarters(90, 90)), "<script>alert(1)</script>"...),
		"odd EXIF":    withOrientation(encodeJPEG(t, quarters(300, 200)), 900),
		"EXIF of PNG": append(encodePNG(t, quarters(90, 90)), "Exif\x00\x00MM"...),
	} {
		t.Run(name, func(t *testing.T) { wantCorners(t, portrait(t, sent), red, green, blue, black) })
	}
	t.Run("WebP", func(t *testing.T) { portrait(t, tinyWebP(t)) })
	t.Run("one line", func(t *testing.T) { portrait(t, encodePNG(t, quarters(5000, 1))) })
}

func TestPortraitIsTurnedUpright(t *testing.T) {
	sent := encodeJPEG(t, quarters(300, 200))
	for orientation, want := range map[uint16][]color.RGBA{
		1: {red, green, blue, black},
		2: {green, red, black, blue},
		3: {black, blue, green, red},
		4: {blue, black, red, green},
		5: {red, blue, green, black},
		6: {blue, red, black, green},
		7: {black, green, blue, red},
		8: {green, black, red, blue},
	} {
		wantCorners(t, portrait(t, withOrientation(sent, orientation)), want...)
	}
}

func TestPortraitFlattensOntoWhite(t *testing.T) {
	nothing := image.NewNRGBA(image.Rect(0, 0, 50, 50))
	wantCorners(t, portrait(t, encodePNG(t, nothing)), white, white, white, white)
}

func TestPortraitLeavesNothingElse(t *testing.T) {
	sent := withOrientation(encodeJPEG(t, quarters(50, 50)), 6)
	sent = append(sent, "<script>alert(1)</script>"...)
	out, err := Portrait(t.Context(), bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"Exif", "<script>"} {
		if bytes.Contains(out, []byte(left)) {
			t.Errorf("the portrait still holds %q", left)
		}
	}
}

func TestPortraitSaysWhyNot(t *testing.T) {
	whole := encodePNG(t, quarters(100, 100))
	photo := encodeJPEG(t, quarters(100, 100))
	for name, test := range map[string]struct {
		sent []byte
		why  string
	}{
		"nothing":          {nil, "empty"},
		"SVG":              {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), "That is an SVG drawing. Usher takes PNG, JPEG, WebP or GIF."},
		"web page":         {[]byte("<!DOCTYPE html><title>x</title>"), "a web page"},
		"PDF":              {[]byte("%PDF-1.7"), "a PDF document"},
		"HEIC":             {[]byte("\x00\x00\x00\x18ftypheic\x00\x00"), "a HEIC picture"},
		"AVIF":             {[]byte("\x00\x00\x00\x18ftypavif\x00\x00"), "an AVIF picture"},
		"video":            {[]byte("\x00\x00\x00\x18ftypisom\x00\x00"), "a video"},
		"BMP":              {[]byte("BM123456"), "a BMP picture"},
		"TIFF":             {[]byte("II*\x00"), "a TIFF picture"},
		"text":             {[]byte("hello"), "not a picture that Usher knows"},
		"cut off PNG":      {whole[:len(whole)/2], "PNG picture is damaged"},
		"cut off header":   {whole[:12], "PNG picture is damaged"},
		"cut off JPEG":     {photo[:len(photo)/2], "JPEG picture is damaged"},
		"cut off GIF":      {[]byte("GIF89a"), "GIF picture is damaged"},
		"cut off WebP":     {tinyWebP(t)[:20], "WebP picture is damaged"},
		"huge":             {claiming(t, 60000, 60000), "60000 by 60000 pixels"},
		"just too many":    {claiming(t, 8000, 5001), "40 megapixels"},
		"of no size":       {claiming(t, 0, 10), "PNG picture is damaged"},
		"larger than sent": {claiming(t, 6000, 6000), "PNG picture is damaged"},
		"too many bytes":   {append(whole, make([]byte, MaxPictureBytes)...), "larger than 8 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := Portrait(t.Context(), bytes.NewReader(test.sent))
			var bad *BadPicture
			if !errors.As(err, &bad) || !strings.Contains(bad.Reason, test.why) || out != nil {
				t.Errorf("Portrait: %d bytes, %v; want a *BadPicture with %q", len(out), err, test.why)
			}
		})
	}
}

func TestPortraitPassesOtherErrorsOn(t *testing.T) {
	gone := errors.New("the connection is gone")
	if _, err := Portrait(t.Context(), iotest.ErrReader(gone)); !errors.Is(err, gone) {
		t.Errorf("a broken reader: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Portrait(ctx, bytes.NewReader(encodePNG(t, quarters(10, 10)))); !errors.Is(err, context.Canceled) {
		t.Errorf("a request that is gone: %v", err)
	}
}

// FuzzPortrait holds that whatever is sent ends as a portrait or as a reason.
func FuzzPortrait(f *testing.F) {
	f.Add(encodePNG(f, quarters(9, 5)))
	f.Add(encodeGIF(f, quarters(9, 5)))
	f.Add(withOrientation(encodeJPEG(f, quarters(9, 5)), 6))
	f.Add(tinyWebP(f))
	f.Add([]byte("<svg/>"))
	f.Fuzz(func(t *testing.T, sent []byte) {
		if config, _, err := image.DecodeConfig(bytes.NewReader(sent)); err == nil && config.Width*config.Height > 1<<20 {
			t.Skip("large pictures only make fuzzing slow")
		}
		out, err := Portrait(t.Context(), bytes.NewReader(sent))
		var bad *BadPicture
		if err != nil && (!errors.As(err, &bad) || bad.Reason == "") {
			t.Fatalf("Portrait: %v", err)
		}
		if err == nil {
			if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
				t.Fatalf("the portrait cannot be read: %v", err)
			}
		}
	})
}
