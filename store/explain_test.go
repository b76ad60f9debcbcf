package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"usher/store"
)

// cinema is made-up libraries, and users who see more or less of them.
type cinema struct {
	*store.Store
	ctx       context.Context
	owner     store.Actor
	users     []store.User
	libraries []store.Library
	files     int
}

var (
	someLabels   = []string{"grim", "calm", "Christmas"}
	someRatings  = []string{"", "", "G", "PG", "TV-14", "R", "FSK 12", "made up"}
	someAges     = []store.Age{{}, {}, {Known: true}, {Known: true, Years: 10}, {Known: true, Years: 13}, {Known: true, Years: 18}}
	cinemaKinds  = []store.LibraryKind{store.KindFilms, store.KindSeries, store.KindMusic}
	cinemaPeople = 12
)

// TestSeesAsExplained holds the SQL that decides what a user sees and the
// explanation of it equal, wherever it is asked: in lists and their counts, in a
// search, for one title, for its poster, and for who sees it.
func TestSeesAsExplained(t *testing.T) {
	file := emptyCinema(t)
	untilCases(t, 10_000, func(t *rapid.T) int {
		c := newCinema(context.Background(), t, file)
		c.fill(t)
		c.correct(t)
		c.restrict(t)
		return c.agree(t)
	})
}

// untilCases makes cases up until there are as many as wanted: look answers how
// many it has looked at.
func untilCases(t *testing.T, want int, look func(*rapid.T) int) {
	t.Helper()
	cases, failed := 0, false
	rapid.Check(t, func(t *rapid.T) {
		if cases >= want && !failed { // a failure is run again, to find a small one
			return
		}
		defer func() { failed = failed || t.Failed() }()
		cases += look(t)
	})
	if cases < want && !testing.Short() {
		t.Errorf("only %d cases were looked at, want %d", cases, want)
	}
}

// emptyCinema is the file of a database with users, and with libraries of every
// kind, one of them somebody's own folder.
func emptyCinema(t *testing.T) []byte {
	t.Helper()
	h := newHome(t)
	for i := range cinemaPeople {
		h.add(fmt.Sprintf("Person %d", i), "")
	}
	for _, kind := range cinemaKinds {
		h.addLibrary(kind.Label(), kind)
	}
	h.must(h.SetPersonalFolder(h.ctx, h.mara(), h.owner.ID+1, store.PersonalFolderInput{Kind: store.KindPhotos, Path: "/srv/own"}))
	h.must(h.Close())
	file, err := os.ReadFile(filepath.Join(h.folder, store.FileName))
	h.must(err)
	return file
}

