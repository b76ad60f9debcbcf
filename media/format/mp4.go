package format

import (
	"encoding/binary"
	"iter"
	"strings"
)

// Media types that are asked for by name.
const (
	typeMP4       = "video/mp4"
	typeQuickTime = "video/quicktime"
)

// maxTracks is more than films come with.
const maxTracks = 64

// box is a box of an ISO base media file (ISO/IEC 14496-12, 4.2).
type box struct {
	kind      string
	body, end int64
}

// boxes are those between two offsets. The last may claim to end behind them.
func (w *window) boxes(from, to int64) iter.Seq[box] {
	return func(yield func(box) bool) {
		for from < to {
			head := w.at(from, 8)
			if head == nil {
				return
			}
			b, size := box{kind: string(head[4:]), body: from + 8}, int64(binary.BigEndian.Uint32(head))
			switch size {
			case 0:
				size = to - from
			case 1:
				long := w.at(from+8, 8)
				if long == nil {
					return
				}
				size, b.body = int64(binary.BigEndian.Uint64(long)&(1<<63-1)), from+16
			}
			if size < b.body-from {
				return
			}
			b.end = from + min(size, to-from)
			if !yield(b) {
				return
			}
			from = b.end
		}
	}
}

// child is the first box in b on a path of kinds, or the zero box.
func (w *window) child(b box, path ...string) box {
	for _, kind := range path {
		var found box
		for inner := range w.boxes(b.body, b.end) {
			if inner.kind == kind {
				found = inner
				break
			}
		}
		b = found
	}
	return b
}

// readMP4 reads MP4, QuickTime and what else is made of boxes.
func readMP4(w *window, _ string) Format {
	first := w.at(0, 8)
	if first == nil || !isFirstBox(string(first[4:])) {
		return Format{}
	}
	f := named("QuickTime", typeQuickTime, Depends) // those of old have no brand
	for b := range w.boxes(0, w.size) {
		switch b.kind {
		case "ftyp":
			f = w.brand(b)
			if f.Still {
				return f
			}
		case "moov":
			return f.carrying(w.movieTracks(b))
		}
	}
	return f
}

func isFirstBox(kind string) bool {
	switch kind {
	case "ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp":
		return true
	}
	return false
}

// brand is the format by what a file calls itself, and what it says that it can
// be read as.
func (w *window) brand(b box) Format {
	brands := string(w.upTo(b.body, b.end, 256))
	if len(brands) < 4 {
		return named("MP4", typeMP4, Usual)
	}
	switch major := brands[:4]; major {
	case "qt  ":
		return named("QuickTime", typeQuickTime, Depends)
	case "avif", "avis":
		return still("AVIF", "image/avif", Depends)
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "heif":
		return still("HEIC", "image/heic", Depends)
	case "mif1", "msf1":
		if strings.Contains(brands, "avif") {
			return still("AVIF", "image/avif", Depends)
		}
		return still("HEIC", "image/heic", Depends)
	case "crx ":
		return still(rawPictures, "", Nowhere)
	}
	return named("MP4", typeMP4, Usual)
}

// movieTracks are the tracks of a movie, without those that are switched off: a
// second sound for players that know more, pictures of chapters.
func (w *window) movieTracks(moov box) []Track {
	var tracks []Track
	for b := range w.boxes(moov.body, moov.end) {
		if b.kind != "trak" || len(tracks) == maxTracks {
			continue
		}
		head := w.child(b, "tkhd")
		if flags := w.upTo(head.body, head.end, 4); len(flags) == 4 && flags[3]&1 == 0 {
			continue
		}
		if track := w.movieTrack(w.child(b, "mdia")); track.Kind != 0 {
			tracks = append(tracks, track)
		}
	}
	return tracks
}

// movieTrack is a track by the first description of its samples.
func (w *window) movieTrack(media box) Track {
	handler := w.child(media, "hdlr")
	kind := string(w.upTo(handler.body+8, handler.end, 4))
	described := w.child(media, "minf", "stbl", "stsd")
	entry := box{}
	for entry = range w.boxes(described.body+8, described.end) {
		break
	}
	switch kind {
	case "vide":
		return w.pictureEntry(entry)
	case "soun":
		return w.soundEntry(entry)
	}
	return Track{}
}
