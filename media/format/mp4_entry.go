package format

import (
	"fmt"
	"strings"
)

// pictureEntries are the codecs of pictures in MP4 and QuickTime that need no
// further look, by the names in their tables.
var pictureEntries = map[string]string{
	"vp08": nameVP8, "dvh1": nameDolbyTV, "dvhe": nameDolbyTV, "dav1": nameDolbyTV, "vvc1": "H.266", "vvi1": "H.266",
	"apco": nameProRes, "apcs": nameProRes, "apcn": nameProRes, "apch": nameProRes, "ap4h": nameProRes, "ap4x": nameProRes,
	"jpeg": nameMJPEG, "mjpa": nameMJPEG, "mjpb": nameMJPEG, "s263": "H.263", "h263": "H.263", "vc-1": nameVC1,
	"mp2v": nameMPEG2, "m2v1": nameMPEG2, "hdv1": nameMPEG2, "hdv2": nameMPEG2, "hdv3": nameMPEG2, "mp1v": nameMPEG1,
	"dvc": "DV", "dvcp": "DV", "dvpp": "DV", "dv5n": "DV", "dv5p": "DV", "SVQ1": "Sorenson Video", "SVQ3": "Sorenson Video",
	"cvid": "Cinepak", "encv": locked, "drmi": locked,
}

// soundEntries are the codecs of sound, in the same way.
var soundEntries = map[string]string{
	"alac": nameALAC, "samr": nameAMR, "sawb": nameAMR, "ac-4": "Dolby AC-4", "mlpa": nameTrueHD, "QDM2": "QDesign Music",
	"dtsc": nameDTS, "dtsh": nameDTS, "dtsl": nameDTS, "dtse": nameDTS, "dtsx": nameDTS, "dtsy": nameDTS,
	"sowt": namePCM, "twos": namePCM, "lpcm": namePCM, "in24": namePCM, "in32": namePCM, "fl32": namePCM, "fl64": namePCM,
	"raw": namePCM, "NONE": namePCM, "ulaw": namePCM, "alaw": namePCM, "ipcm": namePCM, "fpcm": namePCM,
	"enca": locked, "drms": locked,
}

// Where the boxes inside descriptions of samples begin, behind their fields.
const (
	pictureFields = 78
	soundFields   = 28
)

// record is the content of a box inside a description of samples.
func (w *window) record(entry box, fields int64, kind string) []byte {
	entry.body += fields
	b := w.child(entry, kind)
	return w.upTo(b.body, b.end, 64)
}

func (w *window) pictureEntry(entry box) Track {
	switch entry.kind {
	case "avc1", "avc2", "avc3", "avc4":
		return h264(entry.kind, w.record(entry, pictureFields, "avcC"))
	case "hvc1", "hev1":
		return h265(entry.kind, w.record(entry, pictureFields, "hvcC"))
	case "av01":
		return av1(w.record(entry, pictureFields, "av1C"))
	case "vp09":
		// VP Codec ISO Media File Format Binding: version and flags come first.
		if record := w.record(entry, pictureFields, "vpcC"); len(record) >= 7 {
			return vp9(record[4], record[5], record[6]>>4)
		}
		return vp9(0, 0, 0)
	case "mp4v":
		return described(Picture, w.record(entry, pictureFields, "esds"))
	case "":
		return Track{}
	}
	kind := strings.TrimSpace(entry.kind)
	name := pictureEntries[kind]
	return picture(name, codecIn(name, kind))
}

func (w *window) soundEntry(entry box) Track {
	switch entry.kind {
	case "mp4a":
		return w.describedSound(entry)
	case "Opus":
		return sound(nameOpus, codecOpus)
	case "fLaC":
		return sound(nameFLAC, codecFLAC)
	case "ac-3":
		return sound(nameAC3, codecAC3)
	case "ec-3":
		return sound(nameEAC3, codecEAC3)
	case ".mp3", "ms\x00\x55":
		return sound(nameMP3, codecMP3)
	case "":
		return Track{}
	}
	kind := strings.TrimSpace(entry.kind)
	name := soundEntries[kind]
	return sound(name, codecIn(name, kind))
}

// codecIn is the name of a sample entry as one of a codec, where the codec is
// known: it stands in pages.
func codecIn(name, kind string) string {
	if name == "" || name == locked {
		return ""
	}
	return kind
}

// describedSound is the sound of an mp4a entry. QuickTime has more fields, by
// their version, and puts what describes it one box deeper.
func (w *window) describedSound(entry box) Track {
	fields := int64(soundFields)
	if version := w.at(entry.body+8, 2); version != nil {
		switch version[1] {
		case 1:
			fields += 16
		case 2:
			fields += 36
		}
	}
	record := w.record(entry, fields, "esds")
	if len(record) == 0 {
		entry.body += fields
		record = w.record(w.child(entry, "wave"), 0, "esds")
	}
	if len(record) == 0 {
		return sound(nameAAC, "mp4a.40.2")
	}
	return described(Sound, record)
}

// described reads an elementary stream descriptor (ISO/IEC 14496-1, 7.2.6.5)
// as far as the kind of codec and what its decoder has to know.
func described(kind Kind, record []byte) Track {
	record = skip(record, 4) // version and flags
	stream := inside(record, 3)
	if len(stream) < 3 {
		return track(kind, "", "")
	}
	flags := stream[2]
	stream = stream[3:]
	if flags&0x80 != 0 { // depends on another stream
		stream = skip(stream, 2)
	}
	if flags&0x40 != 0 && len(stream) > 0 { // has an address
		stream = skip(stream, 1+int(stream[0]))
	}
	if flags&0x20 != 0 { // has a clock
		stream = skip(stream, 2)
	}
	decoder := inside(stream, 4)
	if len(decoder) == 0 {
		return track(kind, "", "")
	}
	if decoder[0] == 0x40 {
		return aac(inside(skip(decoder, 13), 5))
	}
	return objectType(kind, decoder[0])
}

// objectType is a codec by its number in MP4 files (registered at mp4ra.org).
func objectType(kind Kind, number byte) Track {
	entry := "mp4a"
	if kind == Picture {
		entry = "mp4v"
	}
	codec, name := fmt.Sprintf("%s.%02X", entry, number), ""
	switch {
	case number == 0x20:
		name = nameMPEG4
	case number >= 0x60 && number <= 0x65:
		name = nameMPEG2
	case number >= 0x66 && number <= 0x68:
		name = nameAAC
	case number == 0x69, number == 0x6B:
		name, codec = nameMP3, codecMP3
	case number == 0x6A:
		name = nameMPEG1
	case number == 0xA5:
		name, codec = nameAC3, codecAC3
	case number == 0xA6:
		name, codec = nameEAC3, codecEAC3
	case number >= 0xA9 && number <= 0xAC:
		name = nameDTS
	case number == 0xAD:
		name, codec = nameOpus, codecOpus
	case number == 0xDD:
		name, codec = nameVorbis, codecVorbis
	}
	return track(kind, name, codec)
}

// inside is the content of the descriptor with which the bytes begin, if its
// tag is this one: as much of it as there is.
func inside(b []byte, tag byte) []byte {
	if len(b) < 2 || b[0] != tag {
		return nil
	}
	b = b[1:]
	size := 0
	for range 4 {
		if len(b) == 0 {
			return nil
		}
		more := b[0]&0x80 != 0
		size, b = size<<7|int(b[0]&0x7f), b[1:]
		if !more {
			break
		}
	}
	return b[:min(size, len(b))]
}

// skip is what comes behind the first n bytes.
func skip(b []byte, n int) []byte { return b[min(n, len(b)):] }
