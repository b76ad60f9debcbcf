package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/image/draw"
)

var smallBox = image.Pt(320, 480)

func fitted(t *testing.T, sent []byte, box image.Point) image.Image {
	t.Helper()
	out, err := Fit(t.Context(), bytes.NewReader(sent), box)
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestFitNeverEnlargesAndKeepsTheProportion(t *testing.T) {
	for _, test := range []struct{ sent, box, want image.Point }{
		{image.Pt(100, 50), smallBox, image.Pt(100, 50)},
		{image.Pt(320, 480), smallBox, image.Pt(320, 480)},
		{image.Pt(640, 960), smallBox, image.Pt(320, 480)},
		{image.Pt(1000, 500), smallBox, image.Pt(320, 160)},
		{image.Pt(500, 1000), smallBox, image.Pt(240, 480)},
		{image.Pt(400, 300), smallBox, image.Pt(320, 240)},
		{image.Pt(5000, 1), smallBox, image.Pt(320, 1)},
		{image.Pt(1, 5000), smallBox, image.Pt(1, 480)},
		{image.Pt(1, 1), smallBox, image.Pt(1, 1)},
		{image.Pt(3000, 2000), image.Pt(1600, 1600), image.Pt(1600, 1066)},
	} {
		sent := encodePNG(t, image.NewGray(image.Rectangle{Max: test.sent}))
		if got := fitted(t, sent, test.box).Bounds().Size(); got != test.want {
			t.Errorf("%v in %v is %v, want %v", test.sent, test.box, got, test.want)
		}
	}
}

func TestFitTurnsUpright(t *testing.T) {
	sent := encodeJPEG(t, halves(300, 200))
	for turn, want := range map[uint16]struct {
		size          image.Point
		first, second color.RGBA // in reading order
	}{
		1: {image.Pt(150, 100), red, green}, 2: {image.Pt(150, 100), green, red}, 3: {image.Pt(150, 100), green, red}, 4: {image.Pt(150, 100), red, green},
		5: {image.Pt(100, 150), red, green}, 6: {image.Pt(100, 150), red, green}, 7: {image.Pt(100, 150), green, red}, 8: {image.Pt(100, 150), green, red},
	} {
		m := fitted(t, withOrientation(sent, turn), image.Pt(150, 150))
		size := m.Bounds().Size()
		if size != want.size {
			t.Errorf("turned by %d it measures %v, want %v", turn, size, want.size)
			continue
		}
		wantColor(t, m, image.Pt(20, 20), want.first)
		wantColor(t, m, size.Sub(image.Pt(20, 20)), want.second)
	}
}

// halves is red on the left and green on the right.
func halves(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(m, m.Bounds(), image.NewUniform(green), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, width/2, height), image.NewUniform(red), image.Point{}, draw.Src)
	return m
}

func wantColor(t *testing.T, m image.Image, at image.Point, want color.RGBA) {
	t.Helper()
	r, g, b, _ := m.At(at.X, at.Y).RGBA()
	for i, diff := range []int{int(r>>8) - int(want.R), int(g>>8) - int(want.G), int(b>>8) - int(want.B)} {
		if diff < -24 || diff > 24 {
			t.Errorf("at %v channel %d is off by %d", at, i, diff)
		}
	}
}

// Scaling averages: a fine check of black and white becomes grey all over.
func TestFitAverages(t *testing.T) {
	check := image.NewGray(image.Rect(0, 0, 1280, 960))
	for i := range check.Pix {
		check.Pix[i] = uint8(255 * ((i + i/1280) % 2))
	}
	m := fitted(t, encodePNG(t, check), smallBox)
	for _, at := range []image.Point{{1, 1}, {160, 120}, {318, 238}} {
		wantColor(t, m, at, color.RGBA{R: 128, G: 128, B: 128})
	}
}

func TestFitPutsTransparencyOnGrey(t *testing.T) {
	wantColor(t, fitted(t, encodePNG(t, image.NewNRGBA(image.Rect(0, 0, 900, 900))), smallBox), image.Pt(50, 50), color.RGBA{R: 128, G: 128, B: 128})
}

func TestFitSaysWhyNot(t *testing.T) {
	whole, photo := encodePNG(t, quarters(100, 100)), encodeJPEG(t, quarters(100, 100))
	for name, test := range map[string]struct {
		sent []byte
		why  string
	}{
		"nothing":                   {nil, "empty"},
		"a drawing":                 {[]byte("<svg/>"), "an SVG drawing"},
		"a bomb":                    {claiming(t, 64_000, 64_000), "Usher takes up to 100 megapixels."},
		"a line without end":        {claiming(t, 1<<30, 1), "Usher takes up to 65535 on a side."},
		"more than memory":          {claiming(t, 9_000, 9_000), "more memory"},
		"progressive, and large":    {claimingProgressive(photo, 6_000, 6_000), "more memory"},
		"a scan that is cut off":    {photo[:len(photo)/2], "damaged"},
		"a picture that is cut":     {whole[:len(whole)/2], "damaged"},
		"larger than it is, by far": {claiming(t, 6_000, 6_000), "damaged"},
	} {
		out, err := Fit(t.Context(), bytes.NewReader(test.sent), smallBox)
		var bad *BadPicture
		if !errors.As(err, &bad) || !strings.Contains(bad.Reason, test.why) || out != nil {
			t.Errorf("%s: %d bytes, %v; want %q", name, len(out), err, test.why)
		}
	}
}

