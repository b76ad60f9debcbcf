package admin

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// folderForm is what the form of a personal folder sends.
type folderForm struct {
	Kind string `form:"folder_kind"`
	Path string `form:"folder_path"`
}

// input is the form as the store takes it, with what is wrong with the folder.
// The one that the user has already is kept without a look at the disk.
func (f folderForm) input(kept []string, data string) (store.PersonalFolderInput, []store.Problem) {
	in := store.PersonalFolderInput{Kind: store.LibraryKind(f.Kind), Path: strings.TrimSpace(f.Path)}
	if slices.Contains(kept, in.Path) || in.Path == "" {
		return in, nil
	}
	clean, err := usableFolder(in.Path, data)
	if err != nil {
		return in, []store.Problem{{Field: "folder_path", Message: err.Error()}}
	}
	in.Path = clean
	return in, nil
}

// folderOf is the personal folder of a user; the zero Library for none.
func (h *Handlers) folderOf(c echo.Context, u store.User) (store.Library, error) {
	folder, err := h.Store.PersonalFolder(c.Request().Context(), u.ID)
	if errors.Is(err, store.ErrNotFound) {
		return store.Library{}, nil
	}
	return folder, err
}

// folderCard is the card about the personal folder of a user, as saved.
func (h *Handlers) folderCard(c echo.Context, head views.Person) (card views.PersonalFolder, err error) {
	card = views.PersonalFolder{Person: head, Kind: string(store.KindPhotos), MaySet: page.From(c).Actor().MaySetFolder(head.User)}
	if !card.MaySet {
		return card, nil
	}
	if card.Folder, err = h.folderOf(c, head.User); err != nil || card.Folder.ID == 0 {
		return card, err
	}
	card.Kind, card.Path = string(card.Folder.Kind), strings.Join(card.Folder.Folders, "")
	card.Trouble = append(missingFolders(card.Folder), dataFolders(card.Folder, h.Store.Folder())...)
	card.Shared, err = h.sharedFolders(c.Request().Context(), card.Folder)
	return card, err
}

// SetFolder sets the personal folder of a user.
func (h *Handlers) SetFolder(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form folderForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	before, err := h.folderOf(c, u)
	if err != nil {
		return err
	}
	in, found := form.input(before.Folders, h.Store.Folder())
	err = h.Store.SetPersonalFolder(c.Request().Context(), page.From(c).Actor(), u.ID, in, found...)
	if problems, ok := page.Invalid(err); ok {
		return h.showAccess(c, http.StatusUnprocessableEntity, u, func(card *views.PersonalFolder) {
			card.Kind, card.Path, card.Problems = form.Kind, form.Path, problems
		})
	}
	if err != nil {
		return err
	}
	return h.Done(c, about(u, "/access"), "The folder of "+u.Name+" is saved. It is scanned as soon as it is its turn.")
}

// RemoveFolderForm asks before a personal folder is taken out of Usher.
func (h *Handlers) RemoveFolderForm(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if !page.From(c).Actor().MaySetFolder(u) {
		return echo.ErrForbidden
	}
	folder, err := h.Store.PersonalFolder(c.Request().Context(), u.ID)
	if err != nil {
		return err
	}
	layout, head, err := h.person(c, u, views.TabAccess)
	if err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.RemoveFolder(views.RemoveFolderPage{Layout: layout, Person: head, Folder: folder}))
}

// RemoveFolder takes a personal folder out of Usher.
func (h *Handlers) RemoveFolder(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	if err := h.Store.RemovePersonalFolder(c.Request().Context(), page.From(c).Actor(), u.ID); err != nil {
		return err
	}
	return h.Done(c, about(u, "/access"), "The folder of "+u.Name+" is taken out of Usher. Its files stay on the disk.")
}
