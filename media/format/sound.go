package format

import (
	"encoding/binary"
	"strings"
)

// maxLogical is more streams than an Ogg file begins with.
const maxLogical = 16

// readOgg reads what an Ogg file begins with: a page for each of its streams,
// whose first packet names the codec (RFC 3533, RFC 5334).
func readOgg(w *window, _ string) Format {
	if !w.has(0, "OggS") {
		return Format{}
	}
	f := named("Ogg", "video/ogg", Usual)
	var tracks []Track
	for at := int64(0); len(tracks) < maxLogical; {
		head := w.at(at, 27)
		if head == nil || string(head[:4]) != "OggS" || head[5]&2 == 0 { // begins no stream
			break
		}
		segments := int(head[26])
		table := w.at(at+27, segments)
		body := at + 27 + int64(segments)
		at = body
		for _, n := range table {
			at += int64(n)
		}
		if track := oggTrack(string(w.upTo(body, at, 16))); track.Kind != 0 {
			tracks = append(tracks, track)
		}
	}
	return f.carrying(tracks)
}

func oggTrack(packet string) Track {
	for begin, track := range map[string]Track{
		"\x01vorbis": sound(nameVorbis, codecVorbis), "OpusHead": sound(nameOpus, codecOpus), "\x7fFLAC": sound(nameFLAC, codecFLAC),
		"Speex   ": sound("Speex", "speex"), "\x80theora": picture(nameTheora, "theora"), "OVP80": picture(nameVP8, codecVP8),
	} {
		if strings.HasPrefix(packet, begin) {
			return track
		}
	}
	return Track{}
}

// readWave reads WAV files, also those beyond 4 GB (RF64, BW64).
func readWave(w *window, _ string) Format {
	head := w.at(0, 12)
	if head == nil || string(head[8:]) != "WAVE" {
		return Format{}
	}
	switch string(head[:4]) {
	case "RIFF", "RF64", "BW64":
	default:
		return Format{}
	}
	f := named("WAV", "audio/wav", Usual)
	for at := int64(12); ; {
		chunk := w.at(at, 8)
		if chunk == nil {
			return f
		}
		name, size := string(chunk[:4]), int64(binary.LittleEndian.Uint32(chunk[4:]))
		if name == "fmt " {
			return f.carrying(w.waveTracks(at+8, at+8+size))
		}
		at += 8 + size + size&1
	}
}

func (w *window) waveTracks(from, to int64) []Track {
	format := w.upTo(from, to, 26)
	if len(format) < 2 {
		return nil
	}
	tag := binary.LittleEndian.Uint16(format)
	if tag == 0xFFFE && len(format) == 26 { // the tag comes later, as part of a GUID
		tag = binary.LittleEndian.Uint16(format[24:])
	}
	track := waveSound(tag)
	if track.Name == namePCM {
		track.plays = Usual
	}
	return []Track{track}
}

// waveSound is a codec by its number in WAV files (RFC 2361).
func waveSound(tag uint16) Track {
	switch tag {
	case 0x0001, 0x0003, 0x0006, 0x0007:
		return sound(namePCM, codecPCM)
	case 0x0050:
		return sound(nameMP2, "")
	case 0x0055:
		return sound(nameMP3, codecMP3)
	case 0x00FF, 0x1600, 0x1610:
		return sound(nameAAC, "mp4a.40.2")
	case 0x0160, 0x0161, 0x0162, 0x0163:
		return sound(nameWMA, "")
	case 0x2000, 0x0092:
		return sound(nameAC3, codecAC3)
	case 0x2001, 0x0008:
		return sound(nameDTS, "")
	case 0xF1AC:
		return sound(nameFLAC, codecFLAC)
	}
	return sound("", "")
}
