package views

import (
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

// TitleDeskPage is where administrators look after one title.
type TitleDeskPage struct {
	Layout   ui.Layout
	Record   store.TitleRecord
	Typed    TypedCorrection
	Problems Problems
	Now      time.Time
}

// TypedOf is the form of a title with what is saved.
func TypedOf(t store.Title) TypedCorrection {
	return TypedCorrection{Name: t.Name, Year: yearText(t.Year), Rating: t.Rating, Labels: strings.Join(t.Labels, "\n")}
}

// lists is the library's list in which the title stands.
func (p TitleDeskPage) lists() (href, label string) {
	return ShelfAddress(store.ShelfQuery{Library: p.Record.Library, Kind: p.Record.Kind}), p.Record.Library.Name
}

// line is what stands below the name.
func (p TitleDeskPage) line() string {
	names := []string{p.Record.Kind.Label()}
	for _, above := range p.Record.Above {
		names = append(names, above.Name)
	}
	return strings.Join(names, " · ")
}

// field is one of the facts, with what the disk says beside it.
func (p TitleDeskPage) field(name, label, value, found string) ui.FieldProps {
	if found == "" {
		found = "none"
	}
	return ui.FieldProps{Name: name, Label: label, Value: value, Error: p.Problems.At(name), Help: "The disk says: " + found + ".", Autocomplete: "off"}
}

func (p TitleDeskPage) name() ui.FieldProps {
	f := p.field("name", "Name", p.Typed.Name, p.Record.FoundName)
	f.Required = true
	return f
}

func (p TitleDeskPage) year() ui.FieldProps {
	f := p.field("year", "Year", p.Typed.Year, yearText(p.Record.FoundYear))
	f.InputMode = "numeric"
	return f
}

func (p TitleDeskPage) rating() ui.FieldProps {
	f := p.field("rating", "Rating", p.Typed.Rating, p.Record.FoundRating)
	f.Help += " " + p.counts() + " Write it as on the cover, such as PG-13, FSK 12 or 15."
	return f
}

func (p TitleDeskPage) labels() ui.FieldProps {
	f := p.field("labels", "Labels", p.Typed.Labels, ui.Names(p.Record.FoundLabels, 0))
	f.Help = "One on each line. " + f.Help
	return f
}

// counts says what the saved rating counts as.
func (p TitleDeskPage) counts() string {
	r := p.Record
	switch {
	case r.Rating != "" && !r.Age.Known && !r.Counts.Known:
		return "“" + r.Rating + "” cannot be read, so the title counts as unrated."
	case !r.Counts.Known:
		return "Without a rating it counts as unrated."
	case !r.Age.Known:
		return "Without a rating of its own it counts as " + r.Counts.Label() + ", as what it lies in."
	}
	return "“" + r.Rating + "” counts as " + r.Counts.Label() + "."
}

// passes says whom a correction counts for besides, "" for nobody.
func (p TitleDeskPage) passes() string {
	if !p.Record.Kind.Holds() {
		return ""
	}
	return "Its labels count for all that lies in it, and its rating for what has none of its own."
}

// corrected are the facts that differ from the disk, by their names in forms.
func (p TitleDeskPage) corrected() map[string]bool {
	c := p.Record.Corrected
	return map[string]bool{"name": c.Name, "year": c.Year, "rating": c.Rating, "labels": c.Labels}
}

// more says how much of what lies in a title is not listed.
func (p TitleDeskPage) more() string {
	left := p.Record.InsideAll - len(p.Record.Inside)
	if left <= 0 {
		return ""
	}
	return "And " + strconv.Itoa(left) + " more."
}

// within is t as it is listed on the page of what holds it, which need not be
// named again.
func within(t store.ShelfTitle) store.ShelfTitle {
	t.In = ""
	return t
}

// fileLine says when a file was changed last, or that it is gone.
func fileLine(f store.TitleFile, now time.Time) string {
	if !f.MissingAt.IsZero() {
		return "Gone since " + inSentence(ui.When(f.MissingAt, now)) + ". The title is kept for 30 days, and is seen again when the file is back."
	}
	return "Changed " + inSentence(ui.When(f.Modified, now))
}
