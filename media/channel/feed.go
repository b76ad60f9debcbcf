package channel

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"usher/media/plain"
	"usher/store"
)

func readFeed(text string, base *url.URL) (store.ReadChannel, error) {
	read := store.ReadChannel{Format: store.FormatPodcast}
	if text[0] == '{' {
		if err := countObjects(text); err != nil {
			return read, err
		}
	} else {
		if isPage(text) {
			return read, errPage
		}
		var err error
		if text, read.Skipped, err = sift(text); err != nil {
			return read, err
		}
	}
	feed, err := gofeed.NewParser().ParseString(text)
	if err != nil {
		return read, errNeither
	}
	read.Title = clipped(plain.Line(feed.Title), store.MaxTitleName)
	read.Plot = clipped(plain.FromHTML(feed.Description), store.MaxPlot)
	f := podcast{base: base, groups: feed.Categories}
	if feed.ITunesExt != nil {
		f.rating = explicit(feed.ITunesExt.Explicit)
	}
	for _, item := range feed.Items {
		entry, ok := f.entry(item)
		if !ok || len(read.Entries) == store.MaxEntries {
			read.Skipped++
			continue
		}
		read.Entries = append(read.Entries, entry)
	}
	return read, nil
}

// isPage says whether the text is a page of the web.
func isPage(text string) bool {
	start := strings.ToLower(clipped(text, 1000))
	return strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html")
}

// podcast is what a feed says of all its episodes.
type podcast struct {
	base   *url.URL
	rating string
	groups []string
}

// entry is an episode. It is false for one that nothing can be played of.
func (p podcast) entry(item *gofeed.Item) (store.FoundEntry, bool) {
	file, found := p.file(item)
	if !found {
		return store.FoundEntry{}, false
	}
	entry := store.FoundEntry{
		ID: clipped(item.GUID, maxAttrBytes), Name: nameOf(file.address, plain.FromHTML(item.Title), item.Title), Address: file.address, MediaType: file.mediaType,
		Plot: p.plot(item), Rating: file.rating, Length: file.length, Size: file.size, Published: published(item),
	}
	groups := item.Categories
	if said := item.ITunesExt; said != nil {
		if entry.Length == 0 {
			entry.Length = clockLength(said.Duration)
		}
		if rating := explicit(said.Explicit); rating != "" {
			entry.Rating = rating
		} else if said.Explicit != "" && entry.Rating == "" {
			p.rating = "" // it is not as the others are
		}
		if n, err := strconv.Atoi(strings.TrimSpace(said.Season)); err == nil && n > 0 && n < 10000 {
			groups = append(groups, "Season "+strconv.Itoa(n))
		}
	}
	if entry.Rating == "" {
		entry.Rating = p.rating
	}
	entry.Groups = groupsFrom(append(groups, p.groups...))
	return entry, entry.Name != ""
}

// plot is what an episode is about.
func (p podcast) plot(item *gofeed.Item) string {
	texts := []string{item.Description, item.Content}
	if item.ITunesExt != nil {
		texts = append(texts, item.ITunesExt.Summary, item.ITunesExt.Subtitle)
	}
	for _, text := range texts {
		if plot := plain.FromHTML(clipped(text, maxTextBytes)); plot != "" {
			return clipped(plot, store.MaxPlot)
		}
	}
	return ""
}

// published is when an episode came out; zero where that is not known or cannot
// be.
func published(item *gofeed.Item) time.Time {
	for _, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil && at.Year() >= 1970 && at.Year() < 3000 {
			return at.UTC()
		}
	}
	return time.Time{}
}

// mediaFile is what is played of an episode.
type mediaFile struct {
	address, mediaType string
	size               int64
	length             time.Duration
	rating             string
}

// file is what is played of an episode: an enclosure (RSS 2.0, <enclosure>; RFC
// 4287, section 4.2.7.2), else what Media RSS names.
func (p podcast) file(item *gofeed.Item) (mediaFile, bool) {
	media := p.mediaContents(item)
	rating := mediaRating(item.Extensions["media"])
	for _, enclosure := range item.Enclosures {
		file := mediaFile{address: resolve(p.base, enclosure.URL), mediaType: playable(enclosure.Type, enclosure.URL), size: number(enclosure.Length), rating: rating}
		if file.address == "" || file.mediaType == notMedia {
			continue
		}
		for _, same := range media {
			if same.address == file.address {
				file.length = same.length
			}
		}
		return file, true
	}
	for _, file := range media {
		if file.mediaType != notMedia {
			if rating != "" {
				file.rating = rating
			}
			return file, true
		}
	}
	return mediaFile{}, false
}

// mediaContents is what Media RSS names of an episode (https://www.rssboard.org/media-rss).
func (p podcast) mediaContents(item *gofeed.Item) (files []mediaFile) {
	contents := item.Extensions["media"]["content"]
	for _, group := range item.Extensions["media"]["group"] {
		contents = append(contents, group.Children["content"]...)
	}
	for _, content := range contents {
		file := mediaFile{
			address: resolve(p.base, content.Attrs["url"]), mediaType: playable(content.Attrs["type"], content.Attrs["url"]),
			size: number(content.Attrs["fileSize"]), rating: mediaRating(content.Children),
		}
		if medium := content.Attrs["medium"]; file.mediaType == "" && medium != "" && medium != "audio" && medium != "video" {
			file.mediaType = notMedia
		}
		if seconds, err := strconv.ParseFloat(content.Attrs["duration"], 64); err == nil {
			file.length = lengthOf(seconds)
		}
		if content.Attrs["url"] != "" && file.address != "" {
			files = append(files, file)
		}
	}
	return files
}

// notMedia is the media type of what is neither sound nor film.
const notMedia = "none"

// playable is the media type that a feed gives, else that of the address;
// notMedia for what cannot be played, such as a picture.
func playable(said, address string) string {
	said = strings.ToLower(strings.TrimSpace(said))
	switch kind, _, _ := strings.Cut(said, "/"); {
	case kind == "audio" || kind == "video" || said == "application/vnd.apple.mpegurl" || said == "application/x-mpegurl" || said == "application/ogg":
		return clipped(plain.Line(said), store.MaxLabel)
	case said == "" || said == "application/octet-stream":
		return mediaType(address)
	}
	if known := mediaType(address); known != "" {
		return known
	}
	return notMedia
}

// mediaRating is the rating in the elements of Media RSS; “nonadult” is none.
func mediaRating(elements map[string][]ext.Extension) string {
	for _, rating := range elements["rating"] {
		switch value := strings.ToLower(plain.Line(rating.Value)); {
		case value == "adult":
			return adults
		case value != "" && value != "nonadult" && !strings.Contains(rating.Attrs["scheme"], "icra"):
			return plain.Line(rating.Value)
		}
	}
	for _, adult := range elements["adult"] {
		if explicit(adult.Value) != "" {
			return adults
		}
	}
	return ""
}

// explicit is the rating of what its makers call explicit: Apple, whose word it
// is, gives such to those from 17 on.
func explicit(said string) string {
	switch strings.ToLower(strings.TrimSpace(said)) {
	case "yes", "true", "explicit":
		return "17+"
	}
	return ""
}

// clockLength is a length as iTunes writes it: seconds, or with minutes and
// hours before them and colons between.
func clockLength(text string) time.Duration {
	seconds := 0.0
	for i, part := range strings.Split(strings.TrimSpace(text), ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || i > 2 || n < 0 {
			return 0
		}
		seconds = seconds*60 + n
	}
	return lengthOf(seconds)
}

// number is a size in bytes; 0 for what is none.
func number(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
