package format

// Answer is whether browsers play something.
type Answer int

// The answers, from the one that counts least among several.
const (
	Usual   Answer = iota + 1 // the browsers that people use play it
	Unknown                   // nobody can tell before trying
	Depends                   // on the browser, which is to be asked
	Nowhere                   // no browser plays it
)

// Verdict is what can be said of a file before a browser tries it.
type Verdict struct {
	Answer Answer
	Why    string // a sentence, where the answer is Depends or Nowhere
}

// Verdict says whether browsers play the file.
func (f Format) Verdict() Verdict {
	if f.Container == "" {
		return Verdict{Answer: Unknown}
	}
	worst := Verdict{f.plays, f.inWords()}
	tracks := f.played()
	for _, track := range tracks {
		if track.plays > worst.Answer {
			worst = Verdict{track.plays, track.inWords()}
		}
	}
	if worst.Answer == Usual && len(tracks) == 0 && !f.Still {
		return Verdict{Answer: Unknown}
	}
	return worst
}

func (f Format) inWords() string {
	does := "play"
	if f.Still {
		does = "show"
	}
	switch f.plays {
	case Nowhere:
		return "No browser " + does + "s " + f.Container + " files."
	case Depends:
		return "Only some browsers " + does + " " + f.Container + " files."
	case Usual, Unknown:
	}
	return ""
}

func (t Track) inWords() string {
	what := "The picture"
	if t.Kind == Sound {
		what = "The sound"
	}
	switch {
	case t.Name == locked:
		return what + " is locked by whoever sold it, so that no browser plays it."
	case t.plays == Nowhere:
		return what + " is in " + t.Name + ", which no browser plays."
	case t.plays == Depends:
		return what + " is in " + t.Name + ", which only some browsers play."
	}
	return ""
}
