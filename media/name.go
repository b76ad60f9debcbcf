package media

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSafeName leaves room for what others add to a name, in bytes.
const maxSafeName = 200

// devices are names that mean something else than a file on Windows, whatever
// they end with
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
var devices = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true, "CONIN$": true, "CONOUT$": true}

// SafeName is a name, which may be anything, as a file or folder can be called on
// every system: a single one, without what has a meaning there, and never empty.
func SafeName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u200b', r == '\ufeff':
			return -1
		case strings.ContainsRune(`/\:*?"<>|`, r), r == utf8.RuneError:
			return '_'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(name, "_")))
	name = strings.TrimRight(strings.TrimSpace(shortened(name)), ". ")
	stem, _, _ := strings.Cut(name, ".")
	if name == "" || isDevice(strings.ToUpper(strings.TrimSpace(stem))) {
		name = "_" + name
	}
	return name
}

func isDevice(stem string) bool {
	if number, ok := strings.CutPrefix(stem, "COM"); ok {
		return isPort(number)
	}
	if number, ok := strings.CutPrefix(stem, "LPT"); ok {
		return isPort(number)
	}
	return devices[stem]
}

func isPort(number string) bool {
	return len([]rune(number)) == 1 && strings.ContainsAny(number, "0123456789¹²³")
}

// shortened is a name that is not too long, with its ending.
func shortened(name string) string {
	if len(name) <= maxSafeName {
		return name
	}
	end := filepath.Ext(name)
	if len(end) > 20 {
		end = ""
	}
	cut := maxSafeName - len(end)
	for !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + end
}
