package store

import "slices"

// ratingTable is what the ratings of one country come to. The ages are those of
// the table that its body publishes. Where that names no age, as with most
// ratings that advise the guidance of parents, it is that of the same words in
// the United States: general audiences 0, parental guidance 10, adults 18.
type ratingTable struct {
	country string
	names   []string // what may stand before a rating, the code of ISO 3166-1 first; folded
	body    string   // who rates
	source  string   // where the body says so
	ages    []ratingsAt
	old     []ratingsAt // no longer given, and read otherwise where no country is named
}

// ratingsAt are the ratings that come to one age, as they are printed.
type ratingsAt struct {
	age     int
	ratings []string
}

// at is for writing tables.
func at(age int, ratings ...string) ratingsAt { return ratingsAt{age, ratings} }

// ratingTables are all the tables, the United States first.
func ratingTables() []ratingTable {
	return slices.Concat(englishTables, continentalTables, northernTables, otherTables)
}

// englishTables are the tables of countries where ratings are letters.
var englishTables = []ratingTable{{
	country: "United States", names: []string{"us", "usa", "united states", "united states of america", "mpaa", "mpa"},
	body:   "Classification and Rating Administration (films), TV Parental Guidelines Monitoring Board (TV)",
	source: "Classification and Rating Rules; The TV Parental Guidelines. The Production Code before 1968 passed films for everyone or not at all, and some of these are R today: Approved and Passed count as PG",
	ages: []ratingsAt{
		at(0, "G", "TV-Y", "TV-G", "General Audiences"), at(7, "TV-Y7", "TV-Y7-FV"), at(10, "PG", "TV-PG", "GP", "Approved", "Passed"),
		at(13, "PG-13"), at(14, "TV-14"), at(17, "R", "TV-MA", "Restricted"), at(18, "NC-17", "X"),
	},
	old: []ratingsAt{at(10, "M")},
}, {
	country: "United Kingdom", names: []string{"gb", "uk", "gbr", "united kingdom", "great britain", "england", "bbfc"},
	body: "British Board of Film Classification", source: "Classification Guidelines: U suits from four years on, PG should not unsettle a child of about eight",
	ages: []ratingsAt{at(0, "U", "Uc", "Universal"), at(8, "PG"), at(12, "12A", "12"), at(15, "15"), at(18, "18", "R18", "X")},
}, {
	country: "Ireland", names: []string{"ie", "irl", "ireland", "ifco"},
	body: "Irish Film Classification Office", source: "Classification Categories",
	ages: []ratingsAt{at(0, "G"), at(10, "PG"), at(12, "12A", "12"), at(15, "15A", "15"), at(16, "16"), at(18, "18")},
}, {
	country: "Australia", names: []string{"au", "aus", "australia", "oflc", "acb"},
	body: "Australian Classification Board", source: "Guidelines for the Classification of Films: M is not recommended under 15",
	ages: []ratingsAt{at(0, "G"), at(10, "PG"), at(15, "M", "MA15+", "MA", "AV15+", "MAV15+"), at(18, "R18+", "X18+", "R", "X")},
}, {
	country: "New Zealand", names: []string{"nz", "nzl", "new zealand"},
	body: "Classification Office", source: "New Zealand’s Classification Labels: M suits from 16 on",
	ages: []ratingsAt{at(0, "G"), at(10, "PG"), at(13, "R13", "RP13"), at(15, "R15"), at(16, "M", "R16", "RP16"), at(18, "R18", "RP18", "R")},
}, {
	country: "Canada", names: []string{"ca", "can", "canada", "ca-qc", "quebec", "québec", "chvrs"},
	body:   "provincial film boards and the Canadian Home Video Rating System, Direction du classement des films (Québec), Action Group on Violence on Television (TV)",
	source: "Canadian Home Video Rating System; Catégories de classement; Canadian Program Rating System",
	ages:   []ratingsAt{at(0, "G", "C"), at(8, "C8"), at(10, "PG"), at(13, "13+"), at(14, "14A", "14+"), at(16, "16+"), at(18, "18A", "18+", "R", "A")},
}, {
	country: "Singapore", names: []string{"sg", "sgp", "singapore", "imda"},
	body: "Infocomm Media Development Authority", source: "Film Classification Guidelines",
	ages: []ratingsAt{at(0, "G"), at(10, "PG"), at(13, "PG13"), at(16, "NC16"), at(18, "M18"), at(21, "R21")},
}, {
	country: "India", names: []string{"in", "ind", "india", "cbfc"},
	body: "Central Board of Film Certification", source: "Cinematograph (Certification) Rules, 2024; UA alone is that of 1983, for under 12 with parents",
	ages: []ratingsAt{at(0, "U"), at(7, "UA 7+"), at(12, "UA"), at(13, "UA 13+"), at(16, "UA 16+"), at(18, "A")},
}}
