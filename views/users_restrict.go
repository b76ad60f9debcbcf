package views

import (
	"strings"

	"usher/store"
	"usher/views/ui"
)

// Selected are the users whom a page is about that does something to several.
type Selected struct {
	Users []store.User
	Back  string // the address to return to
}

// list is what the list is called that the way back leads to.
func (s Selected) list() string {
	if strings.HasPrefix(s.Back, ListPath(store.ListGuests)) {
		return "Guests"
	}
	return "Users"
}

func (s Selected) people() string { return People(s.Users, fewPeople) }

func (s Selected) button() string {
	return "Save for " + ui.CountOf(len(s.Users), "person", "people")
}

// ByRating is chosen in the place of a preset where a highest rating is.
const ByRating = "rating"

// RestrictSeveralPage asks up to which rating several users see.
type RestrictSeveralPage struct {
	Layout ui.Layout
	Selected
	Preset   string // the key of one, or ByRating; "" for none yet
	Rating   string // an age, "" for no limit
	Problems Problems
}

func (p RestrictSeveralPage) choice(preset store.Preset) ui.CheckProps {
	return ui.CheckProps{Name: "preset", Value: preset.Key, Label: preset.Name, Help: ui.Capital(preset.Holds) + ".", Radio: true, Checked: p.Preset == preset.Key}
}

func (p RestrictSeveralPage) byRating() ui.CheckProps {
	return ui.CheckProps{
		Name: "preset", Value: ByRating, Label: "A highest rating", Help: "What is unrated stays shown or hidden as it is for each of them.",
		Radio: true, Checked: p.Preset == ByRating, Shows: "by-rating",
	}
}

func (p RestrictSeveralPage) ratings() ui.SelectProps {
	return ui.SelectProps{Name: "rating", Label: "Highest rating", Value: p.Rating, Error: p.Problems.At("rating"), Options: levels(p.Rating)}
}
