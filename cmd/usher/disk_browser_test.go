package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"usher/store"
)

// disk is a folder on the server with media in it.
type disk struct {
	*journey
	folder string
	when   time.Time // of the files: long enough ago to be whole
}

func (j *journey) disk() *disk {
	j.Helper()
	return &disk{j, j.TempDir(), time.Now().AddDate(0, 0, -1)}
}

// write writes a file below the folder.
func (d *disk) write(path, content string) {
	d.Helper()
	path = filepath.Join(d.folder, path)
	d.must(os.MkdirAll(filepath.Dir(path), 0o700))
	d.must(os.WriteFile(path, []byte(content), 0o600))
	d.must(os.Chtimes(path, d.when, d.when))
}

// film writes a film with a poster, and an NFO file beside it.
func (d *disk) film(name, nfo string) {
	d.Helper()
	d.write(name+"/"+name+".mkv", "made up: "+name)
	d.write(name+"/poster.jpg", drawn(d.journey))
	if nfo != "" {
		d.write(name+"/movie.nfo", nfo)
	}
}

// drawn is a small picture.
func drawn(j *journey) string {
	j.Helper()
	canvas := image.NewRGBA(image.Rect(0, 0, 60, 90))
	for i := range 60 * 90 {
		canvas.Set(i%60, i/60, color.RGBA{uint8(i % 256), 90, 60, 255})
	}
	var file bytes.Buffer
	j.must(jpeg.Encode(&file, canvas, nil))
	return file.String()
}

// films are five: one for everybody, one for grown-ups, two without a rating, and
// one whose NFO file breaks off; and a link that leads out of the folder.
func films(j *journey) *disk {
	j.Helper()
	d := j.disk()
	d.film("The Bear (1988)", `<movie><title>The Bear</title><year>1988</year><mpaa>Rated G</mpaa><genre>Adventure</genre><tag>gentle</tag><plot>A cub and a grizzly.</plot></movie>`)
	d.film("Alien (1979)", `<movie><title>Alien</title><year>1979</year><mpaa>R</mpaa><genre>Horror</genre><tag>grim</tag></movie>`)
	d.film("Home (2009)", "")
	d.film("The Fog (1980)", "")
	d.film("Wreck (2001)", `<movie><title>The Wreck</title><mpaa>PG</mp`)
	d.must(os.Symlink(d.TempDir(), filepath.Join(d.folder, "Elsewhere")))
	return d
}

// wordy is a folder with so many films, each of which takes long to read: one NFO
// file of a million letters lies beside them all. However quick a machine is,
// scanning it takes many times as long as looking on.
func wordy(j *journey, films int) *disk {
	j.Helper()
	d := j.disk()
	d.write("nfo", "<movie>"+strings.Repeat("<actor><name>Mara</name></actor>", 1_000_000/32)+"</movie>")
	nfo := filepath.Join(d.TempDir(), "nfo")
	d.must(os.Rename(filepath.Join(d.folder, "nfo"), nfo))
	for n := range films {
		name := "Film " + strconv.Itoa(n) + " (1990)"
		d.write(filepath.Join(name, name+".mkv"), "")
		d.must(os.Link(nfo, filepath.Join(d.folder, name, "movie.nfo")))
	}
	return d
}

// library is a preparation that adds one, whose number is 1 in a house that has
// no other.
func (d *disk) library(name string, kind store.LibraryKind) func(*preparation) {
	return func(p *preparation) {
		p.Helper()
		_, err := p.store.AddHousehold(p.Context(), store.Household{
			Libraries: []store.LibraryInput{{Name: name, Kind: kind, Folders: []string{d.folder}}},
		})
		p.must(err)
	}
}
