package demo

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"time"
)

// outings are the photo albums of the household, with how many pictures each
// has and when it began.
var outings = []struct {
	name     string
	pictures int
	began    time.Time
}{
	{"Midsummer at the lake", 9, time.Date(2025, time.June, 20, 11, 5, 0, 0, time.UTC)},
	{"Elsa starts school", 5, time.Date(2025, time.August, 19, 8, 10, 0, 0, time.UTC)},
	{"Mushrooms with Grandma", 7, time.Date(2025, time.September, 27, 13, 30, 0, 0, time.UTC)},
	{"First snow", 6, time.Date(2025, time.November, 30, 9, 45, 0, 0, time.UTC)},
	{"Nils turns six", 8, time.Date(2026, time.February, 14, 15, 0, 0, 0, time.UTC)},
}

func photos(s *shelf) {
	for _, outing := range outings {
		for i := range outing.pictures {
			taken := outing.began.Add(time.Duration(i*17) * time.Minute)
			path := fmt.Sprintf("%s %s/IMG_%s.jpg", taken.Format("2006-01-02"), outing.name, taken.Format("20060102_150405"))
			width, height := 480, 320
			if i%4 == 3 {
				width, height = height, width
			}
			s.writeAt(path, picture(outing.name+path, width, height), taken)
		}
	}
}

// picture is a small JPEG of hills under a sky, in colours of its own for each
// name.
func picture(name string, width, height int) []byte {
	sum := fnv.New64a()
	sum.Write([]byte(name))
	seed := sum.Sum64()
	part := func(n int) float64 { return float64(seed>>(8*n)&255) / 255 }
	sky, land := hue(part(0), 0.35, 0.9), hue(part(1), 0.5, 0.55)
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		at := float64(x) / float64(width)
		for y := range height {
			c := shade(sky, 1-0.4*float64(y)/float64(height))
			for hill := range 3 {
				h := float64(hill)
				edge := 0.45 + 0.17*h + 0.1*math.Sin(at*(2+3*part(2+hill))*math.Pi+6*part(5+hill%3)+h)
				if float64(y) > edge*float64(height) {
					c = shade(land, 1-0.25*h)
				}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, img, &jpeg.Options{Quality: 80}); err != nil {
		return nil
	}
	return file.Bytes()
}

// hue is a colour by its place on the wheel, how strong it is, and how light.
func hue(at, strong, light float64) color.RGBA {
	channel := func(shift float64) uint8 {
		wave := (1 + math.Cos(2*math.Pi*(at-shift))) / 2
		return uint8(255 * light * (1 - strong + strong*wave))
	}
	return color.RGBA{channel(0), channel(1. / 3), channel(2. / 3), 255}
}

// shade is the colour, darker by a factor.
func shade(c color.RGBA, by float64) color.RGBA {
	return color.RGBA{uint8(float64(c.R) * by), uint8(float64(c.G) * by), uint8(float64(c.B) * by), 255}
}
