package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// RestrictionFields are the part of a form that restricts somebody, with what
// was typed.
type RestrictionFields struct {
	Rating                       string   // an age, "" for no limit
	Unrated                      []string // the kinds of library of which what is unrated shows
	HideLabels, OnlyLabels       string
	Downloads, UseChannels, Away bool
	Streams                      string
	Hours                        store.WeekText
	TimeZone                     string
	Problems                     Problems

	Preset     string // the key of the preset that this comes to, "" for none
	UserID     int64  // 0 for somebody new
	WithAccess bool   // the choice of libraries stands on the same form
	Labels     []string
	Zone       string // the server's own time zone
	Trial      RestrictionTrial
	Open       bool // not folded away, where they can be
}

// TryPath is where a form is asked what would stay visible.
const TryPath = "/admin/users/restrictions/try"

var hoursFields = [...]string{"hours_mon", "hours_tue", "hours_wed", "hours_thu", "hours_fri", "hours_sat", "hours_sun"}

// HoursField is the name of the field with the hours of a day, 0 for Monday.
func HoursField(day int) string { return hoursFields[day] }

// dayName is the name of a day, 0 for Monday.
func dayName(day int) string { return time.Weekday((day + 1) % 7).String() }

// Wrong says whether something is wrong with one of the fields.
func (f RestrictionFields) Wrong() bool {
	names := append([]string{"rating", "hide_labels", "only_labels", "streams", "time_zone", "ends"}, hoursFields[:]...)
	return slices.ContainsFunc(f.Problems, func(p store.Problem) bool { return slices.Contains(names, p.Field) })
}

// levels are the steps of the highest rating, with the one that is chosen.
func levels(chosen string) []ui.Option {
	options := []ui.Option{{Value: "", Label: "No limit"}}
	for _, level := range store.Levels() {
		if level.Age.Known {
			options = append(options, ui.Option{Value: level.Age.Value(), Label: ui.Capital(level.Label()) + ": " + level.Holds})
		}
	}
	known := slices.ContainsFunc(options, func(o ui.Option) bool { return o.Value == chosen })
	if age, ok := store.AgeOfValue(chosen); ok && !known {
		options = append(options, ui.Option{Value: chosen, Label: age.Label()})
	}
	return options
}

func (f RestrictionFields) unrated() []ui.Tick {
	var ticks []ui.Tick
	for _, kind := range store.LibraryKinds() {
		ticks = append(ticks, ui.Tick{Value: string(kind), Label: kind.Label(), Ticked: slices.Contains(f.Unrated, string(kind))})
	}
	return ticks
}

// presetUnrated are the kinds whose unrated titles a preset shows, for the
// script.
func presetUnrated(p store.Preset) string {
	var kinds []string
	for _, kind := range (store.AllKinds &^ p.HideUnrated).Kinds() {
		kinds = append(kinds, string(kind))
	}
	return strings.Join(kinds, " ")
}

func (f RestrictionFields) labelHelp() string {
	if len(f.Labels) == 0 {
		return "With commas between them. Labels come from the tags of NFO files and from administrators."
	}
	return "With commas between them. There are: " + strings.Join(f.Labels, ", ") + "."
}

func (f RestrictionFields) zoneHelp() string {
	return "In which the hours count, such as Europe/Stockholm. Left empty, it is the server’s: " + f.Zone + "."
}

func (f RestrictionFields) hoursField(day int) ui.FieldProps {
	return ui.FieldProps{Name: HoursField(day), Label: dayName(day), Value: f.Hours[day], Error: f.Problems.At(HoursField(day)), Autocomplete: "off"}
}

// RestrictionTrial says how much somebody would see.
type RestrictionTrial struct {
	store.Trial
	Problem string // why it cannot be said
	Words   string // what the restrictions come to
}

// remains says how much of a library stays visible.
func remains(r store.Remaining) string {
	if r.All == 0 {
		return "no titles yet"
	}
	return ui.Number(r.Visible) + " of " + ui.Number(r.All)
}

func remainsOf(r store.Remaining) string {
	if r.UserID != 0 {
		return "Personal folder"
	}
	return r.Name
}

// glimpsed lists titles that come or go.
func glimpsed(titles []store.Glimpse) string {
	names := make([]string, len(titles))
	for i, title := range titles {
		names[i] = "“" + title.Name + "”"
		if title.Count > 1 {
			names[i] += " (" + strconv.Itoa(title.Count) + ")"
		}
	}
	return ui.Names(names, 0)
}

// RestrictionWords are what limits somebody, in one line that begins with a
// capital: “Up to PG · no downloads”.
func RestrictionWords(l store.Limits, zone *time.Location) string {
	words := l.Words()
	if !l.EndsAt.IsZero() {
		words = append(words, "until "+day(l.EndsAt.Add(-time.Millisecond).In(zone)))
	}
	if len(words) == 0 {
		return "No restrictions"
	}
	return ui.Capital(strings.Join(words, " · "))
}
