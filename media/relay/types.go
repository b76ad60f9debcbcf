package relay

import (
	"errors"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"

	"usher/media/stream"
)

// ErrMedia is why what a server sends is not passed on.
var ErrMedia = errors.New("neither sound nor picture")

const (
	typeList  = "application/vnd.apple.mpegurl" // RFC 8216, section 10
	typeBytes = "application/octet-stream"
)

// listTypes are what servers call lists of parts.
var listTypes = []string{typeList, "application/x-mpegurl", "application/mpegurl", "audio/mpegurl", "audio/x-mpegurl", "vnd.apple.mpegurl"}

// textTypes are what is called sound or picture but is a text that names
// addresses of it.
var textTypes = []string{
	"audio/scpls", "audio/x-scpls", "audio/pls", "audio/x-pls", "audio/x-pn-realaudio", "audio/x-pn-realaudio-plugin",
	"audio/x-ms-wax", "video/x-ms-wax", "video/x-ms-wvx", "video/x-ms-wmx", "video/x-ms-asx",
}

// otherTypes are what servers send instead of sound or picture: pages, and what
// else says what it is. Of anything that is neither they know nothing, such as of
// the parts of television, which many take for translations of programs.
var otherTypes = []string{"text/html", "application/json", "application/pdf"}

// isVague says whether a media type tells nothing of what there is.
func isVague(kind string) bool {
	return !isMedia(kind) && !strings.HasPrefix(kind, "image/") && !strings.HasSuffix(kind, "xml") && !slices.Contains(slices.Concat(listTypes, textTypes, otherTypes), kind)
}

// Kind is what a source probably is before it is asked, as the channel or its
// address says; "" where neither does.
func (s Source) Kind() string {
	lies, err := url.Parse(s.Address)
	if err != nil {
		return ""
	}
	kind, ok := mediaType("", s.MediaType, lies)
	if !ok {
		return ""
	}
	return kind
}

// isMedia says whether a media type is one of sound or picture. XML by another
// name is none: browsers may draw it as a page of Usher’s.
func isMedia(kind string) bool {
	return !strings.HasSuffix(kind, "xml") && (strings.HasPrefix(kind, "audio/") || strings.HasPrefix(kind, "video/") || kind == "application/ogg") &&
		!slices.Contains(textTypes, kind)
}

// mediaType is the type with which something is passed on: as the server says,
// or, where it knows nothing, as the channel or the address does. It is false for
// what is neither sound nor picture nor a list of parts.
func mediaType(said, channel string, lies *url.URL) (kind string, ok bool) {
	kind = plainType(said)
	if isVague(kind) {
		kind = plainType(channel)
		if !isMedia(kind) && !slices.Contains(listTypes, kind) {
			kind = byEnding(lies)
		}
	}
	if slices.Contains(listTypes, kind) {
		return typeList, true
	}
	return kind, isMedia(kind)
}

// byEnding is the media type of what lies at an address, by how that ends.
func byEnding(lies *url.URL) string {
	name := path.Base(lies.Path)
	if ending := strings.ToLower(path.Ext(name)); ending == ".m3u8" {
		return typeList
	}
	return stream.MediaType(name)
}

// partType is mediaType for a part of a list, which may also be subtitles, or a
// key of which nothing is said.
func partType(said string, lies *url.URL) (kind string, ok bool) {
	if kind, ok := mediaType(said, "", lies); ok {
		return kind, true
	}
	switch kind := plainType(said); {
	case kind == "text/vtt":
		return "text/vtt; charset=utf-8", true
	case isVague(kind):
		return typeBytes, true
	}
	return "", false
}

// plainType is a media type without its parameters; "" for none.
func plainType(said string) string {
	kind, _, err := mime.ParseMediaType(said)
	if err != nil && kind == "" {
		return ""
	}
	return kind
}
