package store

// Level is a step of what a form offers as the highest rating.
type Level struct {
	Age   Age
	Holds string // ratings that come to just this age
}

// Label is the step as a form shows it.
func (l Level) Label() string {
	if !l.Age.Known {
		return "No limit"
	}
	return l.Age.Label()
}

// Levels are the steps of the highest rating, from the lowest to no limit.
func Levels() []Level {
	return []Level{
		{years(0), "G, TV-Y, TV-G, U, FSK 0"},
		{years(6), "FSK 6, Kijkwijzer 6, M/6"},
		{years(7), "TV-Y7, UA 7+, K-7"},
		{years(8), "BBFC PG, C8"},
		{years(9), "Kijkwijzer 9"},
		{years(10), "PG, TV-PG, A10"},
		{years(11), "Sweden 11"},
		{years(12), "12A, FSK 12, PG12"},
		{years(13), "PG-13, R13"},
		{years(14), "TV-14, 14A, VM14"},
		{years(15), "BBFC 15, MA15+, R15+"},
		{years(16), "FSK 16, NC16, R16"},
		{years(17), "R, TV-MA"},
		{years(18), "NC-17, FSK 18, R18+"},
		{Age{}, "every rating"},
	}
}

// years is the age of so many years.
func years(n int) Age { return Age{Known: true, Years: n} }

// Preset is a highest rating under a name that parents know. It sets the whole
// of what restrictions say about ratings, and leaves the rest of them alone.
type Preset struct {
	Key         string // in forms
	Name        string
	Holds       string // what it lets through, in words
	Rating      Age
	HideUnrated KindSet
}

// Presets are the presets, the strictest first, and no limit last. What is
// unrated among films and series might be anything, and stays hidden from
// children; music, photos and home videos are hardly ever rated.
func Presets() []Preset {
	screened := KindSet(0).With(KindFilms).With(KindSeries)
	return []Preset{
		{"younger-child", "Younger child", "G, TV-Y and TV-G, or up to 6 years", years(6), screened},
		{"older-child", "Older child", "adds TV-Y7, PG and TV-PG, or up to 10 years", years(10), screened},
		{"teenager", "Teenager", "adds PG-13 and TV-14, or up to 14 years", years(14), screened},
		{"none", "None", "everything, rated or not", Age{}, 0},
	}
}

// Set is r with what the preset says about ratings.
func (p Preset) Set(r Restrictions) Restrictions {
	r.Rating, r.HideUnrated = p.Rating, p.HideUnrated
	return r
}

// PresetWith is the preset with this key. It is false where there is none.
func PresetWith(key string) (Preset, bool) {
	for _, p := range Presets() {
		if p.Key == key {
			return p, true
		}
	}
	return Preset{}, false
}

// PresetOf is the preset that says the same about ratings as r. It is false
// where none does.
func PresetOf(r Restrictions) (Preset, bool) {
	for _, p := range Presets() {
		if p.Rating == r.Rating && p.HideUnrated == r.HideUnrated {
			return p, true
		}
	}
	return Preset{}, false
}

// CommonRatings are ratings to suggest where one is typed.
func CommonRatings() []string {
	return []string{
		"G", "PG", "PG-13", "R", "NC-17", "TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA",
		"U", "GB:PG", "12A", "15", "18", "FSK 0", "FSK 6", "FSK 12", "FSK 16", "FSK 18", "Not rated",
	}
}
