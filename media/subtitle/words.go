package subtitle

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// maxWords is how much of what a name says besides is shown, in characters.
const maxWords = 40

// description is what the name of a file says about the subtitles in it.
type description struct {
	tag       language.Tag
	flags     map[string]bool
	words     []string // that are no language and no flag
	onlyKnown bool     // there are neither such words nor numbers
}

// flags are the words by which files are marked, and what they mean.
var flags = map[string]string{
	"forced": "forced", "foreign": "forced",
	"sdh": "impaired", "cc": "impaired", "hoh": "impaired",
	"default": "nothing", "full": "nothing", "subs": "nothing", "sub": "nothing", "subtitles": "nothing", "utf8": "nothing", "utf-8": "nothing",
}

// hindi is what else “hi” means: for the hearing-impaired.
const hindi = "hi"

// aliases are what people write for languages though it means something else, or
// nothing: mostly the codes of countries.
var aliases = map[string]string{
	"pob": "pt-BR", "jp": "ja", "cz": "cs", "gr": "el", "dk": "da", "cn": "zh", "kr": "ko", "chs": "zh-Hans", "cht": "zh-Hant",
}

// describe reads what stands beside the film's name, in lower case.
func describe(rest string) description {
	d := description{flags: make(map[string]bool), tag: language.Und}
	var hi, numbers bool
	for part := range strings.SplitSeq(rest, ".") {
		part = strings.Trim(part, " _-()[]")
		if d.takes(part) {
			continue
		}
		for _, word := range strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune(" _-()[]", r) }) {
			switch {
			case word == hindi:
				hi = true
			case d.takes(word):
			case isNumber(word):
				numbers = true
			default:
				d.words = append(d.words, word)
			}
		}
	}
	if hi && d.tag == language.Und {
		d.tag = language.Hindi
	} else if hi {
		d.flags["impaired"] = true
	}
	d.onlyKnown = len(d.words) == 0 && !numbers
	return d
}

// takes notes a word that is a flag or the first language, and says whether it
// is one.
func (d *description) takes(word string) bool {
	if flag := flags[word]; flag != "" {
		d.flags[flag] = true
		return true
	}
	if word == "" || word == hindi || d.tag != language.Und {
		return word == ""
	}
	tag, ok := languageOf(word)
	if ok {
		d.tag = tag
	}
	return ok
}

// track is a track of this description.
func (d description) track() Track {
	t := Track{Forced: d.flags["forced"], HearingImpaired: d.flags["impaired"], Label: "Subtitles"}
	if d.tag != language.Und {
		t.Language, t.Label = d.tag.String(), display.English.Tags().Name(d.tag)
	}
	if words := shown(strings.Join(d.words, " ")); words != "" {
		t.Label += ", " + words
	}
	switch {
	case t.Forced:
		t.Label += " (forced)"
	case t.HearingImpaired:
		t.Label += " (for the hard of hearing)"
	}
	return t
}

// languageOf is the language that a word in lower case means: a code of ISO 639,
// with a country or script where that matters, or its name in English or in
// itself.
func languageOf(word string) (language.Tag, bool) {
	if alias := aliases[word]; alias != "" {
		word = alias
	}
	if tag, ok := namesOfLanguages()[word]; ok {
		return tag, true
	}
	if len(word) < 2 || len(word) > 11 {
		return language.Und, false
	}
	tag, err := language.Parse(word)
	if err != nil || tag == language.Und {
		return language.Und, false
	}
	// There are codes of three letters for most words of three letters. Those of
	// languages in which nobody makes subtitles have no name here.
	base, _ := tag.Base()
	if display.English.Languages().Name(base) == "" || display.English.Tags().Name(tag) == "" {
		return language.Und, false
	}
	return tag, true
}

// namesOfLanguages are languages by their names, in lower case.
var namesOfLanguages = sync.OnceValue(func() map[string]language.Tag {
	names := make(map[string]language.Tag)
	english := display.English.Tags()
	for _, tag := range append(display.Supported.Tags(), language.SimplifiedChinese, language.TraditionalChinese, language.BrazilianPortuguese) {
		for _, name := range []string{display.Self.Name(tag), english.Name(tag)} {
			name = strings.ToLower(name)
			if _, known := names[name]; !known && utf8.RuneCountInString(name) > 1 {
				names[name] = tag
			}
		}
	}
	return names
})

// shown is text from the disk without what cannot be seen, and not too long.
func shown(text string) string {
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, text)), " ")
	if runes := []rune(text); len(runes) > maxWords {
		return string(runes[:maxWords-1]) + "…"
	}
	return text
}

func isNumber(word string) bool {
	return strings.Trim(word, "0123456789") == ""
}
