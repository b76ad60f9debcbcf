package relay

import (
	"net/url"
	"strings"
	"testing"
)

// Whatever a server sends, no address of it is passed on, and every line that is
// no tag leads to Usher.
func FuzzList(f *testing.F) {
	for _, list := range []string{
		"#EXTM3U\n#EXTINF:5,name\nfirst.ts\n", "#EXTM3U\r\n#EXT-X-MAP:URI=\"/a.mp4\",URI=\"http://b/\"\r\n",
		"#EXTM3U\n#EXT-X-MEDIA:NAME=\"http://far.example\"", "#EXT-X-KEY:URI=http://far.example/a", "\ufeff#EXTM3U\n//far.example/\n?\n.\n",
		"#EXT-X-MAP:URI=\"", "#EXTINF:http://far.example", "#EXT-X-MAP:A-URI=\"a\"\"", "http://far.example:99999999/\xff\x00",
	} {
		f.Add(list)
	}
	seal := newSealer()
	base := &url.URL{Scheme: "http", Host: "far.example", Path: "/live/list.m3u8"}
	f.Fuzz(func(t *testing.T, list string) {
		l := lister{seal: seal, base: base, entry: 2, parts: "/part/"}
		written, err := l.write([]byte(list))
		if err != nil {
			return
		}
		for line := range strings.Lines(string(written)) {
			sealed, leads := strings.CutPrefix(strings.TrimSpace(line), "/part/")
			switch {
			case strings.Contains(line, "://"):
				t.Errorf("%q has an address", line)
			case !leads && !strings.HasPrefix(line, "#EXT"):
				t.Errorf("%q leads elsewhere", line)
			case leads:
				sealed, _, _ = strings.Cut(sealed, ".")
				address, ok := seal.open(2, sealed)
				if u, err := url.Parse(address); !ok || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
					t.Errorf("%q leads to %q", line, address)
				}
			}
		}
	})
}
