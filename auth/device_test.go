package auth_test

import (
	"strings"
	"testing"

	"usher/auth"
	"usher/store"
)

func TestDeviceName(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                  "Firefox on Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                         "Chrome on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari on iOS",
		"Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager":              "Chrome on a television",
		"VLC/3.0.20 LibVLC/3.0.20":         "VLC",
		"":                                 "Unknown device",
		"<script>alert(1)</script>":        "Unknown device",
		"<b>x</b>/1.0 (X11; Linux x86_64)": "A browser on Linux",
		strings.Repeat("A", 9000):          "Unknown device",
		"\x00\xff\n":                       "Unknown device",
		"\u202egnp.exe/1.0 (X11; Linux)":   "A browser on Linux",
		"Firefox/140.0 (X11; Linux) " + strings.Repeat("<script>alert(1)</script>\x1b[31m\u202e", 250): "Firefox on Linux",
	} {
		if got := auth.DeviceName(agent); got != want {
			t.Errorf("%.80q is %q, want %q", agent, got, want)
		}
	}
}

func TestDeviceForm(t *testing.T) {
	for agent, want := range map[string]store.DeviceForm{
		"Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager":                  store.FormTelevision,
		"Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/4.0 Chrome/94.0.4606.31 TV Safari/537.36":     store.FormTelevision,
		"Mozilla/5.0 (Linux; Android 10; BRAVIA 4K UR2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96 Safari/537.36":                               store.FormTelevision,
		"Mozilla/5.0 (Linux; Android 11; AFTMM Build/NS6265; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/90.0 Mobile Safari/537.36": store.FormTelevision,
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                       store.FormPhone,
		"Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                              store.FormTablet,
		"Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1":              store.FormTablet,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1":     store.FormPhone,
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":                       store.FormComputer,
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                      store.FormComputer,
		"Kodi/21.0 (Linux; Android 12.0)": store.FormPlayer,
		"VLC/3.0.20 LibVLC/3.0.20":        store.FormPlayer,
		"":                                store.FormUnknown,
		strings.Repeat("A", 9000):         store.FormUnknown,
	} {
		if got := auth.DeviceForm(agent); got != want {
			t.Errorf("%.80q is drawn as %q, want %q", agent, got, want)
		}
	}
}
