package channel_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"usher/media/channel"
	"usher/store"
)

const podcastFeed = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" xmlns:x="urn:x">
<channel><title>Tides &amp; Talks</title><description>&lt;p&gt;About &lt;b&gt;tides&lt;/b&gt;.&lt;/p&gt;</description>
<itunes:category text="Nature"><itunes:category text="Sea"/></itunes:category><itunes:explicit>true</itunes:explicit><x:thing>no</x:thing>
<item><title>Spring tide</title><guid isPermaLink="false">ep-2</guid><pubDate>Tue, 03 Nov 2026 08:00:00 +0100</pubDate><category>Moon</category>
 <enclosure url="https://cdn.example/2.mp3?x=1&amp;y=2" length="1234567" type="audio/mpeg"/><itunes:duration>1:02:03</itunes:duration><itunes:explicit>false</itunes:explicit>
 <itunes:season>2</itunes:season><description><![CDATA[<p>The moon<script>alert(1)</script> pulls.</p><p>&lol2; More</p>]]></description></item>
<item><title>Neap tide</title><guid>ep-1</guid><enclosure url="../1.m4v" type="video/mp4"/><itunes:duration>90</itunes:duration></item>
<item><title>A film</title><media:group><media:content url="https://cdn.example/a.jpg" medium="image"/><media:content url="https://cdn.example/a.webm" type="video/webm" duration="12.5" fileSize="99"/></media:group><media:rating scheme="urn:simple">adult</media:rating></item>
<item><title>A picture</title><enclosure url="https://cdn.example/p.jpg" type="image/jpeg"/></item>
<item><title>Bad</title><enclosure url="file:///etc/passwd" type="audio/mpeg"/></item>
</channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lectures</title><entry><id>urn:1</id><title type="html">One &amp;amp; two</title>
<published>2026-11-02T10:00:00Z</published><link rel="alternate" href="https://l.example/1"/><link rel="enclosure" type="audio/ogg" length="12" href="https://l.example/1.ogg"/>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">No</div></summary></entry></feed>`

const jsonFeed = `{"version": "https://jsonfeed.org/version/1.1", "title": "Spoken", "items": [
{"id": 7, "title": "Seven", "date_published": "2026-11-01T10:00:00Z", "attachments": [{"url": "https://j.example/7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7}]}]}`

func TestPodcastsAreRead(t *testing.T) {
	read := reads(t, podcastFeed)
	if read.Format != store.FormatPodcast || read.Title != "Tides & Talks" || read.Plot != "About tides." || read.Skipped != 2 || len(read.Entries) != 3 {
		t.Fatalf("the feed: %+v", read)
	}
	for i, want := range []store.FoundEntry{
		{ID: "ep-2", Name: "Spring tide", Address: "https://cdn.example/2.mp3?x=1&y=2", MediaType: "audio/mpeg", Groups: []string{"Moon", "Season 2", "Nature", "Sea"}, Plot: "The moon pulls.\n\n&lol2; More",
			Published: time.Date(2026, 11, 3, 7, 0, 0, 0, time.UTC), Length: time.Hour + 2*time.Minute + 3*time.Second, Size: 1234567},
		{ID: "ep-1", Name: "Neap tide", Address: "https://tv.example/1.m4v", MediaType: "video/mp4", Groups: []string{"Nature", "Sea"}, Rating: "17+", Length: 90 * time.Second},
		{Name: "A film", Address: "https://cdn.example/a.webm", MediaType: "video/webm", Groups: []string{"Nature", "Sea"}, Rating: "18+", Length: 12500 * time.Millisecond, Size: 99},
	} {
		if got := read.Entries[i]; fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("episode %d is\n%+v, want\n%+v", i, got, want)
		}
	}
	if age := store.ParseRating(read.Entries[1].Rating); age.Years != 17 {
		t.Errorf("explicit is %+v", age)
	}
}

