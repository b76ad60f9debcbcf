package scan

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"usher/store"
)

// tagged is a FLAC file with comments, such as ARTIST=Nina, and a picture where
// it has art.
func tagged(art bool, comments ...string) string {
	list := append(binary.LittleEndian.AppendUint32(nil, 1), 'u')
	list = binary.LittleEndian.AppendUint32(list, uint32(len(comments)))
	for _, comment := range comments {
		list = append(binary.LittleEndian.AppendUint32(list, uint32(len(comment))), comment...)
	}
	picture := []byte{0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 'a', 'r', 't'}
	block := func(kind byte, body []byte) string { return string([]byte{kind, 0, 0, byte(len(body))}) + string(body) }
	if art {
		return "fLaC" + block(6, picture) + block(0x84, list)
	}
	return "fLaC" + block(0x84, list)
}

// lying are the titles that lie in the one with this name, as the owner sees
// them: “Album: 2-07 Track”.
func (h *house) lying(in string, kind store.TitleKind) (names []string) {
	h.t.Helper()
	inside, err := h.TitlesIn(h.ctx, h.owner.ID, h.shelf(kind)[in])
	h.must(err)
	for _, title := range inside {
		names = append(names, fmt.Sprintf("%d-%02d %s", title.Disc, title.Number, title.Name))
	}
	return names
}

func (h *house) wantLying(in string, kind store.TitleKind, want ...string) {
	h.t.Helper()
	if got := h.lying(in, kind); !slices.Equal(got, want) {
		h.t.Errorf("in %s lie %q, want %q", in, got, want)
	}
}

// Tags win over names, and names tell what tags do not.
func TestScanOfMusic(t *testing.T) {
	h := newHouse(t, store.KindMusic)
	h.write("Nina/Wild (1966)/01 - second.flac", tagged(true, "TITLE=Lilac", "ARTIST=Nina feat. Ray", "ALBUM=Wild", "TRACKNUMBER=2", "DISCNUMBER=1", "DATE=1966", "GENRE=Jazz"))
	h.write("Nina/Wild (1966)/02 - first.flac", tagged(false, "TITLE=Feeling", "ALBUM=Wild", "TRACKNUMBER=1", "DISCNUMBER=1"))
	h.write("Nina/Plain (1970)/CD2/02 - Two.mp3", "untagged")
	h.write("Nina/Plain (1970)/CD2/01 - Won.mp3", "not tagged")
	h.write("Nina/Plain (1970)/cover.jpg", "a cover")
	h.write("mix/1.flac", tagged(false, "TITLE=Rope", "ARTIST=Ada", "ALBUMARTIST=Various Artists", "ALBUM=Harbour Mix"))
	h.write("other/2.flac", tagged(false, "TITLE=Tar", "ARTIST=Ben", "ALBUMARTIST=V.A.", "ALBUM=Harbour mix"))
	h.write("loose.flac", tagged(false, "TITLE=Alone", "ARTIST=Cleo", "ALBUMARTIST=The Cleos"))
	job := h.scan()
	if job.Problems != 0 {
		t.Error(h.problems(job))
	}
	h.wantShelf(store.TitleArtist, "Nina", "Various artists", "The Cleos")
	albums := h.wantShelf(store.TitleAlbum, "Wild (1966)", "Plain (1970)", "Harbour Mix")
	h.wantLying("Wild (1966)", store.TitleAlbum, "1-01 Feeling", "1-02 Lilac")
	h.wantLying("Plain (1970)", store.TitleAlbum, "2-01 Won", "2-02 Two")
	h.wantLying("Harbour Mix", store.TitleAlbum, "0-00 Ada – Rope", "0-00 Ben – Tar")
	for name, file := range map[string]string{"Wild (1966)": "Nina/Wild (1966)/01 - second.flac", "Plain (1970)": "Nina/Plain (1970)/cover.jpg", "Harbour Mix": ""} {
		poster, err := h.VisiblePoster(h.ctx, h.owner.ID, albums[name])
		if (err == nil) != (file != "") || poster.Path != file {
			t.Errorf("the poster of %s lies at %q: %v", name, poster.Path, err)
		}
	}
	title, err := h.Title(h.ctx, albums["Wild (1966)"])
	if h.must(err); !slices.Equal(title.Genres, []string{"Jazz"}) {
		t.Errorf("the album is %+v", title)
	}
}

// taken is a JPEG picture of 4 by 3 pixels with the EXIF data of when it was
// taken: a TIFF header, and a directory that leads to another.
func taken(t *testing.T, at string) string {
	t.Helper()
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 3)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08" +
		"\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00" +
		"\x00\x01\x90\x03\x00\x02\x00\x00\x00\x14\x00\x00\x00\x2c\x00\x00\x00\x00" + at + "\x00"
	return "\xff\xd8\xff\xe1\x00" + string([]byte{byte(len(exif) + 2)}) + exif + picture.String()[2:]
}

