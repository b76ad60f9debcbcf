package naming_test

import (
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/media/naming"
	"usher/store"
)

func datedLine(item naming.Item) string {
	switch {
	case item.Date.IsZero():
		return filmLine(item)
	case item.Date.Equal(time.Date(item.Date.Year(), item.Date.Month(), item.Date.Day(), 0, 0, 0, 0, time.Local)):
		return item.Date.Format("2006-01-02 ") + item.Name
	}
	return item.Date.Format("2006-01-02T15:04:05 ") + item.Name
}

func TestPictures(t *testing.T) {
	for file, want := range map[string]string{
		"Sommer/IMG_1234.JPG":                "IMG_1234",
		"Beach.jpeg":                         "Beach",
		"IMG_20190704_120001.jpg":            "2019-07-04T12:00:01 IMG_20190704_120001",
		"PXL_20190704_120001123.jpg":         "2019-07-04T12:00:01 PXL_20190704_120001123",
		"IMG-20190704-WA0001.jpg":            "2019-07-04 IMG-20190704-WA0001",
		"2019-07-04 12.00.01.png":            "2019-07-04T12:00:01 2019-07-04 12.00.01",
		"Screenshot_2019-07-04-12-00-01.png": "2019-07-04T12:00:01 Screenshot_2019-07-04-12-00-01",
		"signal-2019-07-04-120001.webp":      "2019-07-04T12:00:01 signal-2019-07-04-120001",
		"20190704120001.gif":                 "2019-07-04T12:00:01 20190704120001",
		"2019-07-04T12-00-01.jpg":            "2019-07-04T12:00:01 2019-07-04T12-00-01",
		"04.07.2019 Beach.jpg":               "2019-07-04 04.07.2019 Beach",
		"2019-13-04.jpg":                     "2019-13-04",
		"2019-02-30.jpg":                     "2019-02-30",
		"20191399.jpg":                       "20191399",
		"12345678.jpg":                       "12345678",
		"IMG_20190704_990000.jpg":            "2019-07-04 IMG_20190704_990000",
		"folder.jpg":                         "folder",
		"sample.jpg":                         "sample",
		"Beach [1].jpg":                      "Beach [1]",
	} {
		directory := strings.TrimSuffix(path.Dir(file), ".")
		if got := read(store.KindPhotos, directory, []string{path.Base(file)}, datedLine); !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got %q\nwant %q", file, got, want)
		}
	}
	for _, file := range []string{"a.heic", "a.tiff", "a.CR2", "a.dng", "a.avif", "a.mp4", "a.mov", "a.xmp", "Thumbs.db", ".a.jpg", "._a.jpg", "a.jpg.part", "a"} {
		if got := read(store.KindPhotos, "", []string{file}, datedLine); len(got) > 0 {
			t.Errorf("%s: got %q", file, got)
		}
	}
}

func TestUnshown(t *testing.T) {
	for file, want := range map[string]bool{"a.HEIC": true, "a.tif": true, "a.nef": true, "a.jpg": false, "a.mp4": false, "._a.heic": false, "heic": false} {
		if got := naming.Unshown(store.KindPhotos, file); got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
	if naming.Unshown(store.KindFilms, "a.heic") {
		t.Error("in a library of films, a HEIC is none that is missed")
	}
}

func TestHomeVideos(t *testing.T) {
	for file, want := range map[string]string{
		"2019-07-04 Beach.mp4":                        "2019-07-04 Beach",
		"2019-07-04 - Beach.mp4":                      "2019-07-04 Beach",
		"Beach 2019-07-04.mp4":                        "2019-07-04 Beach",
		"Beach 2019-07-04 evening.mp4":                "2019-07-04 Beach – evening",
		"20190704 Beach.mov":                          "2019-07-04 Beach",
		"04.07.2019 Beach.avi":                        "2019-07-04 Beach",
		"VID_20190704_120001.mp4":                     "2019-07-04T12:00:01 4 July 2019, 12:00",
		"PXL_20190704_120001123.mp4":                  "2019-07-04T12:00:01 4 July 2019, 12:00",
		"VID-20190704-WA0001.mp4":                     "2019-07-04 WA0001",
		"2019-07-04.mp4":                              "2019-07-04 4 July 2019",
		"2019-07-04 2.mp4":                            "2019-07-04 4 July 2019",
		"MVI_1234.AVI":                                "MVI 1234",
		"00001.MTS":                                   "00001",
		"Wedding.mp4":                                 "Wedding",
		"Wedding (2019).mp4":                          "Wedding (2019)",
		"Wedding_part_2.mp4":                          "Wedding part 2",
		"The short sample.mp4":                        "The short sample",
		"[raw] Wedding.mp4":                           "[raw] Wedding",
		"Holiday/PRIVATE/AVCHD/BDMV/STREAM/00001.MTS": "00001",
		"Holiday/VIDEO_TS/VTS_01_1.VOB":               "Holiday",
	} {
		directory := strings.TrimSuffix(path.Dir(file), ".")
		if got := read(store.KindHomeVideos, directory, []string{path.Base(file)}, datedLine); !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n got %q\nwant %q", file, got, want)
		}
	}
	got := read(store.KindHomeVideos, "", []string{"Wedding part 1.mp4", "Wedding part 2.mp4"}, datedLine)
	if len(got) != 2 {
		t.Errorf("videos are kept apart, got %q", got)
	}
}
