package relay

import (
	"bytes"
	"errors"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// What lists of parts keep to (HTTP Live Streaming, RFC 8216).
const (
	maxList = 2 << 20 // bytes of a list as a server sends it
	maxOut  = 8 << 20 // bytes of a list as it is passed on
	listTag = "#EXTM3U"
)

// ErrList is why a list of parts is not passed on.
var ErrList = errors.New("the list of parts cannot be used")

// keptTags are the tags that a list keeps. Those of low latency are not among
// them, since they have players ask for addresses of their own making, and
// neither are those that only tell of something else, which may name its address.
var keptTags = []string{
	listTag, "#EXTINF", "#EXT-X-VERSION", "#EXT-X-BYTERANGE", "#EXT-X-DISCONTINUITY", "#EXT-X-KEY", "#EXT-X-MAP",
	"#EXT-X-PROGRAM-DATE-TIME", "#EXT-X-GAP", "#EXT-X-BITRATE", "#EXT-X-TARGETDURATION", "#EXT-X-MEDIA-SEQUENCE",
	"#EXT-X-DISCONTINUITY-SEQUENCE", "#EXT-X-ENDLIST", "#EXT-X-PLAYLIST-TYPE", "#EXT-X-I-FRAMES-ONLY", "#EXT-X-MEDIA",
	"#EXT-X-STREAM-INF", "#EXT-X-I-FRAME-STREAM-INF", "#EXT-X-SESSION-KEY", "#EXT-X-INDEPENDENT-SEGMENTS", "#EXT-X-START",
}

// isList says whether what begins so is a list of parts, whatever it is called.
func isList(beginning []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(beginning, []byte("\ufeff")), []byte(listTag))
}

// lister writes a list anew, with each address in it sealed.
type lister struct {
	seal  sealer
	base  *url.URL // where the list lay
	entry int64
	parts string // what addresses of parts begin with
	out   bytes.Buffer
}

// write is the list as it is passed on, or ErrList.
func (l *lister) write(list []byte) ([]byte, error) {
	for line := range bytes.Lines(bytes.TrimPrefix(list, []byte("\ufeff"))) {
		text := strings.TrimSpace(strings.ToValidUTF8(string(line), ""))
		written, err := l.line(text)
		if err != nil {
			return nil, err
		}
		if written == "" || strings.Contains(written, "://") { // such as a name that is an address
			continue
		}
		l.out.WriteString(written)
		l.out.WriteByte('\n')
		if l.out.Len() > maxOut {
			return nil, ErrList
		}
	}
	return l.out.Bytes(), nil
}

// line is one line of the list as it is passed on, "" for one that is left out.
func (l *lister) line(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if !strings.HasPrefix(text, "#") {
		return l.part(text)
	}
	tag, _, _ := strings.Cut(text, ":")
	if !slices.Contains(keptTags, tag) {
		return "", nil
	}
	if tag == "#EXTINF" { // the length of a part, and then its name
		length, _, _ := strings.Cut(text, ",")
		return length + ",", nil
	}
	return l.attributes(text)
}

// uri is an attribute with an address.
var uri = regexp.MustCompile(`[A-Z0-9-]*URI="[^"]*"`)

// attributes is a tag with the addresses among its attributes sealed.
func (l *lister) attributes(text string) (string, error) {
	var failed error
	text = uri.ReplaceAllStringFunc(text, func(attribute string) string {
		name, value, _ := strings.Cut(attribute, "=")
		sealed, err := l.part(strings.Trim(value, `"`))
		failed = errors.Join(failed, err)
		return name + `="` + sealed + `"`
	})
	return text, failed
}

// partEndings are the endings that addresses of parts keep, since players look at
// them.
var partEndings = []string{".m3u8", ".ts", ".m4s", ".mp4", ".m4a", ".m4v", ".aac", ".mp3", ".vtt", ".key"}

// part is the address under which Usher passes on what lies at a reference in
// the list.
func (l *lister) part(reference string) (string, error) {
	to, err := l.base.Parse(reference)
	if err != nil {
		return "", ErrList // and not what url says, which quotes the address
	}
	to.Fragment = ""
	address := to.String()
	if to.Scheme != "http" && to.Scheme != "https" || to.Host == "" || to.User != nil || len(address) > maxAddress {
		return "", ErrList
	}
	ending := strings.ToLower(path.Ext(to.Path))
	if !slices.Contains(partEndings, ending) {
		ending = ""
	}
	return l.parts + l.seal.seal(l.entry, address) + ending, nil
}
