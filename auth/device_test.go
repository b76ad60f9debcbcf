package auth_test

import (
	"strings"
	"testing"

	"usher/auth"
)

func TestDeviceName(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                  "Firefox on Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                         "Chrome on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari on iOS",
		"VLC/3.0.20 LibVLC/3.0.20":         "VLC",
		"":                                 "Unknown device",
		"<script>alert(1)</script>":        "Unknown device",
		"<b>x</b>/1.0 (X11; Linux x86_64)": "A browser on Linux",
		strings.Repeat("A", 9000):          "Unknown device",
		"\x00\xff\n":                       "Unknown device",
	} {
		if got := auth.DeviceName(agent); got != want {
			t.Errorf("%.80q is %q, want %q", agent, got, want)
		}
	}
}
