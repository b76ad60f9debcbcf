package ui

import (
	"context"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
)

// Face is how a person looks in a list: a picture, or else initials on a colour of their own.
type Face struct {
	ID      int64
	Name    string
	Picture string // the hash of the picture, "" when there is none
}

// hues is how many colours the stylesheet has for faces, h0 to h11.
const hues = 12

// Avatar draws a face. The size is "" in lists, "tiny" in the side bar, "large" at the head of a page. The name is to
// stand beside it: the face itself is hidden from readers of the screen.
func Avatar(face Face, size string) templ.Component {
	return avatar{face, size}
}

type avatar struct {
	Face
	size string
}

func (a avatar) Render(_ context.Context, w io.Writer) error {
	_, err := w.Write(AppendAvatar(nil, a.Face, a.size))
	return err
}

// AppendAvatar is Avatar for those who draw long lists by hand.
func AppendAvatar(b []byte, face Face, size string) []byte {
	class := avatarClass(size)
	if face.Picture != "" {
		if class == "" {
			b = append(b, `<img class=avatar src=/users/`...)
		} else {
			b = appendAll(b, `<img class="avatar`, class, `" src=/users/`)
		}
		b = strconv.AppendInt(b, face.ID, 10)
		return appendAll(b, `/picture/`, url.PathEscape(face.Picture), ` alt loading=lazy>`) // the style gives it its size
	}
	hue := face.ID % hues
	if hue < 0 {
		hue += hues
	}
	b = append(b, `<span class="avatar h`...)
	b = strconv.AppendInt(b, hue, 10)
	return appendAll(b, class, `" aria-hidden=true>`, templ.EscapeString(initials(face.Name)), `</span>`)
}

func appendAll(b []byte, parts ...string) []byte {
	for _, part := range parts {
		b = append(b, part...)
	}
	return b
}

// avatarClass is the part of the class attribute that tells the size.
func avatarClass(size string) string {
	switch size {
	case "tiny":
		return " tiny"
	case "large":
		return " large"
	}
	return ""
}

// initials are the first letters of the first and the last word of a name, in capitals.
func initials(name string) string {
	name = strings.TrimSpace(name)
	first := initial(name)
	if at := strings.LastIndexFunc(name, unicode.IsSpace); at >= 0 {
		_, width := utf8.DecodeRuneInString(name[at:])
		return first + initial(name[at+width:])
	}
	return first
}

// Initial is the first letter of a name, in capitals, for a tile without a picture.
func Initial(name string) string { return initial(strings.TrimSpace(name)) }

// initial is the first letter or digit of a word with all that belongs to it; a word without either, such as an emoji,
// gives its first character.
func initial(word string) string {
	if at := strings.IndexFunc(word, letterOrDigit); at >= 0 && !strings.ContainsRune(word[:at], ' ') {
		word = word[at:]
	}
	return strings.ToUpper(firstCharacter(word))
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

const (
	zeroWidthJoiner = '\u200d'
	firstFlagLetter = '\U0001f1e6'
	lastFlagLetter  = '\U0001f1ff'
)

// firstCharacter returns what a reader sees as the first character of s: a rune with its marks, emoji joined into one,
// two letters that make a flag. It follows the rules of Unicode's UAX #29 that matter for names.
func firstCharacter(s string) string {
	first, end := utf8.DecodeRuneInString(s)
	if first < utf8.RuneSelf && (end == len(s) || s[end] < utf8.RuneSelf) {
		return s[:end]
	}
	flag := isFlagLetter(first)
	joined := false
	for end < len(s) {
		r, width := utf8.DecodeRuneInString(s[end:])
		switch {
		case flag && isFlagLetter(r):
			flag = false
		case joined, extends(r):
			flag = false
		default:
			return s[:end]
		}
		joined = r == zeroWidthJoiner
		end += width
	}
	return s
}

func isFlagLetter(r rune) bool { return r >= firstFlagLetter && r <= lastFlagLetter }

// extends tells whether the rune belongs to the one before it: marks, joiners, the skin tones and tags of emoji.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r == zeroWidthJoiner ||
		r >= '\U0001f3fb' && r <= '\U0001f3ff' || r >= '\U000e0020' && r <= '\U000e007f'
}
