package auth

import (
	"strings"

	"github.com/mileusna/useragent"
)

// maxAgent is how much of a User-Agent is looked at, in bytes.
const maxAgent = 500

// UnknownDevice is the name of a device that says nothing of itself.
const UnknownDevice = "Unknown device"

// DeviceName says in words what a device is by its User-Agent, such as “Firefox
// on Linux”: text that the device makes up, so nothing is decided by it.
func DeviceName(userAgent string) string {
	known := useragent.Parse(userAgent[:min(len(userAgent), maxAgent)])
	switch name, system := plainWords(known.Name), plainWords(known.OS); {
	case name != "" && system != "":
		return name + " on " + system
	case name != "":
		return name
	case system != "":
		return "A browser on " + system
	}
	return UnknownDevice
}

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
