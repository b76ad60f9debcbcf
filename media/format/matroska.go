package format

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"strings"
)

// The elements of Matroska that matter (RFC 9559, section 5).
const (
	elementHeader  = 0x1A45DFA3
	elementDocType = 0x4282
	elementSegment = 0x18538067
	elementTracks  = 0x1654AE6B
	elementEntry   = 0xAE
	elementType    = 0x83
	elementEnabled = 0xB9
	elementCodec   = 0x86
	elementPrivate = 0x63A2
)

// element is an EBML element (RFC 8794).
type element struct {
	id        uint64
	body, end int64
}

// elements are those between two offsets. One of unknown size, as live streams
// have them, goes on to the end.
func (w *window) elements(from, to int64) iter.Seq[element] {
	return func(yield func(element) bool) {
		for from < to {
			id, n := w.number(from, true)
			if n == 0 {
				return
			}
			size, m := w.number(from+n, false)
			if m == 0 {
				return
			}
			e := element{id: id, body: from + n + m}
			if e.end = to; size < uint64(max(0, to-e.body)) {
				e.end = e.body + int64(size)
			}
			if !yield(e) {
				return
			}
			from = e.end
		}
	}
}

// number is a number of variable length (RFC 8794, section 4), and how many
// bytes it takes: none where there is no such number. An id keeps its marker; a
// size of ones alone is unknown, and becomes larger than any file.
func (w *window) number(offset int64, id bool) (number uint64, taken int64) {
	first := w.at(offset, 1)
	if len(first) == 0 || first[0] == 0 || id && first[0] < 0x10 {
		return 0, 0
	}
	length := bits.LeadingZeros8(first[0]) + 1
	all := w.at(offset, length)
	if all == nil {
		return 0, 0
	}
	var wide [8]byte
	copy(wide[8-length:], all)
	number = binary.BigEndian.Uint64(wide[:])
	if id {
		return number, int64(length)
	}
	ones := uint64(1)<<(7*length) - 1
	if number &= ones; number == ones {
		number = 1 << 63
	}
	return number, int64(length)
}

// readMatroska reads Matroska and WebM.
func readMatroska(w *window, _ string) Format {
	if !w.has(0, "\x1A\x45\xDF\xA3") {
		return Format{}
	}
	f := named("Matroska", "video/matroska", Depends)
	for top := range w.elements(0, w.size) {
		switch top.id {
		case elementHeader:
			if w.docType(top) == "webm" {
				f = named("WebM", "video/webm", Usual)
			}
		case elementSegment:
			for e := range w.elements(top.body, top.end) {
				if e.id == elementTracks {
					return f.carrying(w.entries(e))
				}
			}
		}
	}
	return f
}

func (w *window) docType(header element) string {
	for e := range w.elements(header.body, header.end) {
		if e.id == elementDocType {
			return strings.TrimRight(string(w.upTo(e.body, e.end, 16)), "\x00")
		}
	}
	return ""
}

// entries are the tracks, without those that are switched off.
func (w *window) entries(tracks element) []Track {
	var found []Track
	for e := range w.elements(tracks.body, tracks.end) {
		if e.id != elementEntry || len(found) == maxTracks {
			continue
		}
		if track := w.entry(e); track.Kind != 0 {
			found = append(found, track)
		}
	}
	return found
}

func (w *window) entry(entry element) Track {
	var kind, codec string
	var private []byte
	enabled := true
	for e := range w.elements(entry.body, entry.end) {
		switch e.id {
		case elementType:
			kind = string(w.upTo(e.body, e.end, 1))
		case elementEnabled:
			enabled = string(w.upTo(e.body, e.end, 1)) != "\x00"
		case elementCodec:
			codec = strings.TrimRight(string(w.upTo(e.body, e.end, 64)), "\x00")
		case elementPrivate:
			private = append(private[:0], w.upTo(e.body, e.end, 64)...)
		}
	}
	switch {
	case !enabled:
	case kind == "\x01":
		return matroskaPicture(codec, private)
	case kind == "\x02":
		return matroskaSound(codec, private)
	}
	return Track{}
}
