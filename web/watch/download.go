package watch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	"usher/media/bundle"
	"usher/media/stream"
	"usher/playing"
	"usher/store"
	"usher/web/page"
)

// Download hands over a title to be kept: its file as it is, so that whatever
// was interrupted can go on, and what has several files or holds others as one
// ZIP. It takes no place among the plays.
func (h *Handlers) Download(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c)
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	title, err := h.mayDownload(ctx, viewer, id)
	if err != nil {
		return err
	}
	if !title.Kind.Holds() {
		files, err := h.Store.MediaFiles(ctx, id)
		if err != nil {
			return err
		}
		if len(files) < 2 || c.QueryParam("part") != "" {
			return h.downloadFile(c)
		}
	}
	return h.downloadAll(c, title)
}

// mayDownload is a title that the viewer may download, or store.ErrNotFound for
// one that they do not see or that is never downloaded at once, and else
// store.ErrForbidden.
func (h *Handlers) mayDownload(ctx context.Context, viewer *page.Viewer, id int64) (store.Title, error) {
	title, err := h.Store.VisibleTitle(ctx, viewer.User.ID, id)
	if err != nil {
		return title, err
	}
	if !title.Kind.Downloads() {
		return title, fmt.Errorf("download of %s %d: %w", title.Kind, id, store.ErrNotFound)
	}
	may, err := h.Store.MayDownload(ctx, viewer.User.ID)
	if err == nil && !may {
		err = fmt.Errorf("download of title %d: %w", id, store.ErrForbidden)
	}
	return title, err
}

// stillDownloads decides anew whether a download may go on.
func (h *Handlers) stillDownloads(c echo.Context, title int64) (*page.Viewer, error) {
	viewer, err := h.ViewerAgain(c)
	if err != nil {
		return nil, err
	}
	_, err = h.mayDownload(c.Request().Context(), viewer, title)
	return viewer, err
}

// downloadFile hands over the file that is asked for.
func (h *Handlers) downloadFile(c echo.Context) error {
	asked, err := h.asked(c)
	if err != nil {
		return err
	}
	begin := inBrowser(c, page.From(c))
	return h.send(c, asked, stream.Attachment, begin, func() (playing.Begin, error) {
		viewer, err := h.stillDownloads(c, asked.title.ID)
		if err == nil {
			_, err = h.stillThere(c.Request().Context(), viewer, asked)
		}
		return begin, err
	})
}

// downloadAll hands over all files of a title, or of those that lie in it and
// that the viewer sees, as one ZIP.
func (h *Handlers) downloadAll(c echo.Context, title store.Title) error {
	ctx := c.Request().Context()
	titles := []store.Title{title}
	if title.Kind.Holds() {
		var err error
		if titles, err = h.Store.TitlesIn(ctx, page.From(c).User.ID, title.ID); err != nil {
			return err
		}
	}
	if len(titles) == 0 {
		return fmt.Errorf("download of title %d: %w", title.ID, store.ErrNotFound)
	}
	name, err := h.fullName(ctx, title, " – ") // of the ZIP, and of the folder in it
	if err != nil {
		return err
	}
	if c.Request().Method == http.MethodHead {
		setBundleHeaders(c, name)
		return c.NoContent(http.StatusOK)
	}
	begin := inBrowser(c, page.From(c))
	var turn atomic.Int64
	turn.Store(title.ID)
	again := func() (playing.Begin, error) {
		viewer, err := h.stillDownloads(c, title.ID)
		if err == nil {
			_, err = h.Store.VisibleTitle(ctx, viewer.User.ID, turn.Load())
		}
		return begin, err
	}
	return h.Flow(c, begin, again, func(w *stream.Writer) error {
		setBundleHeaders(c, name)
		if err := h.writeBundle(c, bundle.New(w, name), w, titles, &turn); err != nil {
			w.Cut() // half a ZIP must not look like a whole one
			return err
		}
		return nil
	})
}

func setBundleHeaders(c echo.Context, name string) {
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "application/zip")
	header.Set(echo.HeaderContentDisposition, stream.Disposition(stream.Attachment, name+".zip"))
}

// writeBundle writes the files of titles, as far as the viewer still sees them
// when it is their turn, which is told.
func (h *Handlers) writeBundle(c echo.Context, b *bundle.Writer, w *stream.Writer, titles []store.Title, turn *atomic.Int64) error {
	ctx, viewer := c.Request().Context(), page.From(c).User.ID
	discs := titles[len(titles)-1].Disc // they come by disc
	for _, title := range titles {
		if _, err := h.Store.VisibleTitle(ctx, viewer, title.ID); errors.Is(err, store.ErrNotFound) {
			continue
		} else if err != nil {
			return err
		}
		turn.Store(title.ID)
		files, err := h.Store.MediaFiles(ctx, title.ID)
		if err != nil {
			return err
		}
		folder := ""
		if title.Kind == store.TitleTrack && discs > 1 && title.Disc > 0 {
			folder = "Disc " + strconv.Itoa(title.Disc)
		}
		for _, file := range files {
			if err := h.bundleFile(ctx, b, w, folder, piece{title, file}); err != nil {
				return err
			}
		}
	}
	return b.Close()
}

// bundleFile adds a file, or notes that it could not be had.
func (h *Handlers) bundleFile(ctx context.Context, b *bundle.Writer, w *stream.Writer, folder string, asked piece) error {
	name := path.Base(asked.file.Path)
	file, err := h.disk.Open(ctx, asked.file.Folder, asked.file.Path)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		h.Log.Warn("cannot open what is to be downloaded", "title", asked.title.ID, "error", err)
		b.LeaveOut(folder, name)
		return nil
	}
	defer file.Close() //nolint:errcheck // it was only read
	return b.Add(bundle.File{Folder: folder, Name: name, Size: file.Info.Size(), Modified: file.Info.ModTime(), Content: w.Reader(file)})
}
