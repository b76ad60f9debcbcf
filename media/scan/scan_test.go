package scan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func TestScanFindsFilms(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998)/Harbour Lights (1998).mkv", "a")
	h.write("Harbour Lights (1998)/Harbour Lights (1998).nfo", "<movie><title>Harbour Lights</title><mpaa>PG</mpaa><tag>quiet</tag><genre>Drama</genre></movie>")
	h.write("Harbour Lights (1998)/Poster.JPG", "no picture, but nobody looks yet")
	h.write("The.Long.Way.2011.1080p.BluRay.x264-GRP.mkv", "b")
	job := h.scan()
	ids := h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Long Way (2011)")
	if job.Added != 2 || job.Seen != 2 || job.Problems != 0 {
		t.Errorf("the job: %+v\n%s", job, h.problems(job))
	}
	title, err := h.Title(h.ctx, ids["Harbour Lights (1998)"])
	h.must(err)
	if title.Rating != "PG" || len(title.Labels) != 1 || len(title.Genres) != 1 || title.Poster == "" {
		t.Errorf("with an NFO file: %+v", title)
	}
	again := h.scan()
	if again.Saved != (store.Saved{}) || again.Seen != 2 || again.Total != 2 {
		t.Errorf("nothing has changed: %+v", again)
	}
}

func TestAnAddedAndAChangedFile(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	h.scan()
	before := h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
	h.write("Harbour Lights (1998).mkv", "another cut")
	h.write("The Long Way (2011).mkv", "b")
	job := h.scan()
	after := h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Long Way (2011)")
	if job.Added != 1 || job.Changed != 1 || before["Harbour Lights (1998)"] != after["Harbour Lights (1998)"] {
		t.Errorf("the job: %+v, ids %v and %v", job, before, after)
	}
}

func TestWhatVanishesComesBackAsItWas(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	h.write("The Long Way (2011).mkv", "b")
	h.scan()
	id := h.shelf(store.TitleFilm)["Harbour Lights (1998)"]
	h.must(h.CorrectTitles(h.ctx, h.actor(), []int64{id}, store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "R"}))
	h.remove("Harbour Lights (1998).mkv")
	if job := h.scan(); job.Missing != 1 {
		t.Errorf("the job: %+v", job)
	}
	h.wantShelf(store.TitleFilm, "The Long Way (2011)")
	h.write("Harbour Lights (1998).mkv", "a")
	h.scan()
	if h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Long Way (2011)")["Harbour Lights (1998)"] != id {
		t.Error("it is another title now")
	}
	title, err := h.Title(h.ctx, id)
	if h.must(err); title.Rating != "R" || !title.Corrected.Rating {
		t.Errorf("its correction is lost: %+v", title)
	}
}

func TestMovedFilesKeepTheirTitles(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("a/Harbour Lights (1998).mkv", "one")
	h.write("z/The Long Way (2011).mkv", "two")
	h.write("keep.me (2000).mkv", "three")
	h.scan()
	before := h.shelf(store.TitleFilm)
	h.move("a/Harbour Lights (1998).mkv", "z/Harbour Lights (1998).mkv")
	h.move("z/The Long Way (2011).mkv", "a/The Longest Way (2011).mkv")
	job := h.scan()
	after := h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Longest Way (2011)", "keep me (2000)")
	if after["Harbour Lights (1998)"] != before["Harbour Lights (1998)"] || after["The Longest Way (2011)"] != before["The Long Way (2011)"] {
		t.Errorf("ids before %v, after %v", before, after)
	}
	if job.Moved != 2 || job.Added != 0 || job.Missing != 0 {
		t.Errorf("the job: %+v", job)
	}
}

// A copy is another title, and where nobody can know which of two files it was,
// it is neither.
func TestWhatIsOnlyAlikeHasNotMoved(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "one")
	h.scan()
	h.write("copies/Harbour Lights (1998).mkv", "one")
	if job := h.scan(); job.Added != 1 || job.Moved != 0 {
		t.Errorf("a copy: %+v", job)
	}
	h.remove("copies/Harbour Lights (1998).mkv")
	h.remove("Harbour Lights (1998).mkv")
	h.write("Something Else (2000).mkv", "one")
	if job := h.scan(); job.Added != 1 || job.Moved != 0 {
		t.Errorf("which of two: %+v", job)
	}
}

func series(h *house, folder string) {
	h.write(folder+"/tvshow.nfo", "<tvshow><title>Night Ferry</title><year>2005</year><mpaa>TV-14</mpaa></tvshow>")
	for _, episode := range []string{"Season 1/S01E01 - Out.mkv", "Season 1/S01E02 - Back.mkv", "Season 2/S02E01 - Again.mkv"} {
		h.write(folder+"/"+episode, folder+episode)
	}
}

func TestARenamedSeriesIsTheSame(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	series(h, "Night Ferry")
	h.scan()
	before := h.wantShelf(store.TitleSeries, "Night Ferry (2005)")
	episodes := h.shelf(store.TitleEpisode)
	h.must(h.CorrectTitles(h.ctx, h.actor(), []int64{before["Night Ferry (2005)"]}, store.TitleCorrection{Set: store.Corrected{Rating: true}, Rating: "TV-MA"}))
	h.move("Night Ferry", "The Night Ferry (2005)")
	job := h.scan()
	after := h.wantShelf(store.TitleSeries, "Night Ferry (2005)")
	if after["Night Ferry (2005)"] != before["Night Ferry (2005)"] || job.Moved != 3 || job.Added != 0 {
		t.Errorf("ids before %v, after %v; %+v", before, after, job)
	}
	for name, id := range h.shelf(store.TitleEpisode) {
		if episodes[name] != id {
			t.Errorf("%s is another episode now", name)
		}
	}
	title, err := h.Title(h.ctx, after["Night Ferry (2005)"])
	if h.must(err); title.Rating != "TV-MA" {
		t.Errorf("its correction is lost: %+v", title)
	}
}

