// Package format says what a media file is and which browsers play it, from a
// few pages of it. It believes nothing that a file claims about lengths, and
// what is damaged or unheard of is simply not known.
package format

import (
	"io"
	"mime"
	"slices"
	"strings"
)

// Kind is what a track carries.
type Kind int

// The kinds of track that matter. Subtitles and the like are left out.
const (
	Picture Kind = iota + 1
	Sound
)

// Track is one stream of pictures or of sound in a file.
type Track struct {
	Kind  Kind
	Name  string // as people call its codec, such as “H.264”; "" when not known
	Codec string // as browsers are asked about it (RFC 6381), such as “avc1.640028”; "" when there is no such name

	plays Answer
}

// Format is what a file is. The zero Format is a file that could not be told.
type Format struct {
	Container string // as people call it, such as “MP4”; "" when not known
	MediaType string // such as “video/mp4”, without codecs
	Still     bool   // a picture rather than a video or sound
	Tracks    []Track

	plays Answer // of the container alone
}

// Of tells what a file of this size is; its name counts only where the content
// leaves several choices. It reads at most maxTurns pages, wherever in the file
// they lie, and never fails: what cannot be read or told is the zero Format.
func Of(file io.ReaderAt, size int64, name string) Format {
	w := &window{file: file, size: size}
	for _, read := range readers {
		if f := read(w, ending(name)); f.Container != "" {
			return f
		}
	}
	return Format{}
}

// readers each know a family of formats by how a file begins. The last are
// those whose beginnings say least.
var readers = []func(w *window, ending string) Format{
	readMP4, readMatroska, readOgg, readWave, readMagic, readStreams,
}

// Video says whether there are moving pictures in the file.
func (f Format) Video() bool { return f.first(Picture).Kind != 0 }

// Audio says whether there is sound in the file.
func (f Format) Audio() bool { return f.first(Sound).Kind != 0 }

// Type is what a browser is asked about: the media type with the codecs of what
// it would play, such as
//
//	video/mp4; codecs="avc1.640028,mp4a.40.2"
//
// QuickTime files are asked about as MP4, which grew out of them: browsers that
// play them do not say so. It is "" when the format is not known.
func (f Format) Type() string {
	kind := f.MediaType
	if kind == typeQuickTime {
		kind = typeMP4
	}
	var codecs []string
	for _, track := range f.played() {
		if track.Codec != "" {
			codecs = append(codecs, track.Codec)
		}
	}
	if len(codecs) == 0 {
		return kind
	}
	return mime.FormatMediaType(kind, map[string]string{"codecs": strings.Join(codecs, ",")})
}

// played are the tracks that a browser plays: one with pictures, one with sound.
func (f Format) played() []Track {
	var tracks []Track
	for _, kind := range []Kind{Picture, Sound} {
		if track := f.first(kind); track.Kind != 0 {
			tracks = append(tracks, track)
		}
	}
	return tracks
}

// first is the track of a kind that a browser takes: the first one of those
// that any browser plays, else the first.
func (f Format) first(kind Kind) Track {
	var first Track
	for _, track := range f.Tracks {
		if track.Kind != kind {
			continue
		}
		if track.plays != Nowhere {
			return track
		}
		if first.Kind == 0 {
			first = track
		}
	}
	return first
}

// named is a format whose name says all: there is one codec for it, or none
// that would change anything.
func named(container, mediaType string, plays Answer, tracks ...Track) Format {
	return Format{Container: container, MediaType: mediaType, plays: plays, Tracks: tracks}
}

// still is a picture.
func still(container, mediaType string, plays Answer) Format {
	return Format{Container: container, MediaType: mediaType, Still: true, plays: plays}
}

// carrying is the format with these tracks, under its type for sound alone
// where there are no pictures.
func (f Format) carrying(tracks []Track) Format {
	f.Tracks = tracks
	pictures := slices.ContainsFunc(tracks, func(t Track) bool { return t.Kind == Picture })
	if bare, ok := strings.CutPrefix(f.MediaType, "video/"); ok && len(tracks) > 0 && !pictures && f.MediaType != typeQuickTime {
		f.MediaType = "audio/" + bare
	}
	return f
}

// ending is what a name ends with, in lower case and without the dot.
func ending(name string) string {
	at := strings.LastIndexByte(name, '.')
	return strings.ToLower(name[at+1:])
}
