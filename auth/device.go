package auth

import (
	"regexp"
	"strings"

	"github.com/mileusna/useragent"

	"usher/store"
)

// maxAgent is how much of a User-Agent is looked at, in bytes.
const maxAgent = 500

// UnknownDevice is the name of a device that says nothing of itself.
const UnknownDevice = "Unknown device"

// DeviceName says in words what a device is by its User-Agent, such as “Firefox
// on Linux”: text that the device makes up, so nothing is decided by it.
func DeviceName(userAgent string) string {
	known := parseAgent(userAgent)
	name, system := plainWords(known.Name), plainWords(known.OS)
	switch {
	case name != "" && isTelevision(known):
		return name + " on a television"
	case name != "" && system != "":
		return name + " on " + system
	case name != "":
		return name
	case isTelevision(known):
		return "A television"
	case system != "":
		return "A browser on " + system
	}
	return UnknownDevice
}

// DeviceForm says what kind of thing a device is by its User-Agent, to draw it by:
// FormUnknown where that says nothing.
func DeviceForm(userAgent string) store.DeviceForm {
	known := parseAgent(userAgent)
	switch {
	case isTelevision(known):
		return store.FormTelevision
	case player.MatchString(known.Name):
		return store.FormPlayer
	case known.Tablet, known.OS == useragent.Android && !strings.Contains(known.String, useragent.Mobile):
		return store.FormTablet // phones with Android say “Mobile”: https://developer.chrome.com/docs/multidevice/user-agent
	case known.Mobile:
		return store.FormPhone
	case known.Desktop:
		return store.FormComputer
	}
	return store.FormUnknown
}

func parseAgent(userAgent string) useragent.UserAgent {
	return useragent.Parse(userAgent[:min(len(userAgent), maxAgent)])
}

// television is what the browsers of televisions say of themselves; the library
// takes them for phones or computers.
var television = regexp.MustCompile(`(?i)web0s|webos|smart-?tv|\btizen\b.*\btv\b|bravia|google ?tv|android ?tv|apple ?tv|hbbtv|viera|\bAFT[A-Z]|\bcrkey\b|\broku\b`)

func isTelevision(known useragent.UserAgent) bool { return television.MatchString(known.String) }

// player matches the names of programs that play, and show no pages.
var player = regexp.MustCompile(`(?i)^(vlc|libvlc|mpv|libmpv|kodi|lavf|mpc-hc|infuse)\b`)

// plainWords keeps what the library has taken from the text only where it looks
// like a name.
func plainWords(text string) string {
	odd := func(r rune) bool {
		return !(r == ' ' || r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z')
	}
	text = strings.TrimSpace(text)
	if len(text) > 40 || strings.ContainsFunc(text, odd) {
		return ""
	}
	return text
}
