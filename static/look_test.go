package static_test

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"testing"

	"usher/static"
)

// Each icon's class counts cells of the sprite: the two files must agree.
func TestIconsMatchTheSprite(t *testing.T) {
	_, css := serve(t, http.MethodGet, static.URL("app.css"))
	_, svg := serve(t, http.MethodGet, static.URL("icons.svg"))
	cells := regexp.MustCompile(`<g id="([a-z-]+)" transform="translate\(0 (\d+)\)"`).FindAllSubmatch(svg, -1)
	classes := make(map[string]string)
	for _, m := range regexp.MustCompile(`\.([a-z-]+) \{ --n: (\d+); \}`).FindAllSubmatch(css, -1) {
		classes[string(m[1])] = string(m[2])
	}
	if len(cells) == 0 || len(cells) != len(classes) {
		t.Fatalf("%d cells, %d classes", len(cells), len(classes))
	}
	for i, cell := range cells {
		name, y := string(cell[1]), string(cell[2])
		if classes[name] != strconv.Itoa(i) || y != strconv.Itoa(24*i) {
			t.Errorf("%s: cell %d at y=%s, class counts %q", name, i, y, classes[name])
		}
	}
}

// Text on every ground it stands on has the contrast that WCAG 2.2 asks for, 4.5 to 1 (criterion 1.4.3), and the edge of
// a field 3 to 1 (criterion 1.4.11), in light and in dark.
func TestContrast(t *testing.T) {
	_, css := serve(t, http.MethodGet, static.URL("app.css"))
	tokens := parseTokens(t, string(css))
	pairs := []struct {
		ink, ground string
		least       float64
	}{
		{"text", "paper", 4.5}, {"text", "surface", 4.5}, {"text", "sunken", 4.5}, {"text", "tint", 4.5},
		{"text", "good-tint", 4.5}, {"text", "warn-tint", 4.5}, {"text", "bad-tint", 4.5},
		{"muted", "paper", 4.5}, {"muted", "surface", 4.5}, {"muted", "sunken", 4.5}, {"muted", "tint", 4.5},
		{"accent", "paper", 4.5}, {"accent", "surface", 4.5}, {"accent", "tint", 4.5}, {"on-accent", "accent", 4.5},
		{"good", "surface", 4.5}, {"good", "good-tint", 4.5},
		{"warn", "surface", 4.5}, {"warn", "warn-tint", 4.5},
		{"bad", "surface", 4.5}, {"bad", "sunken", 4.5}, {"bad", "bad-tint", 4.5}, {"surface", "bad", 4.5},
		{"gold", "surface", 3}, {"edge", "surface", 3}, {"accent", "sunken", 3},
	}
	for mode, name := range []string{"light", "dark"} {
		for _, p := range pairs {
			if _, ok := tokens[p.ink]; !ok {
				t.Fatalf("no token %q", p.ink)
			}
			if _, ok := tokens[p.ground]; !ok {
				t.Fatalf("no token %q", p.ground)
			}
			ratio := contrast(tokens[p.ink][mode], tokens[p.ground][mode])
			if ratio < p.least {
				t.Errorf("%s: %s on %s has %.2f, wants %.1f", name, p.ink, p.ground, ratio, p.least)
			}
		}
	}
}

// The faces are coloured by hue: initials must be readable on every one of them.
func TestFaceContrast(t *testing.T) {
	_, css := serve(t, http.MethodGet, static.URL("app.css"))
	hues := regexp.MustCompile(`--hue: (\d+);`).FindAllStringSubmatch(string(css), -1)
	if len(hues) != 12 {
		t.Fatalf("%d hues", len(hues))
	}
	for _, m := range hues {
		h := number(t, m[1])
		light := contrast(luminance(0.36, 0.11, h), luminance(0.91, 0.06, h))
		dark := contrast(luminance(0.93, 0.05, h), luminance(0.38, 0.08, h))
		if light < 4.5 || dark < 4.5 {
			t.Errorf("hue %v: %.2f in light, %.2f in dark", h, light, dark)
		}
	}
}

// parseTokens returns the relative luminance of every colour token, in light and in dark.
func parseTokens(t *testing.T, css string) map[string][2]float64 {
	t.Helper()
	colour := `oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`
	pattern := regexp.MustCompile(fmt.Sprintf(`--([a-z-]+):\s+light-dark\(%s,\s+%s\);`, colour, colour))
	tokens := make(map[string][2]float64)
	for _, m := range pattern.FindAllStringSubmatch(css, -1) {
		tokens[m[1]] = [2]float64{
			luminance(number(t, m[2]), number(t, m[3]), number(t, m[4])),
			luminance(number(t, m[5]), number(t, m[6]), number(t, m[7])),
		}
	}
	return tokens
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// luminance of an OKLCH colour: to linear sRGB by the matrices of CSS Color 4, clipped to the gamut, and weighed as WCAG
// 2.2 defines relative luminance.
func luminance(lightness, chroma, hue float64) float64 {
	a := chroma * math.Cos(hue*math.Pi/180)
	b := chroma * math.Sin(hue*math.Pi/180)
	l := math.Pow(lightness+0.3963377774*a+0.2158037573*b, 3)
	m := math.Pow(lightness-0.1055613458*a-0.0638541728*b, 3)
	s := math.Pow(lightness-0.0894841775*a-1.2914855480*b, 3)
	clip := func(x float64) float64 { return min(max(x, 0), 1) }
	red := clip(4.0767416621*l - 3.3077115913*m + 0.2309699292*s)
	green := clip(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s)
	blue := clip(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s)
	return 0.2126*red + 0.7152*green + 0.0722*blue
}

func contrast(a, b float64) float64 {
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}
