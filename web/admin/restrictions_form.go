package admin

import (
	"encoding/csv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// restrictionsForm is what the fields of restrictions send, in whatever form
// they stand. Without the field restrictions they were not on the form at all,
// and nothing is limited.
type restrictionsForm struct {
	Restrictions string   `form:"restrictions"`
	Rating       string   `form:"rating"`  // an age, "" for no limit
	Unrated      []string `form:"unrated"` // the kinds of library of which what is unrated shows
	HideLabels   string   `form:"hide_labels"`
	OnlyLabels   string   `form:"only_labels"`
	Downloads    string   `form:"downloads"`
	UseChannels  string   `form:"use_channels"`
	Away         string   `form:"away"`
	Streams      string   `form:"streams"`
	Monday       string   `form:"hours_mon"`
	Tuesday      string   `form:"hours_tue"`
	Wednesday    string   `form:"hours_wed"`
	Thursday     string   `form:"hours_thu"`
	Friday       string   `form:"hours_fri"`
	Saturday     string   `form:"hours_sat"`
	Sunday       string   `form:"hours_sun"`
	TimeZone     string   `form:"time_zone"`

	Preset string `form:"preset"` // a button: fill the form with it, and save nothing
	Show   string `form:"show"`   // a button: show what stays visible, and save nothing
}

// restrictionsFormOf is the form with what holds now.
func restrictionsFormOf(r store.Restrictions) restrictionsForm {
	tick := func(is bool) string {
		if is {
			return "on"
		}
		return ""
	}
	f := restrictionsForm{
		Restrictions: "on", Rating: r.Rating.Value(), HideLabels: labelText(r.HideLabels), OnlyLabels: labelText(r.OnlyLabels),
		Downloads: tick(!r.NoDownloads), UseChannels: tick(!r.NoChannels), Away: tick(!r.NoAway), TimeZone: r.TimeZone,
	}
	for _, kind := range (store.AllKinds &^ r.HideUnrated).Kinds() {
		f.Unrated = append(f.Unrated, string(kind))
	}
	if r.Streams > 0 {
		f.Streams = strconv.Itoa(r.Streams)
	}
	f.setWeek(r.Hours.Text())
	return f
}

func (f restrictionsForm) week() store.WeekText {
	return store.WeekText{f.Monday, f.Tuesday, f.Wednesday, f.Thursday, f.Friday, f.Saturday, f.Sunday}
}

func (f *restrictionsForm) setWeek(w store.WeekText) {
	f.Monday, f.Tuesday, f.Wednesday, f.Thursday, f.Friday, f.Saturday, f.Sunday = w[0], w[1], w[2], w[3], w[4], w[5], w[6]
}

// keep puts the fields into values, as they are read again.
func (f restrictionsForm) keep(values url.Values) {
	if f.Restrictions == "" {
		return
	}
	for name, value := range map[string]string{
		"restrictions": f.Restrictions, "rating": f.Rating, "hide_labels": f.HideLabels, "only_labels": f.OnlyLabels, "downloads": f.Downloads,
		"use_channels": f.UseChannels, "away": f.Away, "streams": f.Streams, "time_zone": f.TimeZone,
	} {
		values.Set(name, value)
	}
	values["unrated"] = f.Unrated
	for day, text := range f.week() {
		values.Set(views.HoursField(day), text)
	}
}

// unsaved says whether a button was pressed that saves nothing.
func (f restrictionsForm) unsaved() bool { return f.Preset != "" || f.Show != "" }

// filled is the form as its buttons leave it: with the preset in it, or empty
// of restrictions where the fields were not there.
func (f restrictionsForm) filled() restrictionsForm {
	if f.Restrictions == "" {
		return restrictionsFormOf(store.Restrictions{})
	}
	if preset, known := store.PresetWith(f.Preset); known {
		set := restrictionsFormOf(preset.Set(store.Restrictions{}))
		f.Rating, f.Unrated = set.Rating, set.Unrated
	}
	return f
}

// restrictions are those of the form, with what cannot be read.
func (f restrictionsForm) restrictions() (r store.Restrictions, problems []store.Problem) {
	if f.Restrictions == "" {
		return r, nil
	}
	var bad store.Invalid
	var known bool
	if r.Rating, known = store.AgeOfValue(f.Rating); !known {
		bad.Add("rating", "Choose one of the ratings, or no limit.")
	}
	r.HideUnrated = store.AllKinds
	for _, kind := range f.Unrated {
		r.HideUnrated = r.HideUnrated.Without(store.LibraryKind(kind))
	}
	r.HideLabels, r.OnlyLabels = labelsOf(f.HideLabels), labelsOf(f.OnlyLabels)
	r.NoDownloads, r.NoChannels, r.NoAway = !page.Checked(f.Downloads), !page.Checked(f.UseChannels), !page.Checked(f.Away)
	if typed := strings.TrimSpace(f.Streams); typed != "" {
		streams, err := strconv.Atoi(typed)
		if err != nil || streams == 0 {
			streams = -1 // the store says what to type
		}
		r.Streams = streams
	}
	var messages store.WeekText
	r.Hours, messages = store.ParseWeek(f.week())
	for day, message := range messages {
		bad.Add(views.HoursField(day), message)
	}
	r.TimeZone = f.TimeZone
	return r, bad.Problems
}

// limits are the restrictions of the form with an end of access, and with what
// is wrong with either. An end that is on the screen already leaves u's as it is.
func (f restrictionsForm) limits(ends string, u store.User) (l store.Limits, problems []store.Problem) {
	l.Restrictions, problems = f.restrictions()
	end, wrong := endsAt(ends, u)
	l.EndsAt = end
	return l, append(problems, wrong...)
}

// labelsOf are labels with commas between them; one that has a comma of its own
// stands in quotation marks, as in a CSV file (RFC 4180).
func labelsOf(typed string) []string {
	r := csv.NewReader(strings.NewReader(typed))
	r.LazyQuotes, r.TrimLeadingSpace, r.FieldsPerRecord = true, true, -1
	records, err := r.ReadAll()
	if err != nil { // a quotation mark that is never closed
		return strings.Split(typed, ",")
	}
	return slices.Concat(records...)
}

// labelText is labels as labelsOf reads them.
func labelText(labels []string) string {
	texts := make([]string, len(labels))
	for i, label := range labels {
		if strings.ContainsAny(label, `,"`) {
			label = `"` + strings.ReplaceAll(label, `"`, `""`) + `"`
		}
		texts[i] = label
	}
	return strings.Join(texts, ", ")
}

// preset is the key of the preset that the form comes to, "" for none.
func (f restrictionsForm) preset() string {
	r, _ := f.restrictions()
	p, _ := store.PresetOf(r)
	return p.Key
}

// fields are the form's fields as a page shows them.
func (f restrictionsForm) fields(problems []store.Problem) views.RestrictionFields {
	return views.RestrictionFields{
		Rating: f.Rating, Unrated: f.Unrated, HideLabels: f.HideLabels, OnlyLabels: f.OnlyLabels,
		Downloads: page.Checked(f.Downloads), UseChannels: page.Checked(f.UseChannels), Away: page.Checked(f.Away),
		Streams: f.Streams, Hours: f.week(), TimeZone: f.TimeZone, Preset: f.preset(), Problems: problems,
	}
}
