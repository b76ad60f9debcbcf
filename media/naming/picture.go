package naming

import (
	"iter"
	"path"
	"strings"

	"usher/store"
)

// readPictures reads a directory of a library of photos: a picture keeps the
// name of its file, and is its own poster. Videos are left out.
func readPictures(files []string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, file := range mediaFiles(store.KindPhotos, files) {
			item := Item{Kind: store.TitlePicture, Files: []string{file.file}, Name: named(file.stem)}
			if date, ok := findDate(file.stem); ok {
				item.Date, item.Year = date.Time, date.Year()
			}
			if !yield(item) {
				return
			}
		}
	}
}

// readVideos reads a directory of a library of home videos. Each file is a
// video of its own, also “Wedding part 2”; the inside of a DVD is one.
func readVideos(directory string, files []string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		media := mediaFiles(store.KindHomeVideos, files)
		// A camera keeps its clips as a Blu-ray does its streams.
		if lowered(path.Base(directory)) != "stream" {
			if item, ok := readDisc(store.TitleVideo, directory, media); ok {
				yield(item)
				return
			}
		}
		at := shelf{directory, sidecarsOf(files)}
		for _, file := range media {
			stem, _ := split(file.file)
			item := readVideo(file)
			item.NFO = at.nfo(stem)
			item.Posters = at.posters(stem+"-poster", stem, stem+"-thumb")
			if !yield(item) {
				return
			}
		}
	}
}

// readVideo names a home video by what stands beside the date in its file's
// name: “2019-07-04 Beach”. A name that a camera gives with the date is no name.
func readVideo(file mediaFile) Item {
	item := Item{Kind: store.TitleVideo, Files: []string{file.file}}
	date, ok := findDate(file.stem)
	if !ok {
		h := yearBehind(file.stem)
		item.Name, item.Year = named(h.name, file.stem), h.year
		return item
	}
	item.Date, item.Year = date.Time, date.Year()
	before, after := tidy(file.stem[:date.start]), tidy(file.stem[date.end:])
	if cameraWords[strings.ToLower(before)] {
		before = ""
	}
	if !strings.ContainsFunc(after, isLetter) {
		after = ""
	}
	switch {
	case before != "" && after != "":
		item.Name = named(before + " – " + after)
	case before == "" && after == "":
		item.Name = date.words()
	default:
		item.Name = named(before + after)
	}
	return item
}

// cameraWords are what cameras and telephones put before a date.
var cameraWords = setOf(`vid img mov mvi dsc pxl video wp signal whatsapp dji gopr screenrecording mvimg`)

// yearBehind reads “Wedding (2019)”; all else is the name.
func yearBehind(stem string) heading {
	words := tokens(stem)
	if len(words) > 1 {
		if at := bracketedYear(stem, words[len(words)-1]); at.year != 0 && at.end == len(strings.TrimRight(stem, " ")) {
			return heading{name: tidy(stem[:at.start]), year: at.year}
		}
	}
	return heading{name: tidy(stem)}
}
