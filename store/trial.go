package store

// Sight is what decides which titles somebody sees.
type Sight struct {
	Access       Access
	Restrictions Restrictions
}

// Sight is u's as it is now.
func (u User) Sight() Sight { return Sight{u.Access, u.Restrictions} }

// clean leaves of the restrictions what decides about titles, cleaned; what is
// wrong with it goes to problems.
func (s Sight) clean(problems *Invalid) Sight {
	r := s.Restrictions
	s.Restrictions = checkRestrictions(Restrictions{Rating: r.Rating, HideUnrated: r.HideUnrated, HideLabels: r.HideLabels, OnlyLabels: r.OnlyLabels}, problems)
	return s
}

// Trial is what would come of a change of somebody's sight.
type Trial struct {
	Libraries []Remaining // that would be open, in their order
	Gone      []Glimpse   // a few of what would no longer be seen
	New       []Glimpse   // a few of what would be seen besides
}

// Remaining is how much of a library would be seen.
type Remaining struct {
	Library
	All, Visible int // titles with files
}

// Glimpse names titles of which one, or all that lie in one series or album,
// would be seen or hidden.
type Glimpse struct {
	Name  string // of the one title, or of what they lie in
	Count int    // how many of them
}

// MaxGlimpses is how many of those that come and go are named.
const MaxGlimpses = 3
