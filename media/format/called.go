package format

import "slices"

// calledSo are other names of media types among the formats.
var calledSo = map[string]string{
	"video/avi": "video/x-msvideo", "video/msvideo": "video/x-msvideo", "video/x-ms-wmv": "video/x-ms-asf", "audio/x-ms-wma": "video/x-ms-asf",
	"video/mpegts": "video/mp2t", "video/x-mpegts": "video/mp2t", "video/mp2p": "video/mpeg", "audio/x-aiff": "audio/aiff",
}

// Called is the format of something of which nothing is known but its media type,
// where all or no browsers play whatever is of that type; the zero Format
// otherwise.
func Called(mediaType string) Format {
	if other := calledSo[mediaType]; other != "" {
		mediaType = other
	}
	if mediaType == transportStream.MediaType {
		return transportStream
	}
	at := slices.IndexFunc(magics, func(m magic) bool { return mediaType != "" && m.format.MediaType == mediaType })
	if at < 0 {
		return Format{}
	}
	return magics[at].format
}
