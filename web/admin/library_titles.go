package admin

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

// LibraryTitles lists the titles of a library.
func (h *Handlers) LibraryTitles(c echo.Context) error {
	library, err := h.library(c)
	if err != nil {
		return err
	}
	// A page that is no number is the first, as none is.
	number, _ := strconv.Atoi(c.QueryParam("page"))
	query := store.ShelfQuery{
		Library: library, Kind: store.TitleKind(c.QueryParam("kind")), Filter: store.TitleFilter(c.QueryParam("filter")),
		Search: c.QueryParam("q"), Sort: store.TitleSort(c.QueryParam("sort")), Page: number,
	}.Clean()
	model := views.LibraryTitlesPage{Head: views.LibraryHead{Library: library, Tab: views.LibraryTitlesTab}, Query: query, Now: h.Now(c)}
	if model.Found, err = h.Store.Shelf(c.Request().Context(), query); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, library.Name, string(views.Libraries)); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.LibraryTitles(model))
}

// correctionForm is what the forms that correct titles send.
type correctionForm struct {
	Action string   `form:"action"`
	ID     []string `form:"id"`
	Back   string   `form:"back"` // the list to come back to
	Set    []string `form:"set"`  // of several titles, what they all get
	Disk   []string `form:"disk"` // what is to be as the disk says
	Name   string   `form:"name"`
	Year   string   `form:"year"`
	Rating string   `form:"rating"`
	Labels string   `form:"labels"` // one on each line, and so the next two
	Add    string   `form:"add_labels"`
	Remove string   `form:"remove_labels"`
}

func (f correctionForm) typed() views.TypedCorrection {
	return views.TypedCorrection{Set: f.Set, Disk: f.Disk, Name: f.Name, Year: f.Year, Rating: f.Rating, Labels: f.Labels, Add: f.Add, Remove: f.Remove}
}

// facts are those that are named.
func facts(names []string) store.Corrected {
	has := func(name string) bool { return slices.Contains(names, name) }
	return store.Corrected{Name: has("name"), Year: has("year"), Rating: has("rating"), Labels: has("labels")}
}

// values are the form as the store takes it, but for what is to be set.
func (f correctionForm) values() store.TitleCorrection {
	return store.TitleCorrection{
		Back: facts(f.Disk), Name: f.Name, Year: parseYear(f.Year), Rating: strings.TrimSpace(f.Rating),
		Labels: lines(f.Labels), Add: lines(f.Add), Remove: lines(f.Remove),
	}
}

// many is the correction of several titles.
func (f correctionForm) many() store.TitleCorrection {
	in := f.values()
	in.Set = facts(f.Set)
	in.Set.Name, in.Set.Labels = false, false
	return in
}

// parseYear is a year, 0 for none typed and -1 for what is none.
func parseYear(text string) int { return parseLimit(text) }

// CorrectTitles corrects the titles that are ticked, all or none; or asks first
// what is to be corrected about them.
func (h *Handlers) CorrectTitles(c echo.Context) error {
	library, err := h.library(c)
	if err != nil {
		return err
	}
	var form correctionForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	list := page.ComeBack(form.Back, views.ShelfAddress(store.ShelfQuery{Library: library}))
	ids := page.IDs(form.ID)
	if len(ids) == 0 {
		return h.NotDone(c, list, "Nothing is selected. Tick titles in the list first, then choose what to do.")
	}
	titles, err := h.titlesOf(c, library, ids)
	if errors.Is(err, store.ErrNotFound) {
		return h.NotDone(c, list, "Something among what you selected is not here any more. Nothing was changed.")
	}
	if err != nil {
		return err
	}
	switch form.Action {
	case "rate":
		return h.rateTitles(c, titles, form, list)
	case "correct":
		return h.showCorrectMany(c, http.StatusOK, library, titles, form, list, nil)
	case "save":
		err := h.correctMany(c, ids, form.many())
		if problems, ok := page.Invalid(err); ok {
			return h.showCorrectMany(c, http.StatusUnprocessableEntity, library, titles, form, list, problems)
		}
		if err != nil {
			return err
		}
		return h.Done(c, list, correctedMessage(titles))
	}
	return echo.ErrBadRequest
}

// correctMany corrects several titles. It refuses a correction of nothing, which
// would be said to be done.
func (h *Handlers) correctMany(c echo.Context, ids []int64, in store.TitleCorrection) error {
	if !in.Facts().Any() {
		return store.Refuse("Tick or type first what is to be corrected.")
	}
	return h.Store.CorrectTitles(c.Request().Context(), page.From(c).Actor(), ids, in)
}

// rateTitles gives the titles one rating.
func (h *Handlers) rateTitles(c echo.Context, titles []store.Title, form correctionForm, list string) error {
	rating := strings.TrimSpace(form.Rating)
	if rating == "" {
		return h.NotDone(c, list, "Type a rating first, such as PG-13.")
	}
	ids := page.IDs(form.ID)
	err := h.Store.CorrectTitles(c.Request().Context(), page.From(c).Actor(), ids, store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: rating})
	if problems, ok := page.Invalid(err); ok {
		return h.NotDone(c, list, (&store.Invalid{Problems: problems}).Error()+" Nothing was changed.")
	}
	if err != nil {
		return err
	}
	age := store.ParseRating(rating)
	if !age.Known {
		return h.DoneBut(c, list, correctedMessage(titles)+" “"+rating+"” cannot be read, so they count as unrated.")
	}
	return h.Done(c, list, correctedMessage(titles)+" “"+rating+"” counts as "+age.Label()+".")
}

// correctedMessage says what was done.
func correctedMessage(titles []store.Title) string {
	if len(titles) == 1 {
		return titles[0].Name + " is corrected."
	}
	return ui.Count(len(titles), "title", "titles") + " are corrected."
}

// titlesOf are the titles of a library with these ids. It answers
// store.ErrNotFound where one is not there, or belongs elsewhere.
func (h *Handlers) titlesOf(c echo.Context, library store.Library, ids []int64) ([]store.Title, error) {
	titles := make([]store.Title, 0, len(ids))
	for _, id := range ids[:min(len(ids), store.MaxSelected)] {
		title, err := h.Store.Title(c.Request().Context(), id)
		if err != nil {
			return nil, err
		}
		if title.LibraryID != library.ID {
			return nil, fmt.Errorf("title %d of library %d: %w", id, library.ID, store.ErrNotFound)
		}
		titles = append(titles, title)
	}
	return titles, nil
}

func (h *Handlers) showCorrectMany(c echo.Context, status int, library store.Library, titles []store.Title, form correctionForm, list string, problems views.Problems) error {
	layout, err := h.Layout(c, "Correct titles", string(views.Libraries))
	if err != nil {
		return err
	}
	return h.Render(c, status, views.CorrectMany(views.CorrectManyPage{
		Layout: layout, Head: views.LibraryHead{Library: library, Tab: views.LibraryTitlesTab},
		Titles: titles, Back: list, Typed: form.typed(), Problems: problems,
	}))
}
