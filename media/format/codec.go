package format

// Names of codecs that stand in several tables.
const (
	nameH264    = "H.264"
	nameH265    = "H.265"
	nameMPEG1   = "MPEG-1"
	nameMPEG2   = "MPEG-2"
	nameMPEG4   = "MPEG-4 Part 2"
	nameMJPEG   = "Motion JPEG"
	nameProRes  = "Apple ProRes"
	nameTheora  = "Theora"
	nameVP8     = "VP8"
	nameVP9     = "VP9"
	nameAV1     = "AV1"
	nameVC1     = "VC-1"
	nameDolbyTV = "Dolby Vision"
	nameAAC     = "AAC"
	nameAC3     = "Dolby Digital"
	nameEAC3    = "Dolby Digital Plus"
	nameALAC    = "Apple Lossless"
	nameAMR     = "AMR"
	nameDTS     = "DTS"
	nameFLAC    = "FLAC"
	nameMP2     = "MPEG Layer II"
	nameMP3     = "MP3"
	nameOpus    = "Opus"
	namePCM     = "PCM"
	nameTrueHD  = "Dolby TrueHD"
	nameVorbis  = "Vorbis"
	nameWMA     = "Windows Media Audio"

	// locked is the name of what is encrypted.
	locked = "copy protection"
)

// What browsers are asked where there is one name for a whole codec.
const (
	codecAC3    = "ac-3"
	codecEAC3   = "ec-3"
	codecFLAC   = "flac"
	codecMP3    = "mp3"
	codecOpus   = "opus"
	codecPCM    = "1" // the number of PCM in WAV files
	codecVorbis = "vorbis"
	codecVP8    = "vp8"
)

// families is where browsers play what they do: Nowhere without a mention. Safari
// plays what Apple’s systems do, others bring their own decoders.
var families = map[string]Answer{
	nameH264: Usual, nameVP8: Usual, nameVP9: Usual,
	nameAAC: Usual, nameMP3: Usual, nameFLAC: Usual, nameOpus: Usual, nameVorbis: Usual,
	nameH265: Depends, nameAV1: Depends, nameMPEG4: Depends, nameTheora: Depends, nameProRes: Depends, nameMJPEG: Depends, nameDolbyTV: Depends,
	nameAC3: Depends, nameEAC3: Depends, nameALAC: Depends, nameAMR: Depends, nameMP2: Depends, namePCM: Depends,
}

// picture is a track of pictures in the codec of this name.
func picture(name, codec string) Track { return track(Picture, name, codec) }

// sound is a track of sound in the codec of this name.
func sound(name, codec string) Track { return track(Sound, name, codec) }

func track(kind Kind, name, codec string) Track {
	plays := families[name]
	switch {
	case name == "":
		plays = Unknown
	case plays == 0:
		plays = Nowhere
	}
	return Track{Kind: kind, Name: name, Codec: codec, plays: plays}
}
