package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// restrictSelected asks up to which rating the users see, then has it so. Their
// other restrictions stay.
func (h *Handlers) restrictSelected(c echo.Context, form selectionForm, users []store.User) error {
	actor, back := page.From(c).Actor(), backToList(form.Back, usersPath)
	if err := actor.Refusal(users, store.Actor.MayRestrict); err != nil {
		return err
	}
	if !page.Checked(form.Confirmed) {
		common, _ := commonPreset(users)
		form.Preset = common.Key
		return h.showRestrictSelected(c, http.StatusOK, form, users, nil)
	}
	change, problems := form.ratingChange()
	if len(problems) > 0 {
		return h.showRestrictSelected(c, http.StatusUnprocessableEntity, form, users, problems)
	}
	if err := h.Store.Restrict(c.Request().Context(), actor, change, form.ids()...); err != nil {
		return err
	}
	return h.Done(c, back, "What "+people(users)+" may watch is saved. It counts at once.")
}

func (h *Handlers) showRestrictSelected(c echo.Context, status int, form selectionForm, users []store.User, problems []store.Problem) error {
	layout, err := h.Layout(c, "Restrict", section(users...))
	if err != nil {
		return err
	}
	return h.Render(c, status, views.RestrictSeveral(views.RestrictSeveralPage{
		Layout: layout, Selected: views.Selected{Users: users, Back: backToList(form.Back, usersPath)},
		Preset: form.Preset, Rating: form.Rating, Problems: problems,
	}))
}

// ratingChange is what the form does to restrictions: it sets a preset, or the
// highest rating alone.
func (f selectionForm) ratingChange() (change func(store.Restrictions) store.Restrictions, problems []store.Problem) {
	if preset, known := store.PresetWith(f.Preset); known {
		return preset.Set, nil
	}
	if f.Preset != views.ByRating {
		return nil, []store.Problem{{Field: "preset", Message: "Choose a preset, or a highest rating."}}
	}
	rating, known := store.AgeOfValue(f.Rating)
	if !known {
		return nil, []store.Problem{{Field: "rating", Message: "Choose one of the ratings, or no limit."}}
	}
	return func(r store.Restrictions) store.Restrictions {
		r.Rating = rating
		return r
	}, nil
}

// commonPreset is the preset that fits all of the users, if there is one.
func commonPreset(users []store.User) (store.Preset, bool) {
	preset, fits := store.PresetOf(users[0].Restrictions)
	for _, u := range users[1:] {
		other, too := store.PresetOf(u.Restrictions)
		fits = fits && too && other == preset
	}
	if !fits {
		return store.Preset{}, false
	}
	return preset, true
}
