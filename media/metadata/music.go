package metadata

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/dhowden/tag"
)

const damagedTags = "The tags of this file are damaged."

// Limits of what tags may say.
const (
	maxText   = 300 // characters
	maxGenres = 20
	maxNumber = 9999
	shortest  = 128 // bytes of an ID3v1 tag, the shortest that there is
)

// ReadMusic reads the tags of a music file: ID3 of any version, those of MPEG-4,
// and the comments of FLAC, Vorbis and Opus. The error is a sentence for the
// administrator; a file without tags is no error.
func ReadMusic(r io.ReadSeeker) (music Music, err error) {
	err = guarded(damagedTags, func() error {
		file, err := newSkimmer(r, false)
		if err != nil {
			return err
		}
		if read := commentReader(file); read != nil {
			comments, err := read(file, false)
			music = comments.music()
			return err
		}
		music, err = readTags(file)
		return err
	})
	if err != nil {
		return Music{}, err
	}
	return music, nil
}

// ReadArt is the art inside a music file: a picture, of whatever kind. It
// answers ErrNoArt where there is none; any other error is a sentence for the
// administrator.
func ReadArt(r io.ReadSeeker) (art []byte, err error) {
	err = guarded(damagedTags, func() error {
		file, err := newSkimmer(r, true)
		if err != nil {
			return err
		}
		if read := commentReader(file); read != nil {
			comments, err := read(file, true)
			art = comments.art
			return err
		}
		tags, err := readAny(file)
		if errors.Is(err, tag.ErrNoTagsFound) {
			return nil
		}
		if err == nil && tags.Picture() != nil {
			art = tags.Picture().Data
		}
		return err
	})
	if err == nil && len(art) == 0 {
		err = ErrNoArt
	}
	return art, err
}

// readAny is tag.ReadFrom, which answers that a file too short for tags is
// damaged.
func readAny(file *skimmer) (tag.Metadata, error) {
	if file.size < shortest {
		return nil, tag.ErrNoTagsFound
	}
	return tag.ReadFrom(file)
}

// readTags reads ID3 and MPEG-4 tags. Older ID3 tags at the end of a file do
// where newer ones at its beginning are damaged.
func readTags(file *skimmer) (Music, error) {
	tags, err := readAny(file)
	switch {
	case errors.Is(err, tag.ErrNoTagsFound):
		return Music{}, nil
	case err != nil:
		older, otherwise := tag.ReadID3v1Tags(file)
		if otherwise != nil {
			return Music{}, err
		}
		tags = older
	}
	raw := tags.Raw()
	track, _ := tags.Track()
	disc, _ := tags.Disc()
	return Music{
		Title: text(tags.Title()), Artist: text(tags.Artist()), AlbumArtist: text(tags.AlbumArtist()), Album: text(tags.Album()),
		Genres: genres(genreOf(tags, raw)), Year: firstYear(tags.Year(), raw), Track: number(track), Disc: number(disc),
		HasArt: tags.Picture() != nil,
	}, nil
}

// numbered is a genre of ID3 that refers to the table of ID3v1 and says it in
// words as well: (17)Rock. See id3.org, ID3v2.3.0, section 4.2.1, TCON.
var numbered = regexp.MustCompile(`^\(\d{1,3}\)(.+)$`)

func genreOf(tags tag.Metadata, raw map[string]any) string {
	for _, frame := range []string{"TCON", "TCO"} {
		written, ok := raw[frame].(string)
		if !ok {
			continue
		}
		if words := numbered.FindStringSubmatch(written); len(words) > 0 && !strings.HasPrefix(words[1], "(") {
			return words[1]
		}
		if len(written) > maxText {
			return "" // resolving what it refers to takes quadratic time
		}
	}
	return tags.Genre()
}

// firstYear is the year that the library has understood, or else the one that a
// date in an ID3 tag begins with.
func firstYear(understood int, raw map[string]any) int {
	if year := number(understood); year != 0 {
		return year
	}
	for _, frame := range []string{"TDRC", "TYER", "TYE", "TDRL", "TDOR"} {
		if written, ok := raw[frame].(string); ok {
			if year := yearOf(written); year != 0 {
				return year
			}
		}
	}
	return 0
}

// yearOf is the year that a date begins with, or 0.
func yearOf(date string) int {
	date = strings.TrimSpace(date)
	if len(date) < 4 {
		return 0
	}
	year, err := strconv.Atoi(date[:4])
	if err != nil {
		return 0
	}
	return number(year)
}

// number is n, or 0 for what numbers no year, disc or track.
func number(n int) int {
	if n < 0 || n > maxNumber {
		return 0
	}
	return n
}

// text is a value of a tag on one line, with nothing in it that cannot be seen.
func text(value string) string {
	value = strings.ToValidUTF8(value[:min(len(value), 8*maxText)], "")
	value = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r):
			return ' '
		case r == '\ufeff' || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, value)
	runes := []rune(strings.Join(strings.Fields(value), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), maxText)]))
}

// genres splits what names several, and leaves out what is only a number.
func genres(values ...string) []string {
	var found []string
	seen := make(map[string]bool)
	for _, value := range values {
		for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ';' || r == 0 }) {
			part = text(part)
			_, err := strconv.Atoi(part)
			key := strings.ToLower(part)
			if part == "" || err == nil || seen[key] || len(found) == maxGenres {
				continue
			}
			seen[key] = true
			found = append(found, part)
		}
	}
	return found
}
