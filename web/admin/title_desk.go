package admin

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// title is the title that the route names, of a library that is nobody's
// personal folder.
func (h *Handlers) title(c echo.Context) (store.TitleRecord, error) {
	id, err := page.ID(c, "id")
	if err != nil {
		return store.TitleRecord{}, err
	}
	return h.Store.TitleRecord(c.Request().Context(), id)
}

// TitleDesk shows one title, to be corrected.
func (h *Handlers) TitleDesk(c echo.Context) error {
	record, err := h.title(c)
	if err != nil {
		return err
	}
	return h.showTitleDesk(c, http.StatusOK, record, views.TypedOf(record.Title), nil)
}

func (h *Handlers) showTitleDesk(c echo.Context, status int, record store.TitleRecord, typed views.TypedCorrection, problems views.Problems) error {
	layout, err := h.Layout(c, record.Name, string(views.Libraries))
	if err != nil {
		return err
	}
	return h.Render(c, status, views.TitleDesk(views.TitleDeskPage{Layout: layout, Record: record, Typed: typed, Problems: problems, Now: h.Now(c)}))
}

// CorrectTitle corrects one title. What is typed as it stood before stays as it
// is: a correction, or what the disk says.
func (h *Handlers) CorrectTitle(c echo.Context) error {
	record, err := h.title(c)
	if err != nil {
		return err
	}
	var form correctionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	in, before := form.values(), views.TypedOf(record.Title)
	in.Add, in.Remove = nil, nil
	in.Set = store.Corrected{
		Name: form.Name != before.Name, Year: strings.TrimSpace(form.Year) != before.Year, Rating: in.Rating != before.Rating,
		Labels: !slices.Equal(in.Labels, record.Labels),
	}
	err = h.Store.CorrectTitles(c.Request().Context(), page.From(c).Actor(), []int64{record.ID}, in)
	if problems, ok := page.Invalid(err); ok {
		return h.showTitleDesk(c, http.StatusUnprocessableEntity, record, form.typed(), problems)
	}
	if err != nil {
		return err
	}
	after, err := h.title(c)
	if err != nil {
		return err
	}
	if after.Rating != "" && !after.Age.Known {
		return h.DoneBut(c, views.TitleDeskAddress(record.ID), after.Name+" is saved. “"+after.Rating+"” cannot be read as a rating, and counts as none.")
	}
	return h.Done(c, views.TitleDeskAddress(record.ID), after.Name+" is saved.")
}