func newCinema(ctx context.Context, t *rapid.T, file []byte) *cinema {
	folder, err := os.MkdirTemp("", "usher-cinema")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	must(t, os.WriteFile(filepath.Join(folder, store.FileName), file, 0o600))
	c := &cinema{ctx: ctx}
	c.Store, err = store.Open(ctx, folder)
	must(t, err)
	t.Cleanup(func() { _ = c.Close() })
	page, err := c.Users(ctx, store.UserQuery{})
	must(t, err)
	c.owner, c.users = actor(page.Users[0]), page.Users[1:]
	c.libraries, err = c.Libraries(ctx)
	must(t, err)
	own, err := c.PersonalFolder(ctx, c.users[0].ID)
	must(t, err)
	c.libraries = append(slices.Clone(c.libraries), own)
	return c
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill has a scan find titles.
func (c *cinema) fill(t *rapid.T) {
	var found []store.Found
	for range 6 {
		found = append(found, c.one(t, 0, store.TitleFilm))
	}
	for range 2 {
		series := c.holder(t, store.TitleSeries)
		for range 2 {
			season := c.holder(t, store.TitleSeason)
			found = append(found, c.one(t, 1, store.TitleEpisode, series, season), c.one(t, 1, store.TitleEpisode, series, season))
		}
		artist, album := c.holder(t, store.TitleArtist), c.holder(t, store.TitleAlbum)
		found = append(found, c.one(t, 2, store.TitleTrack, artist, album), c.one(t, 2, store.TitleTrack, artist, album))
		found = append(found, c.one(t, 3, store.TitlePicture))
	}
	_, err := c.SaveFound(c.ctx, 1, found)
	must(t, err)
}

// one is a title with a file in a library.
func (c *cinema) one(t *rapid.T, library int, kind store.TitleKind, under ...*store.FoundTitle) store.Found {
	facts := c.holder(t, kind)
	facts.Key = ""
	return store.Found{
		FoundTitle: *facts, Folder: c.libraries[library].Roots[0].ID, Under: under,
		Files: []store.FoundFile{{Name: facts.Name, Size: 1, Modified: time.Unix(1, 0)}},
	}
}

// holder is a title with facts of its own and a poster.
func (c *cinema) holder(t *rapid.T, kind store.TitleKind) *store.FoundTitle {
	c.files++
	name := fmt.Sprintf("word %d", c.files)
	return &store.FoundTitle{
		Kind: kind, Key: name, Name: name, Rating: rapid.SampledFrom(someRatings).Draw(t, "rating"),
		Labels: someOf(t, someLabels, "labels"), Poster: store.FoundPoster{Path: name + ".jpg", Stamp: name},
	}
}

// someOf are some of the names, more often none.
func someOf(t *rapid.T, names []string, what string) []string {
	if rapid.Bool().Draw(t, "no "+what) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(names), func(string) bool { return rapid.Bool().Draw(t, what) })
}

// titles are the ids of all there are.
func (c *cinema) titles(t *rapid.T) (ids []int64) {
	for id := int64(1); ; id++ {
		_, err := c.Title(c.ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			return ids
		}
		must(t, err)
		ids = append(ids, id)
	}
}

