package stream

import (
	"mime"
	"path/filepath"
	"strings"

	"usher/media"
)

// mediaTypes are the media types of files by what their names end with, as IANA
// has them registered, or as players call those that it has not. Nothing that a
// browser would run or draw as a page is among them.
var mediaTypes = map[string]string{
	"mp4": "video/mp4", "m4v": "video/mp4", "f4v": "video/mp4", "mov": "video/quicktime", "qt": "video/quicktime",
	"webm": "video/webm", "mkv": "video/matroska", "mk3d": "video/matroska", "ogv": "video/ogg", "ogm": "video/ogg",
	"avi": "video/x-msvideo", "divx": "video/x-msvideo", "wmv": "video/x-ms-wmv", "asf": "video/x-ms-asf", "flv": "video/x-flv",
	"ts": "video/mp2t", "m2ts": "video/mp2t", "mts": "video/mp2t", "tp": "video/mp2t", "trp": "video/mp2t",
	"mpg": "video/mpeg", "mpeg": "video/mpeg", "mpe": "video/mpeg", "m1v": "video/mpeg", "m2v": "video/mpeg", "vob": "video/mpeg",
	"3gp": "video/3gpp", "3g2": "video/3gpp2", "mxf": "application/mxf",

	"mp3": "audio/mpeg", "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac", "flac": "audio/flac", "ogg": "audio/ogg", "oga": "audio/ogg",
	"opus": "audio/ogg", "wav": "audio/wav", "mka": "audio/matroska", "aif": "audio/aiff", "aiff": "audio/aiff", "aifc": "audio/aiff", "wma": "audio/x-ms-wma",

	"jpg": "image/jpeg", "jpeg": "image/jpeg", "jpe": "image/jpeg", "jfif": "image/jpeg", "png": "image/png", "gif": "image/gif",
	"webp": "image/webp", "avif": "image/avif", "heic": "image/heic", "heif": "image/heif", "jxl": "image/jxl", "tif": "image/tiff",
	"tiff": "image/tiff", "bmp": "image/bmp",
}

// MediaType is the media type of a file by its name. What is not known has that
// of bytes of which nothing is said (RFC 2046, 4.5.1).
func MediaType(name string) string {
	if known := mediaTypes[strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))]; known != "" {
		return known
	}
	return "application/octet-stream"
}

// The dispositions of RFC 6266: to be shown, or to be kept.
const (
	Inline     = "inline"
	Attachment = "attachment"
)

// Disposition is the header Content-Disposition for a file with this name, which
// may be anything: written as RFC 8187 has it where it is not plain, and without
// what no file on another system could be called.
func Disposition(kind, name string) string {
	return mime.FormatMediaType(kind, map[string]string{"filename": media.SafeName(name)})
}