// claimingProgressive is a JPEG picture whose frame says that it is progressive
// and of another size.
func claimingProgressive(picture []byte, width, height uint16) []byte {
	frame := bytes.Index(picture, []byte{0xff, markerBaseline})
	out := bytes.Clone(picture)
	out[frame+1] = markerProgressive
	binary.BigEndian.PutUint16(out[frame+5:], height)
	binary.BigEndian.PutUint16(out[frame+7:], width)
	return out
}

func TestMemoryOfPictures(t *testing.T) {
	photo := encodeJPEG(t, quarters(100, 100)) // with the colours in half measure each way
	restarted := append([]byte{0xff, 0xd8, 0xff, 0xd0}, photo[2:]...)
	for name, test := range map[string]struct {
		sent []byte
		want int64
	}{
		"JPEG":                      {photo, 15_000},
		"JPEG behind fill bytes":    {append([]byte{0xff, 0xd8, 0xff, 0xff}, photo[2:]...), 15_000},
		"JPEG behind a lone marker": {restarted, 15_000},
		"progressive JPEG":          {claimingProgressive(photo, 100, 100), 75_000},
		"JPEG cut off":              {photo[:100], 0},
	} {
		if got := jpegMemory(bytes.NewReader(test.sent)); got != test.want {
			t.Errorf("%s takes %d, want %d", name, got, test.want)
		}
	}
	for name, test := range map[string]struct {
		sent []byte
		want int64
	}{
		"RGBA":    {claiming(t, 5_000, 5_000), 96},
		"grey":    {encodePNG(t, image.NewGray(image.Rect(0, 0, 2048, 2048))), 5},
		"palette": {encodeGIF(t, quarters(2048, 1024)), 3},
		"16 bits": {encodePNG(t, image.NewNRGBA64(image.Rect(0, 0, 1024, 1024))), 9},
	} {
		p, err := readHeader(bytes.NewReader(test.sent))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.megabytes(); err != nil || got != test.want {
			t.Errorf("%s takes %d MB, %v; want %d", name, got, err, test.want)
		}
	}
}

func TestFitPassesOtherErrorsOn(t *testing.T) {
	gone, photo := errors.New("the disk is gone"), encodeJPEG(t, quarters(2000, 2000))
	if _, err := Fit(t.Context(), &breaking{Reader: bytes.NewReader(nil), err: gone}, smallBox); !errors.Is(err, gone) {
		t.Errorf("a disk that is gone: %v", err)
	}
	if _, err := Fit(t.Context(), &breaking{Reader: bytes.NewReader(photo), after: len(photo) / 2, err: gone}, smallBox); !errors.Is(err, gone) {
		t.Errorf("a disk that goes while it is read: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Fit(ctx, bytes.NewReader(photo), smallBox); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who has left: %v", err)
	}
	if _, err := Fit(t.Context(), &breaking{Reader: bytes.NewReader(photo), after: len(photo), err: iotest.ErrTimeout}, smallBox); err != nil {
		t.Errorf("a disk that fails behind the picture: %v", err)
	}
}

// breaking is a file of which no more than its beginning can be read.
type breaking struct {
	*bytes.Reader
	after int
	err   error
}

func (b *breaking) Read(p []byte) (int, error) {
	left := b.after - int(b.Size()) + b.Len()
	if left <= 0 {
		return 0, b.err
	}
	return b.Reader.Read(p[:min(len(p), left)])
}

// BenchmarkFit is a photo of 12 megapixels made small, with as its floor what
// decoding alone takes, and decoding with the quickest way to scale.
func BenchmarkFit(b *testing.B) {
	photo := encodeJPEG(b, quarters(4000, 3000))
	decode := func() image.Image {
		m, err := jpeg.Decode(bytes.NewReader(photo))
		if err != nil {
			b.Fatal(err)
		}
		return m
	}
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			decode()
		}
	})
	b.Run("decode and scale", func(b *testing.B) {
		for b.Loop() {
			m, small := decode(), image.NewRGBA(image.Rect(0, 0, 320, 240))
			draw.ApproxBiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
		}
	})
	b.Run("fit", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Fit(b.Context(), bytes.NewReader(photo), smallBox); err != nil {
				b.Fatal(err)
			}
		}
	})
}
