package format

import (
	"encoding/binary"
	"strings"
)

// matroskaPictures are codecs of pictures by how their names in Matroska begin
// (RFC 9559, section 6, and its registry).
var matroskaPictures = map[string]string{
	"V_MPEG4/": nameMPEG4, "V_MPEG2": nameMPEG2, "V_MPEG1": nameMPEG1, "V_THEORA": nameTheora, "V_PRORES": nameProRes,
	"V_MJPEG": nameMJPEG, "V_REAL/": "RealVideo", "V_FFV1": "FFV1", "V_MPEGI/ISO/VVC": "H.266",
}

// matroskaSounds are those of sound.
var matroskaSounds = map[string]string{
	"A_DTS": nameDTS, "A_TRUEHD": nameTrueHD, "A_MLP": "MLP", "A_ALAC": nameALAC, "A_MPEG/L2": nameMP2, "A_MPEG/L1": "MPEG Layer I",
	"A_REAL/": "RealAudio", "A_WAVPACK4": "WavPack", "A_TTA1": "True Audio", "A_QUICKTIME/QDM": "QDesign Music",
}

// fourCCs are codecs of pictures by the four letters that Windows gave them.
var fourCCs = map[string]string{
	"XVID": nameMPEG4, "DIVX": nameMPEG4, "DX50": nameMPEG4, "FMP4": nameMPEG4, "MP4V": nameMPEG4, "DIV3": "DivX 3", "MP43": "DivX 3",
	"H264": nameH264, "X264": nameH264, "AVC1": nameH264, "HEVC": nameH265, "WVC1": nameVC1, "WMV1": "Windows Media Video",
	"WMV2": "Windows Media Video", "WMV3": "Windows Media Video", "MJPG": nameMJPEG, "MPG2": nameMPEG2, "MPG1": nameMPEG1,
	"VP80": nameVP8, "VP90": nameVP9, "AV01": nameAV1, "DVSD": "DV",
}

func matroskaPicture(codec string, private []byte) Track {
	switch codec {
	case "V_MPEG4/ISO/AVC":
		return h264("avc1", private)
	case "V_MPEGH/ISO/HEVC":
		return h265("hvc1", private)
	case "V_AV1":
		return av1(private)
	case "V_VP8":
		return picture(nameVP8, codecVP8)
	case "V_VP9":
		return vp9(vp9Features(private))
	case "V_MS/VFW/FOURCC": // a BITMAPINFOHEADER
		if len(private) < 20 {
			return picture("", "")
		}
		return picture(fourCCs[strings.ToUpper(string(private[16:20]))], "")
	}
	return picture(beginning(matroskaPictures, codec), "")
}

func matroskaSound(codec string, private []byte) Track {
	begins := func(name string) bool { return strings.HasPrefix(codec, name) }
	switch {
	case begins("A_AAC"):
		return aac(private)
	case codec == "A_OPUS":
		return sound(nameOpus, codecOpus)
	case codec == "A_VORBIS":
		return sound(nameVorbis, codecVorbis)
	case codec == "A_FLAC":
		return sound(nameFLAC, codecFLAC)
	case codec == "A_MPEG/L3":
		return sound(nameMP3, codecMP3)
	case begins("A_AC3"):
		return sound(nameAC3, codecAC3)
	case begins("A_EAC3"):
		return sound(nameEAC3, codecEAC3)
	case begins("A_PCM/"):
		return sound(namePCM, codecPCM)
	case codec == "A_MS/ACM" && len(private) >= 2: // a WAVEFORMATEX
		return waveSound(binary.LittleEndian.Uint16(private))
	}
	return sound(beginning(matroskaSounds, codec), "")
}

// beginning is the longest key with which the name begins, or rather what it
// leads to.
func beginning(table map[string]string, name string) (found string) {
	longest := 0
	for key, value := range table {
		if len(key) > longest && strings.HasPrefix(name, key) {
			longest, found = len(key), value
		}
	}
	return found
}

// vp9Features are profile, level and depth of colour from what WebM keeps of
// VP9 beforehand (VP Codec WebM container guidelines: an id, a length and a
// value each).
func vp9Features(private []byte) (profile, level, depth byte) {
	for len(private) >= 3 && private[1] == 1 {
		switch private[0] {
		case 1:
			profile = private[2]
		case 2:
			level = private[2]
		case 3:
			depth = private[2]
		}
		private = private[3:]
	}
	return profile, level, depth
}