func TestOtherFeeds(t *testing.T) {
	atom := reads(t, atomFeed)
	if len(atom.Entries) != 1 || atom.Title != "Lectures" || atom.Entries[0].Name != "One & two" || atom.Entries[0].Address != "https://l.example/1.ogg" || atom.Entries[0].Size != 12 || atom.Entries[0].Published.IsZero() {
		t.Errorf("Atom: %+v", atom)
	}
	spoken := reads(t, jsonFeed)
	if len(spoken.Entries) != 1 || spoken.Entries[0].ID != "7" || spoken.Entries[0].Address != "https://j.example/7.mp3" {
		t.Errorf("JSON Feed: %+v", spoken)
	}
	old := reads(t, `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Old</title></channel>
		<item><title>One</title><link>https://o.example/1</link><media:content url="https://o.example/1.mp3"/></item></rdf:RDF>`)
	if len(old.Entries) != 1 || old.Title != "Old" || old.Entries[0].Name != "One" {
		t.Errorf("RSS 1.0: %+v", old)
	}
	sloppy := reads(t, `<rss><channel><title>A &nbsp; B</title><item><title>One <b>two</title><enclosure url="https://o.example/1.mp3"/><itunes:duration>10:00</itunes:duration></item><item><title>&lt;script&gt;x&lt;/script&gt;</title><enclosure url="https://o.example/2.mp3"></item>`)
	if len(sloppy.Entries) == 0 || sloppy.Entries[0].Length != 10*time.Minute {
		t.Errorf("a sloppy one: %+v", sloppy)
	}
}

// What would have a reader take all memory, or call itself until it breaks, is
// refused or cut short.
func TestHostileFeeds(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "ha">`
	for i := range 30 {
		laughs += fmt.Sprintf(`<!ENTITY l%d "&l%d;&l%d;&l%d;&l%d;">`, i+1, i, i, i, i)
	}
	laughs += `]><rss><channel><title>&l30;</title><item><title>&l30;</title><enclosure url="https://o.example/1.mp3"/></item></channel></rss>`
	item := `<item><title>One</title><enclosure url="https://o.example/1.mp3"/></item>`
	var names strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&names, ` xmlns:a%d="urn:%d"`, i, i)
	}
	for what, test := range map[string]struct {
		content string
		entries int // -1 for refused
	}{
		"a billion laughs":       {laughs, 1},
		"deep nesting":           {"<rss><channel>" + strings.Repeat("<media:a>", 700_000), -1},
		"deep JSON":              {strings.Repeat(`{"a":`, 300_000), -1},
		"empty objects":          {`{"items":[{}` + strings.Repeat(",{}", 500_000) + "]}", -1},
		"more than there can be": {"<rss><channel>" + strings.Repeat(item, store.MaxEntries+100) + "</channel></rss>", store.MaxEntries},
		"empty items":            {"<rss><channel>" + item + strings.Repeat("<item/>", 500_000), 1},
		"many elements":          {"<rss><channel>" + item + strings.Repeat("<media:a/>", 700_000), -1},
		"many attributes":        {"<rss><channel>" + item + strings.Repeat(`<media:a a="" b="" c="" d="" e="" f="" g="" h=""/>`, 60_000), -1},
		"comments in between":    {"<rss><channel>" + item + "<media:a>" + strings.Repeat("a<!-- -->", 700_000) + "</media:a></channel></rss>", 1},
		"many namespaces":        {"<rss" + names.String() + "><channel>" + strings.Repeat(item, 100) + "</channel></rss>", 100},
		"a title without end":    {"<rss><channel>" + strings.Repeat(item, 2) + "<item><title>" + strings.Repeat("x", 8<<20), 2},
	} {
		read, err := channel.Read([]byte(test.content), source)
		var unreadable *channel.Unreadable
		switch {
		case test.entries < 0 && !errors.As(err, &unreadable):
			t.Errorf("%s: %d entries, %v", what, len(read.Entries), err)
		case test.entries >= 0 && (err != nil || len(read.Entries) != test.entries):
			t.Errorf("%s: %d entries, want %d, %v", what, len(read.Entries), test.entries, err)
		}
		wantSound(t, read)
	}
	var memory runtime.MemStats
	runtime.GC()
	if runtime.ReadMemStats(&memory); memory.HeapAlloc > 500<<20 {
		t.Errorf("%d MB are kept", memory.HeapAlloc>>20)
	}
}
