package admin

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/media"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

func (h *Handlers) libraries() shelf {
	return shelf{
		Shelf:  views.Libraries,
		items:  h.libraryItems,
		move:   h.Store.MoveLibrary,
		remove: h.Store.DeleteLibrary,
	}
}

// libraryItems are the libraries as their list shows them.
func (h *Handlers) libraryItems(c echo.Context) ([]views.MediaItem, error) {
	ctx := c.Request().Context()
	open, err := h.Store.OpenJobs(ctx)
	if err != nil {
		return nil, err
	}
	sizes, err := h.Store.LibrarySizes(ctx)
	if err != nil {
		return nil, err
	}
	return shelfItems(ctx, h.Store.Libraries, h.Store.LibraryUsers, func(l store.Library) views.MediaItem {
		item := views.LibraryItem(l)
		item.Size = views.LibrarySize(l, sizes[l.ID])
		item.State, item.Bad = views.LibraryState(l, open)
		return item
	})
}

// Libraries lists the libraries.
func (h *Handlers) Libraries(c echo.Context) error { return h.showShelf(c, h.libraries()) }

// MoveLibrary moves a library up or down.
func (h *Handlers) MoveLibrary(c echo.Context) error { return h.moveOn(c, h.libraries()) }

// DeleteLibraryForm asks before a library is deleted.
func (h *Handlers) DeleteLibraryForm(c echo.Context) error { return h.askToDelete(c, h.libraries()) }

// DeleteLibrary deletes a library.
func (h *Handlers) DeleteLibrary(c echo.Context) error { return h.deleteFrom(c, h.libraries()) }

// NewLibraryForm shows the empty form.
func (h *Handlers) NewLibraryForm(c echo.Context) error {
	return h.showLibrary(c, http.StatusOK, store.Library{}, libraryForm{Kind: string(store.KindFilms)}, nil)
}

// NewLibrary adds a library.
func (h *Handlers) NewLibrary(c echo.Context) error {
	var form libraryForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in, problems := form.input(nil, h.Store.Folder())
	id, err := h.Store.AddLibrary(c.Request().Context(), page.From(c).Actor(), in, problems...)
	if err != nil {
		return h.refuseLibrary(c, store.Library{}, form, err)
	}
	return h.libraryDone(c, id, "%s is added. It is scanned as soon as it is its turn.")
}

// LibraryForm shows the name and the folders of a library.
func (h *Handlers) LibraryForm(c echo.Context) error {
	library, err := h.library(c)
	if err != nil {
		return err
	}
	form := libraryForm{Name: library.Name, Kind: string(library.Kind), Folders: strings.Join(library.Folders, "\n")}
	return h.showLibrary(c, http.StatusOK, library, form, nil)
}

// SaveLibrary changes a library.
func (h *Handlers) SaveLibrary(c echo.Context) error {
	library, err := h.library(c)
	if err != nil {
		return err
	}
	var form libraryForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in, problems := form.input(library.Folders, h.Store.Folder())
	if err := h.Store.UpdateLibrary(c.Request().Context(), page.From(c).Actor(), library.ID, in, problems...); err != nil {
		return h.refuseLibrary(c, library, form, err)
	}
	return h.libraryDone(c, library.ID, "%s is saved.")
}

// library is the library that the route names.
func (h *Handlers) library(c echo.Context) (store.Library, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.Library{}, err
	}
	return h.Store.Library(c.Request().Context(), id)
}

// libraryDone leads to the library; but to its folders when there is something
// to say about them.
func (h *Handlers) libraryDone(c echo.Context, id int64, message string) error {
	library, err := h.Store.Library(c.Request().Context(), id)
	if err != nil {
		return err
	}
	shared, err := h.sharedFolders(c.Request().Context(), library)
	if err != nil {
		return err
	}
	to := views.Libraries.AddressOf(id)
	if len(shared) > 0 || len(missingFolders(library)) > 0 || len(dataFolders(library, h.Store.Folder())) > 0 {
		to += "/folders"
	}
	return h.Done(c, to, fmt.Sprintf(message, library.Name))
}

// sharedFolders tells what a library, or a personal folder, has in common with
// others.
func (h *Handlers) sharedFolders(ctx context.Context, library store.Library) (sentences []string, err error) {
	all, err := h.Store.AllLibraries(ctx)
	if err != nil {
		return nil, err
	}
	for _, overlap := range media.Overlaps(library, all) {
		sentences = append(sentences, overlap.Sentence())
	}
	return sentences, nil
}

func (h *Handlers) refuseLibrary(c echo.Context, library store.Library, form libraryForm, err error) error {
	problems, ok := page.Invalid(err)
	if !ok {
		return err
	}
	return h.showLibrary(c, http.StatusUnprocessableEntity, library, form, problems)
}

func (h *Handlers) showLibrary(c echo.Context, status int, library store.Library, form libraryForm, problems views.Problems) error {
	model := views.LibraryPage{
		Library: library, Name: form.Name, Kind: form.Kind, Folders: form.Folders, Problems: problems, Missing: missingFolders(library),
		Data: dataFolders(library, h.Store.Folder()),
	}
	var err error
	if model.Shared, err = h.sharedFolders(c.Request().Context(), library); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, model.Title(), string(views.Libraries)); err != nil {
		return err
	}
	return h.Render(c, status, views.Library(model))
}
