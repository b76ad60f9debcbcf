package store_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"usher/store"
)

// TestRatingTables reads every entry of every table under every name of its
// country, and again as it is shown.
func TestRatingTables(t *testing.T) {
	for _, table := range store.RatingTables() {
		for _, at := range table.Ages {
			for _, rating := range at.Ratings {
				for _, name := range table.Names {
					for _, form := range []string{name + ":" + rating, strings.ToUpper(name) + ": " + rating, name + "-" + rating, name + " " + rating} {
						if age := store.ParseRating(form); age != years(at.Age) {
							t.Errorf("%q is read as %v, want %d", form, age, at.Age)
						}
					}
					checkRating(t, name+":"+rating)
				}
			}
		}
	}
}

func TestReadRating(t *testing.T) {
	for _, test := range []struct {
		text, shown string
		age         int
	}{
		{"G", "G", 0}, {"PG", "PG", 10}, {"PG-13", "PG-13", 13}, {"R", "R", 17}, {"NC-17", "NC-17", 18},
		{"TV-Y", "TV-Y", 0}, {"TV-Y7", "TV-Y7", 7}, {"TV-G", "TV-G", 0}, {"TV-PG", "TV-PG", 10}, {"TV-14", "TV-14", 14}, {"TV-MA", "TV-MA", 17},
		{"Rated PG-13", "PG-13", 13}, {"rated r", "R", 17}, {"Rated: G", "G", 0}, {"MPAA: PG-13", "PG-13", 13}, {"MPAA Rating: R", "R", 17},
		{"US:PG-13", "PG-13", 13}, {"USA:R / UK:15", "R", 17}, {"UK:15/USA:R", "15", 15}, {"DE:12,US:PG-13", "FSK 12", 12},
		{"PG-13 for intense sequences of action, and 12 explosions", "PG-13", 13}, {"Rated R for violence / language", "R", 17},
		{"PG-13 (some language)", "PG-13", 13}, {"PG: mild peril", "PG", 10}, {"R - Restricted", "R", 17}, {"15 due to strong language", "15", 15},
		{"DE:FSK 12", "FSK 12", 12}, {"FSK-12", "FSK 12", 12}, {"fsk12", "FSK 12", 12}, {"FSK: ab 12", "FSK 12", 12}, {"ab 12", "12", 12}, {"Germany:12", "FSK 12", 12},
		{"de/12", "FSK 12", 12}, {"Freigegeben ab 16 Jahren", "16", 16}, {"DE-FSK 18", "FSK 18", 18}, {"Deutschland: Ohne Altersbeschränkung", "Ohne Altersbeschränkung", 0},
		{"TV-Y7-FV", "TV-Y7-FV", 7}, {"TV-MA-LSV", "TV-MA", 17}, {"TV-14 DLSV", "TV-14", 14}, {"TV-PG-V", "TV-PG", 10}, {"tv pg", "TV-PG", 10}, {"TVPG", "TV-PG", 10},
		{"12+", "12", 12}, {"+12", "12", 12}, {"-12", "12", 12}, {"16 years", "16", 16}, {"16 years and over", "16", 16}, {"Ages 7+", "7", 7}, {"0", "0", 0}, {"21", "21", 21},
		{"ＰＧ－１３", "PG-13", 13}, {"ＦＳＫ　１６", "FSK 16", 16}, {"  pg  –  13 ", "PG-13", 13}, {"pg_13", "PG-13", 13}, {"PG—13", "PG-13", 13}, {"Pg 13\n", "PG-13", 13},
		{"Approved", "Approved", 10}, {"Passed", "Passed", 10}, {"GP", "GP", 10}, {"X", "X", 18}, {"US:M", "US:M", 10}, {"AU:M", "AU:M", 15}, {"M", "M", 16}, {"NZ:M", "M", 16},
		{"UK:PG", "GB:PG", 8}, {"BBFC PG", "GB:PG", 8}, {"GB:12A", "12A", 12}, {"12A", "12A", 12}, {"R18", "R18", 18}, {"U", "U", 0},
		{"Btl", "Btl", 0}, {"Från 11 år", "11", 11}, {"Sverige: Barntillåten", "Barntillåten", 0}, {"NO:A", "NO:A", 0}, {"A", "A", 18}, {"IN:UA 13+", "UA 13+", 13}, {"U/A", "UA", 12},
		{"M/12", "M/12", 12}, {"PT:M/6", "M/6", 6}, {"A/i", "A/i", 0}, {"TP", "TP", 0}, {"Tous publics", "Tous publics", 0}, {"Interdit aux moins de 12 ans", "12", 12},
		{"No recomendada para menores de 16 años", "16", 16}, {"Não recomendado para menores de 14 anos", "14", 14}, {"A14", "A14", 14}, {"Livre", "Livre", 0},
		{"MA 15+", "MA15+", 15}, {"Rated MA15+", "MA15+", 15}, {"R18+", "R18", 18}, {"AU:R", "AU:R", 18}, {"CA-QC:13+", "13+", 13}, {"CA:18A", "18A", 18}, {"14A", "14A", 14},
		{"PG12", "PG12", 12}, {"JP:R15+", "R15+", 15}, {"한국: 청소년 관람불가", "청소년관람불가", 18}, {"SG:R21", "R21", 21}, {"VM14", "VM14", 14}, {"FI:K-16", "K-16", 16},
		{"NR / UK:15", "15", 15}, {"Not Rated, DE:16", "FSK 16", 16}, {"US:NR|NL:9", "9", 9}, {"nonsense; PG", "PG", 10}, {"UK:15\nUS:R", "15", 15},
	} {
		shown, age := store.ReadRating(test.text)
		if age != years(test.age) {
			t.Errorf("%q is read as %v, want %d", test.text, age, test.age)
		} else if shown != test.shown {
			t.Errorf("%q is shown as %q, want %q", test.text, shown, test.shown)
		}
	}
}

