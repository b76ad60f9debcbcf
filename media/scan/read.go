package scan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"usher/media"
	"usher/media/metadata"
	"usher/media/naming"
	"usher/media/nfo"
	"usher/store"
)

// reader puts together what names, NFO files and the files themselves say about
// the titles of one directory. NFO files win over tags, and tags over names.
type reader struct {
	*walker
	level     *level
	listing   listing
	directory int64 // its id, 0 for a new one
	holders   map[*naming.Holder]*holder
	failed    bool // the disk did not give a file that may be readable another time
}

// add reads one title and makes it wait to be saved.
func (r *reader) add(ctx context.Context, item naming.Item) error {
	found := store.Found{
		FoundTitle: store.FoundTitle{
			Kind: item.Kind, Name: item.Name, Year: item.Year, Date: item.Date,
			Disc: item.Disc, Number: item.Number, LastNumber: item.LastNumber,
		},
		Folder: r.folder.ID, Directory: r.level.path,
	}
	for _, name := range item.Files {
		if file, known := r.listing.file(name); known {
			found.Files = append(found.Files, file)
		}
	}
	if len(found.Files) == 0 {
		return nil
	}
	main := found.Files[0]
	at := path.Join(r.level.path, main.Name)
	r.pending.Progress.Seen += len(found.Files)
	r.pending.Progress.Current = r.shown(filepath.Join(r.folder.Path, at))
	switch item.Kind {
	case store.TitleFilm, store.TitleVideo:
		r.film(&found.FoundTitle, item, main)
	case store.TitleEpisode:
		if err := r.episode(ctx, &found, item); err != nil {
			return err
		}
	case store.TitleTrack:
		if err := r.track(ctx, &found, item, at, main); err != nil {
			return err
		}
	case store.TitlePicture:
		r.picture(&found.FoundTitle, at, main)
	case store.TitleSeries, store.TitleSeason, store.TitleArtist, store.TitleAlbum:
		return fmt.Errorf("%q: a %s has no files", at, item.Kind)
	}
	if err := r.recognize(ctx, &found); err != nil {
		return err
	}
	r.pending.Found = append(r.pending.Found, found)
	return r.tick(ctx)
}

// film reads a film or a home video.
func (r *reader) film(f *store.FoundTitle, item naming.Item, main store.FoundFile) {
	f.Poster = r.poster(item.Posters)
	if infos := r.infos(item.NFO); len(infos) > 0 {
		r.tell(f, infos[0])
	}
	if f.Kind == store.TitleVideo && f.Date.IsZero() {
		f.Date = main.Modified
	}
}

// picture reads a picture, which is its own poster.
func (r *reader) picture(f *store.FoundTitle, at string, main store.FoundFile) {
	var told metadata.Picture
	r.inside(at, func(file *os.File) (err error) {
		told, err = readPicture(file)
		return err
	})
	f.Width, f.Height = told.Width, told.Height
	if !told.Taken.IsZero() {
		f.Date = told.Taken
	}
	if f.Date.IsZero() {
		f.Date = main.Modified
	}
	f.Year = f.Date.Year()
	if !told.Undrawn {
		f.Poster = store.FoundPoster{Folder: r.folder.ID, Path: at, Stamp: stamp(at, main)}
	}
}

// tell lets an NFO file's word win.
func (r *reader) tell(f *store.FoundTitle, info nfo.Info) {
	if info.Title != "" {
		f.Name = info.Title
	}
	if info.Year != 0 {
		f.Year = info.Year
	}
	if !info.Aired.IsZero() {
		f.Date = info.Aired
		if f.Year == 0 {
			f.Year = info.Aired.Year()
		}
	}
	f.Rating, f.Plot, f.Labels = info.Rating, info.Plot, info.Tags
	if len(info.Genres) > 0 {
		f.Genres = info.Genres
	}
}

// infos is what the first NFO file that is there says; nil for none.
func (r *reader) infos(paths []string) (infos []nfo.Info) {
	at, _, found := r.first(r.level, paths)
	if !found {
		return nil
	}
	r.inside(at, func(file *os.File) (err error) {
		infos, err = nfo.Read(file)
		return err
	})
	return infos
}

// poster is the first of these pictures that is there.
func (r *reader) poster(paths []string) store.FoundPoster {
	at, file, found := r.first(r.level, paths)
	if !found {
		return store.FoundPoster{}
	}
	return store.FoundPoster{Folder: r.folder.ID, Path: at, Stamp: stamp(at, file)}
}

// stamp changes with the file.
func stamp(at string, file store.FoundFile) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%d", at, file.Size, file.Modified.UnixNano()))
	return hex.EncodeToString(sum[:6])
}

// inside reads a file below the folder. What goes wrong is a problem in the
// log, a mistake in what reads it as well.
func (r *reader) inside(at string, read func(*os.File) error) {
	err := r.guarded(at, read)
	if err == nil {
		return
	}
	why := err.Error()
	if system := (*fs.PathError)(nil); errors.As(err, &system) {
		why, r.failed = media.WhyUnread(err), true
	}
	r.problem(filepath.Join(r.folder.Path, at), why)
}

func (r *reader) guarded(at string, read func(*os.File) error) (err error) {
	file, _, err := media.OpenInside(r.root, at)
	if err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = &puzzle{p}
		}
		err = errors.Join(err, file.Close())
	}()
	return read(file)
}

// puzzle is a mistake in what reads files: one of them has tripped it.
type puzzle struct{ panicked any }

func (p *puzzle) Error() string { return fmt.Sprintf("This could not be understood: %v.", p.panicked) }

// dated is a day as the name of an episode without one.
func dated(day time.Time) string { return day.Format("2 January 2006") }
