package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/media/stream"
	"usher/playing"
	"usher/store"
	"usher/web/page"
)

// piece is a file of a title that somebody asks for.
type piece struct {
	title store.Title
	file  store.MediaFile
}

// Stream sends a file of a title to a browser, as much of it as is asked for.
// Each request is decided anew, and what flows goes on for as long as it may.
func (h *Handlers) Stream(c echo.Context) error {
	asked, err := h.asked(c)
	if err != nil {
		return err
	}
	begin, err := h.begin(c, page.From(c), asked.title)
	if err != nil {
		return err
	}
	return h.send(c, asked, stream.Inline, begin, func() (playing.Begin, error) { return h.still(c, asked) })
}

// send sends the file of what was asked for, to be shown or to be kept. What
// begins, and whether it may go on, is as Flow has it.
func (h *Handlers) send(c echo.Context, asked piece, disposition string, begin playing.Begin, again func() (playing.Begin, error)) error {
	file, err := h.openPiece(c, asked)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	if c.Request().Method == http.MethodHead {
		setHeaders(c, file, disposition)
		stream.Serve(stream.NewWriter(c.Response(), c.Request()), c.Request(), file)
		return nil
	}
	return h.Flow(c, begin, again, func(w *stream.Writer) error {
		setHeaders(c, file, disposition) // and not for a page that says why not
		stream.Serve(w, c.Request(), file)
		return nil
	})
}

// asked is the file that the route and its query name, the first where the query
// names none, if the viewer sees its title.
func (h *Handlers) asked(c echo.Context) (piece, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return piece{}, err
	}
	part := 1
	if text := c.QueryParam("part"); text != "" {
		if part, err = strconv.Atoi(text); err != nil {
			return piece{}, echo.ErrNotFound
		}
	}
	return h.visiblePiece(c.Request().Context(), page.From(c), id, part)
}

// visiblePiece is a part of a title that the viewer sees, or store.ErrNotFound.
func (h *Handlers) visiblePiece(ctx context.Context, viewer *page.Viewer, title int64, part int) (p piece, err error) {
	if p.title, err = h.Store.TitleToPlay(ctx, viewer.Watching().ID, title); err != nil {
		return p, err
	}
	files, err := h.Store.MediaFiles(ctx, title)
	if err != nil {
		return p, err
	}
	at := slices.IndexFunc(files, func(f store.MediaFile) bool { return f.Part == part })
	if at < 0 {
		return p, fmt.Errorf("part %d of title %d: %w", part, title, store.ErrNotFound)
	}
	p.file = files[at]
	return p, nil
}

// still decides anew whether what flows may go on: for whoever is signed in by
// now, with what they see by now, from where the file lies by now.
func (h *Handlers) still(c echo.Context, asked piece) (playing.Begin, error) {
	viewer, err := h.ViewerAgain(c)
	if err != nil {
		return playing.Begin{}, err
	}
	now, err := h.stillThere(c.Request().Context(), viewer, asked)
	if err != nil {
		return playing.Begin{}, err
	}
	return h.begin(c, viewer, now.title)
}

// stillThere is what was asked for as it is by now, or store.ErrNotFound where
// its file lies elsewhere.
func (h *Handlers) stillThere(ctx context.Context, viewer *page.Viewer, asked piece) (piece, error) {
	now, err := h.visiblePiece(ctx, viewer, asked.title.ID, asked.file.Part)
	if err == nil && (now.file.Folder != asked.file.Folder || now.file.Path != asked.file.Path) {
		err = fmt.Errorf("title %d has moved: %w", asked.title.ID, store.ErrNotFound)
	}
	return now, err
}

// begin is a title as it plays in the viewer's browser. A picture is no play.
func (h *Handlers) begin(c echo.Context, viewer *page.Viewer, title store.Title) (playing.Begin, error) {
	begin := inBrowser(c, viewer)
	if title.Kind == store.TitlePicture {
		return begin, nil
	}
	begin.What.Title = title.ID
	ctx := c.Request().Context()
	var err error
	if begin.Limit, err = h.Store.StreamLimit(ctx, viewer.User.ID); err != nil {
		return begin, err
	}
	if begin.Source, err = h.source(ctx, title); err != nil {
		return begin, err
	}
	begin.Name, err = h.fullName(ctx, title, ", ")
	return begin, err
}

// inBrowser is what plays in the viewer's browser, whatever it is.
func inBrowser(c echo.Context, viewer *page.Viewer) playing.Begin {
	return playing.Begin{
		Device: playing.Device{Session: viewer.Session.ID}, DeviceName: auth.DeviceName(c.Request().UserAgent()),
		UserID: viewer.User.ID, UserName: viewer.User.Name,
	}
}

// source is the library that a title is from, as administrators may know it.
func (h *Handlers) source(ctx context.Context, title store.Title) (string, error) {
	libraries, err := h.Store.Libraries(ctx)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(libraries, func(l store.Library) bool { return l.ID == title.LibraryID })
	if at < 0 {
		return "Personal folder", nil
	}
	return libraries[at].Name, nil
}

// fullName is a title with what it lies in, as its viewer knows it, and what
// stands between the two.
func (h *Handlers) fullName(ctx context.Context, title store.Title, between string) (string, error) {
	holders, err := h.Store.HolderNames(ctx, []store.Title{title})
	if err != nil {
		return "", err
	}
	if holder := holders[title.RootID]; holder != "" {
		return holder + between + title.Name, nil
	}
	return title.Name, nil
}

// openPiece opens the file of what was asked for.
func (h *Handlers) openPiece(c echo.Context, asked piece) (*stream.File, error) {
	file, err := h.disk.Open(c.Request().Context(), asked.file.Folder, asked.file.Path)
	if err != nil {
		return nil, h.unopened(asked, err)
	}
	return file, nil
}

// unopened is the answer where what was asked for cannot be had: that of what
// does not exist. That it is there for the scan and not now is for
// administrators to find out.
func (h *Handlers) unopened(asked piece, err error) error {
	switch {
	case errors.Is(err, stream.ErrHangs), errors.Is(err, context.Canceled):
		return err
	case !errors.Is(err, fs.ErrNotExist):
		h.Log.Warn("cannot open what is to be played", "title", asked.title.ID, "error", err)
	}
	return fmt.Errorf("open title %d: %w", asked.title.ID, store.ErrNotFound)
}

// setHeaders says what a file is called. Browsers keep pictures, and ask each
// time whether they may show them again; films would only take their disk.
func setHeaders(c echo.Context, file *stream.File, disposition string) {
	header := c.Response().Header()
	header.Set(echo.HeaderContentDisposition, stream.Disposition(disposition, file.Info.Name()))
	if strings.HasPrefix(stream.MediaType(file.Info.Name()), "image/") {
		header.Set(echo.HeaderCacheControl, "private, no-cache")
		header.Set("Vary", "Cookie") // one browser may have several users
	}
}
