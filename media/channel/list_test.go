package channel_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/media/channel"
	"usher/store"
)

const source = "https://tv.example/lists/all.m3u"

// reads is what a source says.
func reads(t *testing.T, content string) store.ReadChannel {
	t.Helper()
	read, err := channel.Read([]byte(content), source)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestListsAreRead(t *testing.T) {
	read := reads(t, "\ufeff#EXTM3U url-tvg=\"http://tv.example/epg\"\r\n#PLAYLIST: Home  TV\r\n"+
		`#EXTINF:-1 tvg-id="sea.tv" tvg-logo="http://x/logo.png" group-title="News;Coast",Sea News, all day`+"\r\nhttp://tv.example/1.m3u8|User-Agent=x\r\n"+
		"#EXTGRP:Music\n#EXTINF:-1,Jazz\n#EXTVLCOPT:network-caching=1000\nhttp://tv.example/2\n"+
		"#EXTINF:-1,Blues\nhttp://tv.example/3\n"+
		"#EXTINF:5400 group-title=\"Films\" tvg-rating=\"PG-13\" rating=\"8.1\",Harbour Lights\n../films/harbour.mp4#t=3\n"+
		"#EXTINF:-1 tvg-name=\"Night\" censored=1,\nhttp://tv.example/night.ts\n"+
		"#extinf:0 tvg-id=\"sea.tv\",Sea News HD\nhttp://tv.example/hd\n")
	want := []store.FoundEntry{
		{ID: "sea.tv", Name: "Sea News, all day", Address: "http://tv.example/1.m3u8", MediaType: "application/vnd.apple.mpegurl", Live: true, Groups: []string{"News", "Coast"}},
		{Name: "Jazz", Address: "http://tv.example/2", Live: true, Groups: []string{"Music"}},
		{Name: "Blues", Address: "http://tv.example/3", Live: true, Groups: []string{"Music"}},
		{Name: "Harbour Lights", Address: "https://tv.example/films/harbour.mp4", MediaType: "video/mp4", Groups: []string{"Films"}, Rating: "PG-13", Length: 90 * time.Minute},
		{Name: "Night", Address: "http://tv.example/night.ts", MediaType: "video/mp2t", Live: true, Groups: []string{"Music"}, Rating: "18+"},
		{Name: "Sea News HD", Address: "http://tv.example/hd", Live: true, Groups: []string{"Music"}},
	}
	if read.Format != store.FormatList || read.Title != "Home TV" || read.Skipped != 0 {
		t.Errorf("the list: %+v", read)
	}
	for i, e := range read.Entries {
		if i >= len(want) || fmt.Sprintf("%+v", e) != fmt.Sprintf("%+v", want[i]) {
			t.Errorf("entry %d is %+v", i, e)
		}
	}
	if len(read.Entries) != len(want) {
		t.Errorf("%d entries, want %d", len(read.Entries), len(want))
	}
}

func TestPlainListsAndOtherEncodings(t *testing.T) {
	if read := reads(t, "http://tv.example/sea%20news.mp3\n\nhttp://tv.example/\nelsewhere\n"); len(read.Entries) != 2 || read.Skipped != 1 ||
		read.Entries[0].Name != "sea news" || read.Entries[0].Live || read.Entries[1].Name != "tv.example" {
		t.Errorf("a plain list: %+v", read)
	}
	for what, content := range map[string]string{
		"Latin-1": "#EXTM3U\n#EXTINF:-1,R\xE6dio\nhttp://tv.example/1", "UTF-8": "#EXTM3U\n#EXTINF:-1,Rædio\nhttp://tv.example/1",
		"old Macs": "#EXTM3U\r#EXTINF:-1,Rædio\rhttp://tv.example/1\r",
	} {
		if read := reads(t, content); len(read.Entries) != 1 || read.Entries[0].Name != "Rædio" {
			t.Errorf("%s: %+v", what, read)
		}
	}
	hls := "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n"
	if read := reads(t, hls); len(read.Entries) != 1 || read.Entries[0].Address != source || !read.Entries[0].Live || read.Entries[0].Name != "all" {
		t.Errorf("a stream: %+v", read)
	}
}

func TestHostileLists(t *testing.T) {
	bad := []string{"file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "http://me:secret@tv.example/", "rtsp://tv.example/", "http://", "http://" + strings.Repeat("x", 3000), "http://tv.example/a b\x7f"}
	read := reads(t, "#EXTM3U\n#EXTINF:-1,<script>alert(1)</script>\nhttp://tv.example/1\n"+strings.Join(bad, "\n")+"\n#EXTINF:-1,"+strings.Repeat("x", 100_000)+"\nhttp://tv.example/2\n")
	if len(read.Entries) != 2 || read.Entries[0].Name != "<script>alert(1)</script>" || read.Entries[1].Name != "2" || read.Skipped != len(bad)+1 {
		t.Errorf("%d skipped, entries %.300v", read.Skipped, read.Entries)
	}
	many := reads(t, "#EXTM3U\n"+strings.Repeat("#EXTINF:-1 group-title=\"a;b;c\",One\nhttp://tv.example/1\n", store.MaxEntries+10))
	if len(many.Entries) != store.MaxEntries || many.Skipped != 10 {
		t.Errorf("%d entries, %d skipped", len(many.Entries), many.Skipped)
	}
}

func TestWhatIsNoChannel(t *testing.T) {
	noise := make([]byte, 1<<16)
	for i := range noise {
		noise[i] = byte(i*i>>3 ^ i)
	}
	for what, test := range map[string]struct{ content, want string }{
		"nothing": {"", "neither"}, "bytes": {string(noise), "neither"}, "prose": {"Hello.\nThis is no list.", "neither"}, "an empty list": {"#EXTM3U\n", "nothing in it"},
		"a page": {"<!DOCTYPE html><html><body>Hi", "web page"}, "other XML": {"<?xml version=\"1.0\"?><opml><body/></opml>", "neither"},
		"other JSON": {`{"a": [1, 2]}`, "n"}, "broken JSON": {`{"a": `, "neither"}, "an empty feed": {"<rss version=\"2.0\"><channel><title>A</title></channel></rss>", "nothing in it"},
		"articles": {"<rss version=\"2.0\"><channel><item><title>A</title><link>https://a.example/</link></item></channel></rss>", "nothing in it"},
	} {
		read, err := channel.Read([]byte(test.content), source)
		var unreadable *channel.Unreadable
		if !errors.As(err, &unreadable) || !strings.Contains(unreadable.Why, test.want) || !strings.HasSuffix(unreadable.Why, ".") {
			t.Errorf("%s: %+v, %v", what, read, err)
		}
	}
}

// wantSound wants every entry to have a name and an address of the web, within
// their bounds.
func wantSound(t *testing.T, read store.ReadChannel) {
	t.Helper()
	if len(read.Entries) > store.MaxEntries || len(read.Title) > store.MaxTitleName || len(read.Plot) > store.MaxPlot {
		t.Errorf("too much: %d entries", len(read.Entries))
	}
	for _, e := range read.Entries {
		address, problem := store.CleanChannelAddress(e.Address)
		if problem != "" || address != e.Address || e.Name == "" || len(e.Name) > store.MaxTitleName || len(e.Plot) > store.MaxPlot ||
			len(e.Groups) > store.MaxEntryGroups || e.Length < 0 || e.Size < 0 || strings.ContainsAny(e.Name, "\n\x00") || slices.Contains(e.Groups, "") {
			t.Errorf("not sound: %+v", e)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"#EXTM3U\n#EXTINF:-1 tvg-id=\"a\" group-title=\"b;c\",D\nhttp://tv.example/1\n", "http://tv.example/1|a\n../x\n", "#EXTGRP:a\n#EXTINF:1e9,\n//x/y",
		podcastFeed, atomFeed, jsonFeed, "<rss><channel><item><enclosure url='a'/>", "{\"items\":[{\"attachments\":[{}]}]}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		read, err := channel.Read(content, source)
		if err == nil {
			wantSound(t, read)
		}
	})
}
