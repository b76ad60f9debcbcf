package format

import (
	"encoding/hex"
	"fmt"
	"math/bits"
	"strings"
)

// The functions here read the records in which containers keep what a decoder
// has to know beforehand, and tell the codec as RFC 6381 and the registrations
// for each codec write it. A record that is too short leaves the codec "".

// h264 reads an AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1).
func h264(entry string, record []byte) Track {
	if len(record) < 4 {
		return picture(nameH264, "")
	}
	t := picture(nameH264, entry+"."+strings.ToUpper(hex.EncodeToString(record[1:4])))
	switch record[1] {
	case 44, 110, 122, 244: // more than eight bits, or more colour
		t.plays = Depends
	}
	return t
}

// h265 reads an HEVCDecoderConfigurationRecord (ISO/IEC 14496-15, 8.3.3.1); the
// string is that of its annex E.3.
func h265(entry string, record []byte) Track {
	if len(record) < 13 {
		return picture(nameH265, "")
	}
	var s strings.Builder
	s.WriteString(entry + ".")
	if space := record[1] >> 6; space > 0 {
		s.WriteByte('A' + space - 1)
	}
	compatible := uint32(record[2])<<24 | uint32(record[3])<<16 | uint32(record[4])<<8 | uint32(record[5])
	tier := "L"
	if record[1]&0x20 != 0 {
		tier = "H"
	}
	fmt.Fprintf(&s, "%d.%X.%s%d", record[1]&0x1f, bits.Reverse32(compatible), tier, record[12])
	constraints := record[6:12]
	for len(constraints) > 0 && constraints[len(constraints)-1] == 0 {
		constraints = constraints[:len(constraints)-1]
	}
	for _, c := range constraints {
		fmt.Fprintf(&s, ".%X", c)
	}
	return picture(nameH265, s.String())
}

// av1 reads an AV1CodecConfigurationRecord (AV1 in ISO base media files, 2.3.3).
func av1(record []byte) Track {
	if len(record) < 3 {
		return picture(nameAV1, "")
	}
	tier, depth := "M", 8
	if record[2]&0x80 != 0 {
		tier = "H"
	}
	if record[2]&0x40 != 0 {
		depth = 10
		if record[2]&0x20 != 0 {
			depth = 12
		}
	}
	return picture(nameAV1, fmt.Sprintf("av01.%d.%02d%s.%02d", record[1]>>5, record[1]&0x1f, tier, depth))
}

// vp9 is a track whose profile, level (times ten) and depth of colour are known;
// those that are 0 count as the lowest.
func vp9(profile, level, depth byte) Track {
	return picture(nameVP9, fmt.Sprintf("vp09.%02d.%02d.%02d", profile, max(level, 10), max(depth, 8)))
}

// aac reads an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) as far as the kind
// of AAC.
func aac(config []byte) Track {
	if len(config) < 1 {
		return sound(nameAAC, "mp4a.40.2")
	}
	object := int(config[0] >> 3)
	if object == 31 && len(config) >= 2 {
		object = 32 + int(config[0]&7)<<3 + int(config[1]>>5)
	}
	switch object {
	case 34:
		return sound(nameMP3, codecMP3)
	case 33:
		return sound(nameMP2, "mp4a.40.33")
	}
	t := sound(nameAAC, fmt.Sprintf("mp4a.40.%d", object))
	if object == 42 { // xHE-AAC
		t.plays = Depends
	}
	return t
}
