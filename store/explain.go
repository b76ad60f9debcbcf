package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rule is one of the rules that decide whether a user sees a title.
type Rule string

// The rules, in the order in which they are told.
const (
	RuleLibrary    Rule = "Library"
	RuleFiles      Rule = "Files"
	RuleRating     Rule = "Rating"
	RuleHideLabels Rule = "Labels to hide"
	RuleOnlyLabels Rule = "Labels to allow only"
	RuleInside     Rule = "What lies in it"
)

// Reason is what one rule says about a title and a user.
type Reason struct {
	Rule     Rule
	Shows    bool
	Sentence string
}

// Verdict is whether a user sees a title, and what each rule says. It shows
// where every rule lets it.
type Verdict struct {
	Shows bool
	Rules []Reason
}

// TitleFacts are the facts of a title that decide who sees it, with those of
// what it lies in.
type TitleFacts struct {
	Kind    TitleKind
	Missing bool   // its files are gone
	Rating  string // as written
	Age     Age
	RatedBy string // what it lies in, where that gives the rating; "" for its own
	Labels  []LabelFact
	Inside  []TitleFacts // what has files and lies in it, however deep
}

// LabelFact is a label of a title.
type LabelFact struct {
	Name string
	From string // what it lies in, where that gives the label; "" for its own
}

// Explain says rule by rule whether u sees a title of l. It is the definition
// of sees in words; a test holds the two equal.
func Explain(u User, l Library, t TitleFacts) Verdict {
	rules := []Reason{explainLibrary(u, l)}
	if t.Kind.Holds() {
		rules = append(rules, explainInside(u, l, t))
	} else {
		rules = append(rules, explainFiles(t), explainRating(u, l, t), explainHidden(u, t), explainAllowed(u, t))
	}
	return Verdict{!slices.ContainsFunc(rules, func(r Reason) bool { return !r.Shows }), rules}
}

func explainLibrary(u User, l Library) Reason {
	switch {
	case l.UserID == u.ID && u.ID != 0:
		return Reason{RuleLibrary, true, "It lies in " + u.Name + "’s own folder."}
	case l.UserID != 0:
		return Reason{RuleLibrary, false, "It lies in somebody else’s folder, which is open to nobody but them."}
	case u.Access.AllLibraries:
		return Reason{RuleLibrary, true, u.Name + " may watch all libraries, and so " + l.Name + "."}
	case slices.Contains(u.Access.Libraries, l.ID):
		return Reason{RuleLibrary, true, l.Name + " is among the libraries chosen for " + u.Name + "."}
	}
	return Reason{RuleLibrary, false, l.Name + " is not among the libraries chosen for " + u.Name + "."}
}

func explainFiles(t TitleFacts) Reason {
	if t.Missing {
		return Reason{RuleFiles, false, "Its files are gone from the disk, so nobody sees it until they are back."}
	}
	return Reason{RuleFiles, true, "Its files are there."}
}

func explainRating(u User, l Library, t TitleFacts) Reason {
	limit := u.Restrictions.Rating
	if !t.Age.Known {
		if u.Restrictions.HideUnrated.Has(l.Kind) {
			return Reason{RuleRating, false, "It is unrated, and in libraries of this kind " + u.Name + " sees only what is rated."}
		}
		return Reason{RuleRating, true, "It is unrated, and " + u.Name + " sees what is unrated in libraries of this kind."}
	}
	sentence := "It is rated " + t.rated() + ", and "
	if t.RatedBy != "" {
		sentence = "It has no rating of its own, but " + t.RatedBy + " is rated " + t.rated() + ", and "
	}
	if !limit.Known {
		return Reason{RuleRating, true, sentence + u.Name + " has no limit."}
	}
	return Reason{RuleRating, t.Age.Years <= limit.Years, sentence + u.Name + "’s limit is " + limit.Label() + "."}
}

// rated is the rating with the age that it comes to: “FSK 12 (12)”.
func (t TitleFacts) rated() string {
	if shown, age := ReadRating(t.Rating); age == t.Age && shown != "" {
		return shown + " (" + strconv.Itoa(age.Years) + ")"
	}
	return t.Age.Label()
}

func explainHidden(u User, t TitleFacts) Reason {
	hidden := u.Restrictions.HideLabels
	if len(hidden) == 0 {
		return Reason{RuleHideLabels, true, "No label is hidden from " + u.Name + "."}
	}
	if label, has := t.labelAmong(hidden); has {
		return Reason{RuleHideLabels, false, "It has the label " + label.told() + ", which is hidden from " + u.Name + "."}
	}
	return Reason{RuleHideLabels, true, "It has none of the labels that are hidden from " + u.Name + ": " + quoted(hidden) + "."}
}

func explainAllowed(u User, t TitleFacts) Reason {
	only := u.Restrictions.OnlyLabels
	if len(only) == 0 {
		return Reason{RuleOnlyLabels, true, u.Name + " needs no label to see it."}
	}
	if label, has := t.labelAmong(only); has {
		return Reason{RuleOnlyLabels, true, "It has the label " + label.told() + ", which " + u.Name + " may watch."}
	}
	return Reason{RuleOnlyLabels, false, u.Name + " sees only what has one of these labels, and it has none: " + quoted(only) + "."}
}

// labelAmong is a label of the title that is among these, without regard to
// case.
func (t TitleFacts) labelAmong(names []string) (LabelFact, bool) {
	keys := make(map[string]bool, len(names))
	for _, name := range names {
		keys[nameKey(name)] = true
	}
	for _, label := range t.Labels {
		if keys[nameKey(label.Name)] {
			return label, true
		}
	}
	return LabelFact{}, false
}

func (l LabelFact) told() string {
	if l.From == "" {
		return Quote(l.Name)
	}
	return Quote(l.Name) + " from " + l.From
}

// quoted names labels.
func quoted(names []string) string {
	quotes := make([]string, len(names))
	for i, name := range names {
		quotes[i] = Quote(name)
	}
	return strings.Join(quotes, ", ")
}

// explainInside says how much of what lies in a title shows, and by what the
// rest is hidden. The library is the same for all of it.
func explainInside(u User, l Library, t TitleFacts) Reason {
	hiddenBy := make(map[Rule]int)
	shown := 0
	for _, inside := range t.Inside {
		verdict := Explain(u, l, inside)
		if verdict.Shows {
			shown++
			continue
		}
		at := slices.IndexFunc(verdict.Rules, func(r Reason) bool { return !r.Shows })
		hiddenBy[verdict.Rules[at].Rule]++
	}
	sentence := fmt.Sprintf("Of %d in it, %s sees %d.", len(t.Inside), u.Name, shown)
	for _, by := range []struct {
		rule Rule
		what string
	}{{RuleFiles, "by missing files"}, {RuleRating, "by the rating"}, {RuleHideLabels, "by labels to hide"}, {RuleOnlyLabels, "for want of an allowed label"}} {
		if n := hiddenBy[by.rule]; n > 0 {
			sentence += fmt.Sprintf(" %d hidden %s.", n, by.what)
		}
	}
	return Reason{RuleInside, shown > 0, sentence}
}
