package naming

import (
	"path"
	"strings"

	"usher/store"
)

// The formats of media files, by what their names end with.
var (
	videoForms = setOf(`mkv mk3d mp4 m4v avi mov qt wmv asf flv f4v webm mpg mpeg mpe m1v m2v mpv ts m2ts mts tp trp vob ogv ogm
		divx rm rmvb 3gp 3g2 wtv dvr-ms mxf dv mod tod nuv iso`)
	soundForms = setOf(`mp3 flac m4a m4b aac ogg oga opus wav wma aif aiff aifc ape wv mka dsf dff mpc tta`)
	// The pictures that Usher can show: see media/format.go.
	pictureForms = setOf(`jpg jpeg jpe jfif png gif webp`)
	// Pictures of formats that neither Usher nor most browsers can show.
	otherPictureForms = setOf(`heic heif hif avif jxl tif tiff bmp psd svg
		dng cr2 cr3 crw nef nrw arw sr2 srf orf rw2 raf pef srw raw rwl 3fr x3f`)
	posterForms = []string{".jpg", ".png", ".webp", ".jpeg"}
)

// formsOf are the formats that a library of this kind holds.
func formsOf(kind store.LibraryKind) wordSet {
	switch kind {
	case store.KindMusic:
		return soundForms
	case store.KindPhotos:
		return pictureForms
	case store.KindFilms, store.KindSeries, store.KindHomeVideos:
		return videoForms
	}
	return nil
}

// split parts the name of a file before the dot of its format, which is in
// lower case and without the dot.
func split(file string) (stem, form string) {
	form = path.Ext(file)
	stem = file[:len(file)-len(form)]
	if len(form) > 10 || form == "" {
		return stem, ""
	}
	return stem, lowered(form[1:])
}

// mediaFiles are the files of a library's kind, as text.
func mediaFiles(kind store.LibraryKind, files []string) []mediaFile {
	forms := formsOf(kind)
	list := make([]mediaFile, 0, len(files))
	for _, file := range files {
		stem, form := split(file)
		if !forms[form] || isHidden(file) {
			continue
		}
		text := readable(stem)
		if hasExtras(kind) && isExtra(text) {
			continue
		}
		list = append(list, mediaFile{file, text, form})
	}
	return list
}

// Unshown says whether a file in a library of this kind is a picture, but of a
// format that Usher cannot show, such as HEIC or a camera's raw files. Read
// leaves these out.
func Unshown(kind store.LibraryKind, file string) bool {
	_, form := split(file)
	return kind == store.KindPhotos && otherPictureForms[form] && !isHidden(file)
}

// isHidden holds for names that begin with a dot, though not with three, as
// titles may: “...And Justice for All”.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "...")
}
