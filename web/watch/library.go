package watch

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// maxSearch is how much of what is searched for is looked at, in bytes.
const maxSearch = 254

// Library shows what the user sees of a library, a page at a time.
func (h *Handlers) Library(c echo.Context) error {
	ctx, viewer := c.Request().Context(), page.From(c).Watching()
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	libraries, library, err := h.openLibrary(c, id)
	if err != nil {
		return err
	}
	model := views.BrowsePage{Library: library, Query: browseQuery(viewer.ID, library, c.QueryParams())}
	if model.Found, err = h.Store.Titles(ctx, model.Query); err != nil {
		return err
	}
	if model.Facets, err = h.Store.TitleFacets(ctx, viewer.ID, library, model.Query.Kind); err != nil {
		return err
	}
	if model.Query.Kind == store.TitlePicture && model.Query.Sort == store.TitlesByDate {
		if model.Months, err = h.Store.PictureMonths(ctx, model.Query); err != nil {
			return err
		}
	}
	if model.Found.Total == 0 {
		if model.Scanning, err = h.scanning(c, id); err != nil {
			return err
		}
	}
	if model.Holders, err = h.Store.HolderNames(ctx, model.Found.Titles); err != nil {
		return err
	}
	if model.Headway, err = h.headway(c, model.Found.Titles...); err != nil {
		return err
	}
	if model.Layout, err = h.WatchLayout(c, views.LibraryName(library), views.WatchAddress(id), libraries); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Browse(model))
}

// scanning says whether a library is being looked through, or soon will be.
func (h *Handlers) scanning(c echo.Context, id int64) (bool, error) {
	job, err := h.Store.LatestJob(c.Request().Context(), id)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return job.State.Open(), err
}

// openLibrary is the library with this id among those that are open to the
// viewer, or store.ErrNotFound.
func (h *Handlers) openLibrary(c echo.Context, id int64) (libraries []store.Library, library store.Library, err error) {
	libraries, err = h.Store.OpenLibraries(c.Request().Context(), page.From(c).Watching().ID)
	if err != nil {
		return nil, library, err
	}
	at := slices.IndexFunc(libraries, func(l store.Library) bool { return l.ID == id })
	if at < 0 {
		return nil, library, store.ErrNotFound
	}
	return libraries, libraries[at], nil
}

// browseQuery is the page of a library that an address asks for. What cannot be
// read, or does not suit the library, is taken as not given.
func browseQuery(viewer int64, library store.Library, values url.Values) store.TitleQuery {
	shelves := library.Kind.Shelves()
	q := store.TitleQuery{
		Viewer: viewer, Library: library.ID, Kind: store.TitleKind(values.Get("show")), Search: page.SearchText(values, maxSearch),
		Genre: facet(values.Get("genre")), Label: facet(values.Get("label")), Sort: store.TitleSort(values.Get("sort")), Page: page.Number(values),
	}
	if !slices.Contains(shelves, q.Kind) {
		q.Kind = shelves[0]
	}
	if sorts := q.Kind.Sorts(); !slices.Contains(sorts, q.Sort) {
		q.Sort = sorts[0]
	}
	if year, err := strconv.Atoi(values.Get("year")); err == nil && year > 0 {
		q.Year = year
	}
	return q.Clean()
}

// facet is a genre or label as it is stored.
func facet(name string) string { return store.CleanLabel(strings.ToValidUTF8(name, "")) }