// correct has an administrator correct some titles, the disk change and some
// files go missing.
func (c *cinema) correct(t *rapid.T) {
	all := c.titles(t)
	for range rapid.IntRange(0, 5).Draw(t, "corrections") {
		id := rapid.SampledFrom(all).Draw(t, "corrected")
		in := store.TitleCorrection{Set: store.Corrected{Rating: rapid.Bool().Draw(t, "its rating"), Labels: rapid.Bool().Draw(t, "its labels")}}
		in.Rating, in.Labels = rapid.SampledFrom(someRatings).Draw(t, "to"), someOf(t, someLabels, "labels")
		if err := c.CorrectTitles(c.ctx, c.owner, []int64{id}, in); err != nil && !errors.Is(err, store.ErrNotFound) {
			t.Fatal(err)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "missing") {
		_, err := c.Writer().Exec(`UPDATE titles SET missing_at = 1 WHERE id = ? AND audience_id IS NOT NULL`, rapid.SampledFrom(all).Draw(t, "gone"))
		must(t, err)
	}
	_, err := c.Writer().Exec(`UPDATE changes SET titles = titles + 1`)
	must(t, err)
	must(t, c.Refresh(c.ctx))
}

// restrict gives everybody some access and some limits.
func (c *cinema) restrict(t *rapid.T) {
	for _, u := range c.users {
		access := store.Access{AllLibraries: rapid.Bool().Draw(t, "all")}
		for _, library := range c.libraries {
			if rapid.Bool().Draw(t, "chosen") {
				access.Libraries = append(access.Libraries, library.ID)
			}
		}
		must(t, c.SetAccess(c.ctx, c.owner, access, u.ID))
		limits := store.Limits{Restrictions: store.Restrictions{
			Rating:      rapid.SampledFrom(someAges).Draw(t, "limit"),
			HideUnrated: store.KindSet(rapid.Uint8Range(0, uint8(store.AllKinds)).Draw(t, "unrated")),
			HideLabels:  someOf(t, someLabels[:2], "hidden"),
		}}
		if rapid.IntRange(0, 2).Draw(t, "held") == 0 {
			limits.Restrictions.OnlyLabels = []string{"CHRISTMAS"}
		}
		must(t, c.SetRestrictions(c.ctx, c.owner, u.ID, limits))
	}
}

// agree compares what everybody sees with what is explained, and answers how
// many cases there were.
func (c *cinema) agree(t *rapid.T) (cases int) {
	all := c.titles(t)
	who := make(map[int64]map[int64]bool, len(all))
	for _, id := range all {
		page, _, err := c.TitleAudience(c.ctx, id, 1)
		must(t, err)
		who[id] = make(map[int64]bool)
		for _, u := range page.Users {
			who[id][u.ID] = true
		}
	}
	explained := c.explained(t, all)
	for _, u := range c.users {
		u, err := c.User(c.ctx, u.ID)
		must(t, err)
		listed, found := c.listed(t, u), c.found(t, u)
		for _, id := range all {
			why := explained[id].to(u)
			_, err := c.VisibleTitle(c.ctx, u.ID, id)
			_, posterErr := c.VisiblePoster(c.ctx, u.ID, id)
			got := map[string]bool{"alone": err == nil, "its poster": posterErr == nil, "in a list": listed[id], "who sees it": who[id][u.ID]}
			if why.Title.Kind != store.TitleSeason {
				got["in a search"] = found[id]
			}
			for where, shows := range got {
				if shows != why.Verdict.Shows {
					t.Errorf("%s, %s %q for %+v: shows is %v\n%+v", where, why.Title.Kind, why.Title.Name, why.User.Restrictions, shows, why.Verdict)
				}
			}
			cases++
		}
	}
	return cases
}

// facts are what decides about a title: read once for all users, which is how
// 10,000 cases are looked at in little time.
type facts struct {
	store.Explanation
	store.TitleFacts
}

// to is the explanation to a user.
func (f facts) to(u store.User) store.Explanation {
	f.User, f.Verdict = u, store.Explain(u, f.Library, f.TitleFacts)
	return f.Explanation
}

// explained are the facts of the titles. ExplainTitle comes to the same by
// itself, which is asked for one user each.
func (c *cinema) explained(t *rapid.T, titles []int64) map[int64]facts {
	all := make(map[int64]facts, len(titles))
	for n, id := range titles {
		why, read, err := c.FactsOf(c.ctx, id)
		must(t, err)
		u, err := c.User(c.ctx, c.users[n%len(c.users)].ID)
		must(t, err)
		all[id] = facts{why, read}
		alone, err := c.ExplainTitle(c.ctx, u.ID, id)
		must(t, err)
		if both := all[id].to(u); !reflect.DeepEqual(both, alone) {
			t.Errorf("%q is explained to %s as\n%+v, and with facts read before as\n%+v", why.Title.Name, u.Name, alone, both)
		}
	}
	return all
}

// listed is what the lists of all libraries show to u, with what lies in it.
func (c *cinema) listed(t *rapid.T, u store.User) map[int64]bool {
	listed := make(map[int64]bool)
	for _, library := range c.libraries {
		for _, kind := range library.Kind.Kinds() {
			page, err := c.Titles(c.ctx, store.TitleQuery{Viewer: u.ID, Library: library.ID, Kind: kind})
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			must(t, err)
			if page.Total != len(page.Titles) {
				t.Errorf("%d titles are counted, %d shown", page.Total, len(page.Titles))
			}
			for _, title := range page.Titles {
				listed[title.ID] = true
				inside, err := c.TitlesIn(c.ctx, u.ID, title.ID)
				must(t, err)
				for _, one := range inside {
					listed[one.ID] = true
				}
			}
		}
	}
	return listed
}

// found is what a search for everything finds for u.
func (c *cinema) found(t *rapid.T, u store.User) map[int64]bool {
	page, err := c.Titles(c.ctx, store.TitleQuery{Viewer: u.ID, Search: "word"})
	must(t, err)
	found := make(map[int64]bool)
	for _, title := range page.Titles {
		found[title.ID] = true
	}
	return found
}
