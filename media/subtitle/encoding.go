package subtitle

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"
)

// decode is the content of a file as text with plain line breaks, whatever
// encoding it is in: by its mark, else UTF-8 where it can be, else what Windows
// writes in the language of the subtitles.
func decode(content []byte, tag language.Tag) string {
	from := encodingOf(content, tag)
	if from != nil {
		content, _ = from.NewDecoder().Bytes(content) // what is no text becomes U+FFFD
	}
	text := strings.TrimPrefix(strings.ToValidUTF8(string(content), "\ufffd"), "\ufeff")
	return strings.Map(allowed, lineBreaks.Replace(text))
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// allowed leaves out control characters.
func allowed(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < ' ' && r != '\n', r >= 0x7F && r < 0xA0:
		return -1
	}
	return r
}

// encodingOf is the encoding of content; nil for UTF-8.
func encodingOf(content []byte, tag language.Tag) encoding.Encoding {
	switch {
	case bytes.HasPrefix(content, []byte("\xEF\xBB\xBF")):
		return nil
	case bytes.HasPrefix(content, []byte("\xFF\xFE")), unmarked(content, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(content, []byte("\xFE\xFF")), unmarked(content, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case utf8.Valid(content):
		return nil
	case unicode8(content):
		return nil
	}
	return windows(content, tag)
}

// unmarked says whether content is UTF-16 without a mark: times are written in
// ASCII, so that one byte in two is 0 at its beginning.
func unmarked(content []byte, zero int) bool {
	const head = 64
	if len(content) < head {
		return false
	}
	zeros := 0
	for at := zero; at < head; at += 2 {
		if content[at] == 0 {
			zeros++
		}
	}
	return zeros > head/2*3/4
}

// unicode8 says whether content is UTF-8 but for a few broken characters.
func unicode8(content []byte) bool {
	whole, broken := 0, 0
	for len(content) > 0 {
		r, size := utf8.DecodeRune(content)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		content = content[size:]
	}
	return whole > 20*broken
}

// windows is the encoding in which Windows writes a language. Where it is not
// known, text of which most letters are beyond ASCII is taken for Cyrillic.
func windows(content []byte, tag language.Tag) encoding.Encoding {
	base, confidence := tag.Base()
	if confidence == language.No || tag == language.Und {
		if mostlyBeyondASCII(content) {
			return charmap.Windows1251
		}
		return charmap.Windows1252
	}
	switch base.String() {
	case "ru", "uk", "be", "bg", "mk":
		return charmap.Windows1251
	case "sr": // is written in both
		if mostlyBeyondASCII(content) {
			return charmap.Windows1251
		}
		return charmap.Windows1250
	case "pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq":
		return charmap.Windows1250
	case "el":
		return charmap.Windows1253
	case "tr", "az":
		return charmap.Windows1254
	case "he":
		return charmap.Windows1255
	case "ar", "fa", "ur":
		return charmap.Windows1256
	case "et", "lv", "lt":
		return charmap.Windows1257
	case "vi":
		return charmap.Windows1258
	case "th":
		return charmap.Windows874
	case "ja":
		return japanese.ShiftJIS
	case "ko":
		return korean.EUCKR
	case "zh":
		if script, _ := tag.Script(); script.String() == "Hant" {
			return traditionalchinese.Big5
		}
		return simplifiedchinese.GB18030
	}
	return charmap.Windows1252
}

func mostlyBeyondASCII(content []byte) bool {
	ascii, beyond := 0, 0
	for _, b := range content {
		switch {
		case b >= 0xC0:
			beyond++
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			ascii++
		}
	}
	return beyond > ascii
}
