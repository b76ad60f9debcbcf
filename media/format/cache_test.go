package format_test

import (
	"errors"
	"testing"
	"time"

	"usher/media/format"
)

func TestCache(t *testing.T) {
	var cache format.Cache
	reads := 0
	read := func() (format.Format, error) {
		reads++
		return of("fLaC", "x"), nil
	}
	ask := func(file format.File, want int) {
		t.Helper()
		if f, err := cache.Of(file, read); err != nil || f.Container != "FLAC" || reads != want {
			t.Errorf("it is %+v, %v after %d reads, want %d", f, err, reads, want)
		}
	}
	at := time.Unix(1_800_000_000, 5)
	song := format.File{Folder: "/music", Path: "a.flac", Size: 4, Modified: at}
	ask(song, 1)
	song.Modified = at.In(time.FixedZone("", 3600))
	ask(song, 1)
	song.Modified = at.Add(1)
	ask(song, 2)

	if _, err := cache.Of(format.File{}, func() (format.Format, error) { return format.Format{}, errors.New("gone") }); err == nil {
		t.Error("an error is no error")
	}
	ask(format.File{}, 3)
	for n := range 4000 {
		ask(format.File{Size: int64(n + 1)}, n+4)
	}
	ask(format.File{Size: 4000}, 4003)
	ask(format.File{}, 4004) // forgotten meanwhile
}