// A picture tells when it was taken, else its name does, else its file.
func TestScanOfPictures(t *testing.T) {
	h := newHouse(t, store.KindPhotos)
	h.write("Beach.jpg", taken(t, "2019:07:14 18:30:05"))
	h.write("IMG_20180203_101112.jpg", taken(t, "                   "))
	h.write("Snow.jpg", taken(t, "0000:00:00 00:00:00"))
	h.write("broken.jpg", "no picture")
	job := h.scan()
	h.wantProblem(job, "broken.jpg", "damaged")
	found := h.shelf(store.TitlePicture)
	for name, day := range map[string]string{"Beach (2019)": "2019-07-14", "IMG_20180203_101112 (2018)": "2018-02-03", "Snow (2024)": "2024-05-04"} {
		title, err := h.Title(h.ctx, found[name])
		if err != nil || title.Date.Format(time.DateOnly) != day || title.Width != 4 || title.Height != 3 || title.Poster == "" {
			t.Errorf("%s of %v: %+v, %v", name, found, title, err)
		}
	}
}

// A home video is of the day that its name tells, or its file.
func TestScanOfHomeVideos(t *testing.T) {
	h := newHouse(t, store.KindHomeVideos)
	h.write("2019-07-04 Beach.mp4", "a")
	h.write("Wedding.mp4", "b")
	h.write("Wedding-thumb.jpg", "c")
	h.scan()
	found := h.wantShelf(store.TitleVideo, "Beach (2019)", "Wedding")
	for name, day := range map[string]string{"Beach (2019)": "2019-07-04", "Wedding": "2024-05-04"} {
		title, err := h.Title(h.ctx, found[name])
		if h.must(err); title.Date.Format(time.DateOnly) != day || (title.Poster != "") != (name == "Wedding") {
			t.Errorf("%s: %+v", name, title)
		}
	}
}

// An NFO file may hold several episodes, or say that one belongs elsewhere.
func TestScanOfEpisodesWithNFOFiles(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	episode := func(season, number int, title string) string {
		return fmt.Sprintf("<episodedetails><title>%s</title><season>%d</season><episode>%d</episode></episodedetails>", title, season, number)
	}
	h.write("Night Ferry/Season 1/S01E01-E02.mkv", "a")
	h.write("Night Ferry/Season 1/S01E01-E02.nfo", episode(1, 1, "Out")+episode(1, 2, "Back"))
	h.write("Night Ferry/Season 1/S01E09.mkv", "b")
	h.write("Night Ferry/Season 1/S01E09.nfo", episode(2, 5, "Elsewhere"))
	h.write("Night Ferry/Season 1/S01E03-E04.mkv", "c")
	h.write("Night Ferry/Season 1/S01E03-E04.nfo", episode(1, 7, "Later"))
	h.write("Night Ferry/Night Ferry 2024-03-05.mkv", "d")
	h.write("Night Ferry/season01-poster.jpg", "e")
	h.scan()
	h.wantLying("Night Ferry", store.TitleSeries, "0-00 5 March 2024", "0-01 Season 1", "0-02 Season 2")
	var first, second []string
	seasons, err := h.TitlesIn(h.ctx, h.owner.ID, h.shelf(store.TitleSeries)["Night Ferry"])
	h.must(err)
	for _, season := range seasons {
		inside, err := h.TitlesIn(h.ctx, h.owner.ID, season.ID)
		h.must(err)
		for _, one := range inside {
			told := fmt.Sprintf("%d–%d %s", one.Number, one.LastNumber, one.Name)
			if season.Number == 1 {
				first = append(first, told)
			} else {
				second = append(second, told)
			}
		}
		if season.Number == 1 && season.Poster == "" {
			t.Error("the first season has no poster")
		}
	}
	if want := []string{"1–2 Out / Back", "7–0 Later"}; !slices.Equal(first, want) {
		t.Errorf("the first season has %q, want %q", first, want)
	}
	if want := []string{"5–0 Elsewhere"}; !slices.Equal(second, want) {
		t.Errorf("the second season has %q, want %q", second, want)
	}
}

// Empty files are all alike, and a picture of a film has not become the film.
func TestWhatHasNotMoved(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Empty (2001).mkv", "")
	h.write("Harbour Lights (1998).mkv", "a")
	h.scan()
	h.remove("Empty (2001).mkv")
	h.write("Void (2002).mkv", "")
	h.move("Harbour Lights (1998).mkv", "Harbour Lights (1998).avi")
	if job := h.scan(); job.Moved != 0 || job.Added != 2 || job.Missing != 2 {
		t.Errorf("the job: %+v", job)
	}
}

// Of two files that may be one that is gone, only one is.
func TestOneFileBecomesTwo(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("a/Harbour Lights (1998).mkv", "a")
	h.write("keep.txt", "b")
	h.scan()
	id := h.shelf(store.TitleFilm)["Harbour Lights (1998)"]
	h.move("a/Harbour Lights (1998).mkv", "b/Harbour Lights (1998).mkv")
	h.must(os.RemoveAll(filepath.Join(h.disk, "a")))
	h.write("c/Harbour Lights (1998).mkv", "a")
	job := h.scan()
	page, err := h.Titles(h.ctx, store.TitleQuery{Viewer: h.owner.ID, Library: h.library})
	h.must(err)
	if job.Moved != 1 || job.Added != 1 || len(page.Titles) != 2 || page.Titles[0].ID != id && page.Titles[1].ID != id {
		t.Errorf("the job: %+v, titles %+v", job, page.Titles)
	}
}
