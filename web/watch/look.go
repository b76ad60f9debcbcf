package watch

import (
	"context"
	"os"
	"time"

	"golang.org/x/text/language"

	"usher/media"
	"usher/media/format"
	"usher/media/stream"
	"usher/store"
	"usher/views"
)

// lookTime is how long a page waits for the disk to tell about what it is to
// play. A disk that sleeps may tell later, when that is played.
const lookTime = 2 * time.Second

// format is what a file of a title is, or the zero Format where the disk does
// not tell.
func (h *Handlers) format(ctx context.Context, title int64, file store.MediaFile) format.Format {
	known, err := h.formats.Of(format.File{Folder: file.Folder, Path: file.Path, Size: file.Size, Modified: file.Modified}, func() (format.Format, error) {
		return stream.Look(ctx, h.disk, file.Folder, func(root *os.Root) (format.Format, error) {
			opened, info, err := media.OpenInside(root, file.Path)
			if err != nil {
				return format.Format{}, err
			}
			defer opened.Close() //nolint:errcheck // it was only read
			return format.Of(opened, info.Size(), file.Path), nil
		})
	})
	if err != nil {
		h.Log.Debug("cannot tell what a file is", "title", title, "error", err)
	}
	return known
}

// chooseSubtitles has those in the viewer's language show, as their browser has
// it; none where there are none.
func chooseSubtitles(all []views.Subtitle, accept string) {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 || len(all) == 0 {
		return
	}
	tags := make([]language.Tag, len(all))
	for i, one := range all {
		tags[i] = language.Make(one.Language)
	}
	if _, at, sure := language.NewMatcher(tags).Match(wanted...); sure >= language.High {
		all[at].Default = true
	}
}