func TestWhatIsNoRating(t *testing.T) {
	for _, text := range []string{
		"", " ", "NR", "Not Rated", "Rated NR", "not-rated", "Unrated", "UR", "N/A", "none", "E", "Exempt", "US:NR", "Rated", "DE", "FSK", "FSK:", "99", "22", "1998", "7.5", "7/10", "12.5",
		"-", "/", "//", "://", "rated for", "for everyone", "ab", "ab zwölf", "TV", "TV-", "a lovely film", "PG and a half", "NO rating", "IT: a clown", "16 candles", "6-12", "\x00", "\xff\xfe",
		strings.Repeat("de:", 1000), strings.Repeat("/", 1000), strings.Repeat("a ", 1000) + "PG",
	} {
		if shown, age := store.ReadRating(text); age.Known {
			t.Errorf("%q is read as %v (%q), want unrated", text, age, shown)
		}
	}
}

func TestLevelsAndPresets(t *testing.T) {
	last := -1
	for _, level := range store.Levels() {
		if !level.Age.Known {
			last = store.MaxAge + 1
			continue
		}
		if level.Age.Years <= last {
			t.Errorf("%s comes after a higher one", level.Label())
		}
		last = level.Age.Years
		for rating := range strings.SplitSeq(level.Holds, ", ") {
			if age := store.ParseRating(rating); age != level.Age {
				t.Errorf("%s names %q, which is read as %v", level.Label(), rating, age)
			}
		}
		if again := store.ParseRating(level.Label()); again != level.Age {
			t.Errorf("%q is read as %v", level.Label(), again)
		}
		if again, ok := store.AgeOfValue(level.Age.Value()); !ok || again != level.Age {
			t.Errorf("%q is the value of %v", level.Age.Value(), again)
		}
	}
	if last != store.MaxAge+1 {
		t.Error("no limit does not come last")
	}
	for _, p := range store.Presets() {
		r := p.Set(store.Restrictions{NoAway: true})
		if again, ok := store.PresetOf(r); !ok || again.Key != p.Key || !r.NoAway {
			t.Errorf("%s sets %+v", p.Name, r)
		}
	}
	for _, rating := range store.CommonRatings() {
		if !store.ParseRating(rating).Known && rating != "Not rated" {
			t.Errorf("%q is suggested and cannot be read", rating)
		}
	}
}

// TestPresetsAsPromised holds the presets to the ratings that the product names.
func TestPresetsAsPromised(t *testing.T) {
	ratings := []string{"G", "TV-Y", "TV-G", "TV-Y7", "PG", "TV-PG", "PG-13", "TV-14", "R", "TV-MA", "NC-17"}
	through := map[string]int{"Younger child": 3, "Older child": 6, "Teenager": 8}
	for _, p := range store.Presets() {
		for i, rating := range ratings {
			most, limited := through[p.Name]
			passes := !p.Rating.Known || store.ParseRating(rating).Years <= p.Rating.Years
			if want := !limited || i < most; passes != want {
				t.Errorf("%s lets %s through: %v, want %v", p.Name, rating, passes, want)
			}
		}
	}
}

func TestEveryTextHasAnAge(t *testing.T) {
	var printed []string
	for _, table := range store.RatingTables() {
		printed = append(printed, table.Names...)
		for _, at := range table.Ages {
			printed = append(printed, at.Ratings...)
		}
	}
	part := rapid.OneOf(rapid.SampledFrom(printed), rapid.SampledFrom([]string{":", "/", " / ", ", ", " ", "-", "Rated ", " for ", "12", "+", "(", "NR"}), rapid.StringN(0, 4, 8))
	rapid.Check(t, func(t *rapid.T) {
		checkRating(t, strings.Join(rapid.SliceOfN(part, 0, 6).Draw(t, "parts"), ""))
	})
}

func FuzzReadRating(f *testing.F) {
	for _, text := range []string{"Rated PG-13 for …", "DE:FSK 12", "USA:R / UK:15", "ab 12", "M/12", "TV-MA-LSV", "ＰＧ－１３", "한국: 12세 이상 관람가", "N/A", "de:de:12", "\xff", "½"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkRating(t, text) })
}

// checkRating holds that an age is on the scale, and that what is shown is read
// as what it stands for.
func checkRating(t interface{ Fatalf(string, ...any) }, text string) {
	shown, age := store.ReadRating(text)
	if age.Years < 0 || age.Years > store.MaxAge || !age.Known && age.Years != 0 {
		t.Fatalf("%q comes to %v", text, age)
	}
	if again := store.ParseRating(shown); again != age {
		t.Fatalf("%q is shown as %q, which is read as %v rather than %v", text, shown, again, age)
	}
}

// years is the age of so many years.
func years(n int) store.Age { return store.Age{Known: true, Years: n} }