// The NFO file of a series counts for its episodes, although only the series'
// own folder has changed.
func TestTheRatingOfASeriesChanges(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	series(h, "Night Ferry")
	h.scan()
	child, err := h.CreateUser(h.ctx, h.actor(), store.NewUser{Name: "Ida", Access: store.FullAccess()})
	h.must(err)
	h.must(h.SetRestrictions(h.ctx, h.actor(), child.ID, store.Limits{Restrictions: store.Restrictions{Rating: store.Age{Known: true, Years: 10}}}))
	id := h.shelf(store.TitleEpisode)["Out"]
	if _, err := h.VisibleTitle(h.ctx, child.ID, id); err == nil {
		t.Fatal("a child sees TV-14")
	}
	h.write("Night Ferry/tvshow.nfo", "<tvshow><title>Night Ferry</title><year>2005</year><mpaa>TV-G</mpaa></tvshow>")
	h.scan()
	if _, err := h.VisibleTitle(h.ctx, child.ID, id); err != nil {
		t.Errorf("a child does not see TV-G: %v", err)
	}
}

// What the NFO file of a series says in one folder counts for the seasons in
// another, whichever of them has changed.
func TestTheRatingOfASeriesIsNotLostByAnotherFolder(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	series(h, "new/Night Ferry")
	h.write("old/Night Ferry/Season 3/S03E01.mkv", "three")
	h.scan()
	rating := func() string {
		for _, id := range h.shelf(store.TitleSeries) {
			title, err := h.Title(h.ctx, id)
			h.must(err)
			return title.Rating
		}
		return ""
	}
	if rating() != "TV-14" {
		t.Fatalf("at first it is %q", rating())
	}
	h.write("old/Night Ferry/Season 3/S03E02.mkv", "four")
	h.scan()
	if rating() != "TV-14" {
		t.Errorf("after an episode more elsewhere it is %q", rating())
	}
	h.remove("new/Night Ferry/tvshow.nfo")
	h.scan()
	if rating() != "" {
		t.Errorf("without its NFO file it is still %q", rating())
	}
}

func TestSeasonsInSeveralFoldersAreOneSeries(t *testing.T) {
	h := newHouse(t, store.KindSeries)
	h.write("Night Ferry/Season 1/S01E01.mkv", "a")
	h.write("old/Night Ferry/Season 2/S02E01.mkv", "b")
	h.write("Night Ferry (1971)/Season 1/S01E01.mkv", "c")
	h.scan()
	if found := h.shelf(store.TitleSeries); len(found) != 2 {
		t.Errorf("series: %v", found)
	}
}

func TestADiskThatIsNotThereLosesNothing(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998)/film.mkv", "a")
	h.scan()
	away := h.disk + "-away"
	root := func() store.Root {
		library, err := h.AnyLibrary(h.ctx, h.library)
		h.must(err)
		return library.Roots[0]
	}
	h.must(os.Rename(h.disk, away))
	job := h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
	if r := root(); r.Unreachable == "" || r.Since.IsZero() || job.Problems != 1 || job.Missing != 0 {
		t.Errorf("gone: %+v, %+v", r, job)
	}
	h.must(os.Mkdir(h.disk, 0o700))
	h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
	if r := root(); !strings.Contains(r.Unreachable, "is empty") {
		t.Errorf("empty: %+v", r)
	}
	h.must(os.Remove(h.disk))
	h.must(os.Rename(away, h.disk))
	h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)")
	if r := root(); r.Unreachable != "" || !r.Since.IsZero() {
		t.Errorf("back: %+v", r)
	}
}

func TestAFolderTakenOutOfItsLibrary(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	second := t.TempDir()
	h.write("Harbour Lights (1998).mkv", "a")
	first := h.disk
	h.disk = second
	h.write("The Long Way (2011).mkv", "b")
	change := func(folders ...string) {
		h.must(h.UpdateLibrary(h.ctx, h.actor(), h.library, store.LibraryInput{Name: "Library", Kind: store.KindFilms, Folders: folders}))
	}
	change(first, second)
	h.scan()
	before := h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Long Way (2011)")
	change(second)
	h.wantShelf(store.TitleFilm, "The Long Way (2011)") // at once
	h.must(os.Rename(filepath.Join(first, "Harbour Lights (1998).mkv"), filepath.Join(second, "Harbour Lights (1998).mkv")))
	h.scan()
	if after := h.shelf(store.TitleFilm); after["Harbour Lights (1998)"] != before["Harbour Lights (1998)"] {
		t.Errorf("moved between folders: %v, %v", before, after)
	}
	change(first, second)
	h.scan()
	h.wantShelf(store.TitleFilm, "Harbour Lights (1998)", "The Long Way (2011)")
}

func TestAFileThatStillGrowsIsLookedAtAgain(t *testing.T) {
	h := newHouse(t, store.KindFilms)
	h.write("Harbour Lights (1998).mkv", "a")
	now := time.Now()
	h.must(os.Chtimes(filepath.Join(h.disk, "Harbour Lights (1998).mkv"), now, now))
	h.scan()
	if _, again := h.worker.again[h.library]; !again {
		t.Error("the worker will not look again")
	}
	h.must(os.Chtimes(filepath.Join(h.disk, "Harbour Lights (1998).mkv"), long, long))
	h.scan()
	if _, again := h.worker.again[h.library]; again {
		t.Error("the worker looks again although the file is whole")
	}
}
