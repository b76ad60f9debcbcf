package naming_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"usher/media/naming"
	"usher/store"
)

// trackLine is “Artist | Album (Year) | 1-02 Name”, with “–” for what names do
// not tell.
func trackLine(item naming.Item) string {
	artist, album := "–", "–"
	if item.Artist != nil {
		artist = item.Artist.Name
	}
	if item.Album != nil {
		album = item.Album.Name
		if item.Album.Year != 0 {
			album += fmt.Sprintf(" (%d)", item.Album.Year)
		}
	}
	return fmt.Sprintf("%s | %s | %d-%02d %s", artist, album, item.Disc, item.Track, item.Name)
}

func TestTracks(t *testing.T) {
	for file, want := range map[string]string{
		"Artist/Album (1999)/01 - Track.flac":            "Artist | Album (1999) | 0-01 Track",
		"Artist/Album (1999)/01. Track.mp3":              "Artist | Album (1999) | 0-01 Track",
		"Artist/Album (1999)/01 Track.mp3":               "Artist | Album (1999) | 0-01 Track",
		"Artist/Album (1999)/01_Track_Name.mp3":          "Artist | Album (1999) | 0-01 Track Name",
		"Artist/Album (1999)/01-Track.mp3":               "Artist | Album (1999) | 0-01 Track",
		"Artist/Album [1999]/01 Track.ogg":               "Artist | Album (1999) | 0-01 Track",
		"Artist/1999 - Album/01 Track.m4a":               "Artist | Album (1999) | 0-01 Track",
		"Artist/(1999) Album/01 Track.opus":              "Artist | Album (1999) | 0-01 Track",
		"Artist/(1999) Album [FLAC]/01 Track.flac":       "Artist | Album (1999) | 0-01 Track",
		"Artist/Album (FLAC)/01 Track.flac":              "Artist | Album | 0-01 Track",
		"Artist/Album (Deluxe Edition) (1999)/01 A.flac": "Artist | Album (Deluxe Edition) (1999) | 0-01 A",
		"Artist/Artist - Album/01 Track.mp3":             "Artist | Album | 0-01 Track",
		"Artist/Album - Live/01 Track.mp3":               "Artist | Album - Live | 0-01 Track",
		"Artist/1984/01 Track.mp3":                       "Artist | 1984 | 0-01 Track",
		"Artist/Album/Track.mp3":                         "Artist | Album | 0-00 Track",
		"Artist/Album/Artist - 01 - Track.mp3":           "Artist | Album | 0-01 Track",
		"Artist/Album/Artist - Album - 01 - Track.mp3":   "Artist | Album | 0-01 Track",
		"Artist/Album/01 - Artist - Track.mp3":           "Artist | Album | 0-01 Track",
		"Artist/Album/Artist - Track.mp3":                "Artist | Album | 0-00 Track",
		"Artist/Album/99 Balloons.mp3":                   "Artist | Album | 0-00 99 Balloons",
		"Artist/Album/7th Heaven.mp3":                    "Artist | Album | 0-00 7th Heaven",
		"Artist/Album/12 - Track.mp3":                    "Artist | Album | 0-12 Track",
		"Artist/Album/07 - 99 Balloons.mp3":              "Artist | Album | 0-07 99 Balloons",
		"Artist/Album/1-02 Track.m4a":                    "Artist | Album | 1-02 Track",
		"Artist/Album/1-02 - Track.m4a":                  "Artist | Album | 1-02 Track",
		"Artist/Album/CD1/02 Track.mp3":                  "Artist | Album | 1-02 Track",
		"Artist/Album/CD 1/02 Track.mp3":                 "Artist | Album | 1-02 Track",
		"Artist/Album/Disc 2/02 Track.mp3":               "Artist | Album | 2-02 Track",
		"Artist/Album/Disc 2 - Live/02 Track.mp3":        "Artist | Album | 2-02 Track",
		"Artist/Album/Disc 2 (Live)/02 Track.mp3":        "Artist | Album | 2-02 Track",
		"Artist/Disc 2 Go/02 Track.mp3":                  "Artist | Disc 2 Go | 0-02 Track",
		"Artist - Album/01 Track.mp3":                    "Artist | Album | 0-01 Track",
		"Artist - Album (1999)/01 Track.mp3":             "Artist | Album (1999) | 0-01 Track",
		"Artist - Album/CD2/01 Track.mp3":                "Artist | Album | 2-01 Track",
		"1999 - Album/01 Track.mp3":                      "– | Album (1999) | 0-01 Track",
		"Album/01 Track.mp3":                             "– | Album | 0-01 Track",
		"Artist/Track.mp3":                               "Artist | – | 0-00 Track",
		"Artist - Track.mp3":                             "Artist | – | 0-00 Track",
		"Track.mp3":                                      "– | – | 0-00 Track",
		"Various Artists/Hits (2005)/01 - A - B.mp3":     "Various artists | Hits (2005) | 0-01 A - B",
		"VA - Hits 2005/01 A - B.mp3":                    "Various artists | Hits 2005 | 0-01 A - B",
		"Rock/Artist/Album/01 Track.mp3":                 "Artist | Album | 0-01 Track",
		"AC-DC/Album/01 Track.mp3":                       "AC-DC | Album | 0-01 Track",
		"a-ha/Album/01 Take On Me.mp3":                   "a-ha | Album | 0-01 Take On Me",
		"Sigur Rós/( )/01 Untitled #1.mp3":               "Sigur Rós | ( ) | 0-01 Untitled #1",
	} {
		directory := strings.TrimSuffix(path.Dir(file), ".")
		if got := read(store.KindMusic, directory, []string{path.Base(file)}, trackLine); !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got %q\nwant %q", file, got, want)
		}
	}
}

func TestTracksTogether(t *testing.T) {
	got := read(store.KindMusic, "Album", []string{"1 One.mp3", "2 Two.mp3", "10 Ten.mp3", "cover.jpg", "album.cue"}, trackLine)
	if want := []string{"– | Album | 0-01 One", "– | Album | 0-10 Ten", "– | Album | 0-02 Two"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAlbumSidecars(t *testing.T) {
	for item := range naming.Read(store.KindMusic, "Artist/Album/CD1", []string{"01 One.mp3", "Cover.jpg"}) {
		if a := item.Artist; a.Folder != "Artist" || a.NFO[0] != "Artist/artist.nfo" || a.Posters[0] != "Artist/artist.jpg" {
			t.Errorf("artist: %+v", a)
		}
		a := item.Album
		if a.Folder != "Artist/Album" || a.NFO[0] != "Artist/Album/album.nfo" || a.Posters[0] != "Artist/Album/cover.jpg" || !slices.Contains(a.Posters, "Artist/Album/CD1/Cover.jpg") {
			t.Errorf("album: %+v", a)
		}
	}
}
