// Package channel reads what channels name: M3U lists and podcasts. What it
// reads comes from anybody, so that it is bounded in every direction, and every
// entry that comes out has a name and an address of the web. The worker reads
// channels when somebody asks and by the clock.
package channel

import (
	"net/url"
	"path"
	"strings"

	"usher/media/plain"
	"usher/store"
)

// maxBytes is how much of a source is read, in bytes: lists with 20,000 entries
// take about 6 MB.
const maxBytes = 32 << 20

// Unreadable is why a source is no channel.
type Unreadable struct{ Why string } // a sentence for the screen

// Error is the sentence.
func (u *Unreadable) Error() string { return u.Why }

// Why sources are no channels.
var (
	errNeither = &Unreadable{"What lies at this address is neither an M3U list nor a podcast feed."}
	errPage    = &Unreadable{"At this address lies a web page, and not an M3U list or a podcast feed. Such pages often link to their feed, as RSS."}
	errEmpty   = &Unreadable{"There is nothing in it that Usher can play."}
	errBroken  = &Unreadable{"The feed is broken, and cannot be read."}
	errDeep    = &Unreadable{"The feed is larger or more nested than any podcast, and Usher does not read it."}
)

// Read is what the content of a source says. The address is where it lay: what
// it names is relative to that. What it is, is seen by its content, and not by
// what its server calls it.
//
// It answers *Unreadable for what is no channel, or has nothing to play.
func Read(content []byte, address string) (store.ReadChannel, error) {
	base, err := url.Parse(address)
	if err != nil {
		return store.ReadChannel{}, errNeither
	}
	text, isText := plain.Text(content)
	text = strings.TrimSpace(text)
	var read store.ReadChannel
	switch {
	case !isText || text == "":
		err = errNeither
	case text[0] == '<', text[0] == '{':
		read, err = readFeed(text, base)
	default:
		read, err = readList(text, base)
	}
	if err == nil && len(read.Entries) == 0 {
		err = errEmpty
	}
	return read, err
}

// resolve is the address that a source names as it can be asked; "" for what
// cannot.
func resolve(base *url.URL, named string) string {
	u, err := base.Parse(strings.TrimSpace(named))
	if err != nil {
		return ""
	}
	u.Fragment = ""
	address, problem := store.CleanChannelAddress(u.String())
	if problem != "" {
		return ""
	}
	return address
}

// nameOf is the first of the texts that says something, else what the address
// ends with.
func nameOf(address string, texts ...string) string {
	for _, text := range texts {
		if name := clipped(plain.Line(text), store.MaxTitleName); name != "" {
			return name
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	last := path.Base(u.Path)
	if name := clipped(plain.Line(strings.TrimSuffix(last, path.Ext(last))), store.MaxTitleName); strings.Trim(name, "./") != "" {
		return name
	}
	return clipped(u.Hostname(), store.MaxTitleName)
}

// clipped is as much of the text as n bytes hold.
func clipped(text string, n int) string {
	if len(text) > n {
		text = strings.ToValidUTF8(text[:n], "")
	}
	return text
}

// mediaTypes are the media types of what addresses end with.
var mediaTypes = map[string]string{
	".m3u8": "application/vnd.apple.mpegurl", ".mpd": "application/dash+xml", ".ts": "video/mp2t", ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm",
	".mkv": "video/x-matroska", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".flac": "audio/flac", ".wav": "audio/wav",
}

// mediaType is what an address says of its media type; "" for nothing.
func mediaType(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return mediaTypes[strings.ToLower(path.Ext(u.Path))]
}
