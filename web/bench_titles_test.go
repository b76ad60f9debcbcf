package web_test

import (
	"fmt"
	"testing"
	"time"

	"usher/auth"
	"usher/store"
)

// benchTitles is how many titles the library of the benchmarks has.
const benchTitles = 100_000

// addTitles has a scan find films with ratings, genres and labels. With labels
// of their own, hardly two films have the same audience.
func (h *benchHouse) addTitles(b *testing.B, ownLabels int) (library int64) {
	b.Helper()
	owner := store.Console()
	library, err := h.store.AddLibrary(b.Context(), owner, store.LibraryInput{Name: "A hundred thousand films", Kind: store.KindFilms, Folders: []string{b.TempDir()}})
	if err != nil {
		b.Fatal(err)
	}
	whole, err := h.store.Library(b.Context(), library)
	if err != nil {
		b.Fatal(err)
	}
	ratings, genres := []string{"G", "PG", "R", "", "PG-13"}, []string{"Drama", "Comedy", "Action", "Horror"}
	var batch []store.Found
	for i := range benchTitles {
		f := rated(fmt.Sprintf("Word%d film %d", i%97, i), ratings[i%len(ratings)])
		f.Folder, f.Year, f.Genres = whole.Roots[0].ID, 1950+i%70, []string{genres[i%len(genres)]}
		f.Labels = []string{fmt.Sprintf("label %d", i%20)}
		for j := range ownLabels {
			f.Labels = append(f.Labels, fmt.Sprintf("own %d-%d", i, j))
		}
		if batch = append(batch, f); len(batch) == 1000 {
			if _, err := h.store.SaveFound(b.Context(), 1, batch); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	return library
}

// shelveOne has a scan find one film more.
func (h *benchHouse) shelveOne(b *testing.B, library int64, number int) {
	b.Helper()
	whole, err := h.store.Library(b.Context(), library)
	if err != nil {
		b.Fatal(err)
	}
	film := rated(fmt.Sprintf("Newcomer %d", number), "G")
	film.Folder = whole.Roots[0].ID
	if _, err := h.store.SaveFound(b.Context(), 1, []store.Found{film}); err != nil {
		b.Fatal(err)
	}
}

// as is the house as somebody sees it who has a rating limit and labels hidden.
func (h *benchHouse) as(b *testing.B) *benchHouse {
	b.Helper()
	ctx := b.Context()
	u, err := h.store.CreateUser(ctx, store.Console(), store.NewUser{Name: "Restricted", PasswordHash: goodHash(), Access: store.FullAccess()})
	if err != nil {
		b.Fatal(err)
	}
	limits := store.Limits{Restrictions: store.Restrictions{
		Rating: store.Age{Known: true, Years: 14}, HideUnrated: store.KindSet(0).With(store.KindFilms), HideLabels: []string{"label 3", "label 4"},
	}}
	if err := h.store.SetRestrictions(ctx, store.Console(), u.ID, limits); err != nil {
		b.Fatal(err)
	}
	known, err := h.store.CredentialsByID(ctx, u.ID)
	if err != nil {
		b.Fatal(err)
	}
	token, hash := auth.NewToken()
	in := store.NewSession{TokenHash: hash, UserID: u.ID, Strength: store.StrengthPassword, AtHome: true}
	if _, err := h.store.SignIn(ctx, in, store.NewDoor("", ""), known, "", 0); err != nil {
		b.Fatal(err)
	}
	other := *h
	other.token = token
	return &other
}

// BenchmarkLibraryPage measures a library of 100,000 titles, for somebody with a
// rating limit and labels hidden, against the Users page in the same rounds: 1
// is as fast. Nothing is searched for twice. "cold" is the first page after
// titles have changed, as during a scan.
func BenchmarkLibraryPage(b *testing.B) {
	for name, ownLabels := range map[string]int{"shared labels": 0, "labels of their own": 10} {
		b.Run(name, func(b *testing.B) {
			h := newBenchHouse(b, 10_000)
			library := h.addTitles(b, ownLabels)
			path := fmt.Sprintf("/libraries/%d", library)
			elsa := h.as(b)
			const each = 50
			took := make(map[string]time.Duration)
			searches, rounds := 0, 0
			search := func() (spent time.Duration) {
				for range each {
					searches++
					spent += elsa.get(b, fmt.Sprintf("%s?q=word%d+film+%d", path, searches%97, searches%1000), 1)
				}
				return spent
			}
			elsa.get(b, path, 1)
			h.get(b, "/admin/users", each)
			for b.Loop() {
				rounds++
				took["users"] += h.get(b, "/admin/users", each)
				took["page1"] += elsa.get(b, path, each)
				took["page500"] += elsa.get(b, path+"?page=500", each)
				took["search"] += search()
				h.shelveOne(b, library, rounds)
				took["cold"] += elsa.get(b, path, 1)
			}
			b.ReportMetric(0, "ns/op")
			for _, name := range []string{"page1", "page500", "search"} {
				b.ReportMetric(float64(took[name])/float64(took["users"]), name+"/users")
			}
			b.ReportMetric(float64(took["cold"].Milliseconds())/float64(rounds), "cold-cpu-ms")
		})
	}
}
