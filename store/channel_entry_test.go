package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// station is an entry of a list.
func station(name string, groups ...string) store.FoundEntry {
	return store.FoundEntry{Name: name, Address: "https://radio.example/" + strings.ToLower(strings.ReplaceAll(name, " ", "-")), Live: true, Groups: groups}
}

// reads has the source of a channel be read.
func (h *home) reads(channel int64, format store.ChannelFormat, entries ...store.FoundEntry) store.Saved {
	h.t.Helper()
	at, err := h.Channel(h.ctx, channel)
	h.must(err)
	saved, err := h.SaveChannel(h.ctx, 0, at, store.ReadChannel{Format: format, Title: "Radio One", Entries: entries, ETag: `"1"`})
	h.must(err)
	return saved
}

// hears is what a user finds in a channel, by name.
func (h *home) hears(q store.EntryQuery) []string {
	h.t.Helper()
	page, err := h.Entries(h.ctx, q)
	h.must(err)
	names := []string{}
	for _, e := range page.Entries {
		names = append(names, e.Name)
	}
	if page.Total != len(names) {
		h.t.Errorf("%d entries are counted, %d shown", page.Total, len(names))
	}
	return names
}

func wantNames(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestChannelsKeepWhatIsRead(t *testing.T) {
	h := newHome(t)
	radio := h.channel("Radio")
	all := store.EntryQuery{Viewer: h.owner.ID, Channel: radio}
	if saved := h.reads(radio, store.FormatList, station("Sea News", "News"), station("Jazz"), station("Jazz")); saved != (store.Saved{Added: 3}) {
		t.Errorf("first: %+v", saved)
	}
	wantNames(t, "first", h.hears(all), "Sea News", "Jazz", "Jazz")
	before, err := h.Entries(h.ctx, all)
	h.must(err)
	if saved := h.reads(radio, store.FormatList, station("Sea News", "News"), station("Jazz"), station("Jazz")); saved != (store.Saved{}) {
		t.Errorf("the same again: %+v", saved)
	}
	louder := station("Jazz")
	louder.Address = "https://radio.example/louder"
	if saved := h.reads(radio, store.FormatList, station("Rock"), louder, station("Sea News", "News")); saved != (store.Saved{Added: 1, Changed: 1, Missing: 1}) {
		t.Errorf("another list: %+v", saved)
	}
	wantNames(t, "another list", h.hears(all), "Rock", "Jazz", "Sea News")
	h.clock.pass(20 * store.Day)
	removed, err := h.CleanUp(h.ctx)
	h.must(err)
	if saved := h.reads(radio, store.FormatList, station("Sea News", "News"), station("Jazz"), station("Jazz")); saved != (store.Saved{Added: 1, Changed: 1, Missing: 1}) {
		t.Errorf("what is back, after %d were removed: %+v", removed, saved)
	}
	after, err := h.Entries(h.ctx, all)
	h.must(err)
	for i := range before.Entries {
		if before.Entries[i] != after.Entries[i] {
			t.Errorf("came back otherwise: %+v, then %+v", before.Entries[i], after.Entries[i])
		}
	}
	h.clock.pass(31 * store.Day)
	_, err = h.CleanUp(h.ctx)
	h.must(err)
	if n := h.number(`SELECT count(*) FROM channel_entries`); n != 3 {
		t.Errorf("%d entries are kept, want 3", n)
	}
	h.must(h.DeleteChannel(h.ctx, h.mara(), radio))
	if n := h.number(`SELECT (SELECT count(*) FROM channel_entries) + (SELECT count(*) FROM channel_audiences) + (SELECT count(*) FROM channel_sources) + (SELECT count(*) FROM channel_entry_words)`); n != 0 {
		t.Errorf("%d rows of a channel that is gone", n)
	}
}

func TestWhatCannotBeUsedIsSkipped(t *testing.T) {
	h := newHome(t)
	radio := h.channel("Radio")
	bad := []string{"file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "/list.m3u", "http://me:secret@radio.example/", "", "rtsp://tv.example/1", "https://x.example/" + strings.Repeat("x", store.MaxEntryAddress)}
	entries := []store.FoundEntry{station("Good"), {Address: "https://radio.example/nameless"}}
	for i, address := range bad {
		entries = append(entries, store.FoundEntry{Name: fmt.Sprintf("Bad %d", i), Address: address})
	}
	long := station(strings.Repeat("ø", store.MaxTitleName))
	long.Plot, long.Groups = strings.Repeat("p", store.MaxPlot+1), slices.Repeat([]string{"a", "A", " ", "b\nc"}, 40)
	h.reads(radio, store.FormatList, append(entries, long)...)
	page, err := h.Entries(h.ctx, store.EntryQuery{Viewer: h.owner.ID, Channel: radio})
	h.must(err)
	if page.Total != 2 || page.Entries[0].Name != "Good" || len(page.Entries[1].Name) > store.MaxTitleName || page.Entries[1].Groups != "a, b c" {
		t.Errorf("entries: %+v", page.Entries)
	}
	source, err := h.ChannelSource(h.ctx, radio)
	h.must(err)
	if source.Skipped != len(bad)+1 || source.Entries != 2 || source.Format != store.FormatList || source.Title != "Radio One" || source.ETag != `"1"` {
		t.Errorf("source: %+v", source)
	}
}

func TestChannelsAreSearchedAndOrdered(t *testing.T) {
	h := newHome(t)
	talks := h.channel("Talks")
	episode := func(name string, day int, groups ...string) store.FoundEntry {
		e := station(name, groups...)
		e.ID, e.Live, e.Published = name, false, time.Date(2026, 11, day, 8, 0, 0, 0, time.UTC)
		return e
	}
	h.reads(talks, store.FormatPodcast, episode("Über Wale", 3, "Nature", "Talks"), episode("The Whale", 2, "Talks"), episode("Anchors", 1, "Talks", "Ships"))
	q := func(change func(*store.EntryQuery)) []string {
		t.Helper()
		all := store.EntryQuery{Viewer: h.owner.ID, Channel: talks}
		change(&all)
		return h.hears(all)
	}
	wantNames(t, "as usual", q(func(*store.EntryQuery) {}), "Über Wale", "The Whale", "Anchors")
	wantNames(t, "the oldest first", q(func(q *store.EntryQuery) { q.Sort = store.EntriesOldest }), "Anchors", "The Whale", "Über Wale")
	wantNames(t, "by name", q(func(q *store.EntryQuery) { q.Sort = store.EntriesByName }), "Anchors", "Über Wale", "The Whale")
	wantNames(t, "an order that is none", q(func(q *store.EntryQuery) { q.Sort = "1; DROP TABLE users" }), "Über Wale", "The Whale", "Anchors")
	wantNames(t, "beginnings of words", q(func(q *store.EntryQuery) { q.Search = "wHa THE" }), "The Whale")
	wantNames(t, "without accents", q(func(q *store.EntryQuery) { q.Search = "uber" }), "Über Wale")
	wantNames(t, "a group", q(func(q *store.EntryQuery) { q.Group = "nature" }), "Über Wale")
	wantNames(t, "a group and a word", q(func(q *store.EntryQuery) { q.Group, q.Search = "talks", "a" }), "Anchors")
	groups, err := h.EntryGroups(h.ctx, h.owner.ID, talks)
	if h.must(err); !slices.Equal(groups, []store.Facet{{Name: "Nature", Titles: 1}, {Name: "Ships", Titles: 1}}) {
		t.Errorf("groups: %v", groups)
	}
	page, err := h.Entries(h.ctx, store.EntryQuery{Viewer: h.owner.ID, Channel: talks, Page: 9})
	if h.must(err); page.Page != 1 || page.Pages != 1 {
		t.Errorf("a page too far: %+v", page)
	}
	before, after, err := h.EntriesBeside(h.ctx, h.owner.ID, page.Entries[1])
	if h.must(err); before.Name != "Anchors" || after.Name != "Über Wale" {
		t.Errorf("beside the middle: %q and %q", before.Name, after.Name)
	}
	before, after, err = h.EntriesBeside(h.ctx, h.owner.ID, page.Entries[2])
	if h.must(err); before.ID != 0 || after.Name != "The Whale" {
		t.Errorf("beside the first: %q and %q", before.Name, after.Name)
	}
}

// A group counts as the label of its name: also where that label comes to be
// known only after the channel was read.
func TestGroupsAreLabels(t *testing.T) {
	h := newHome(t)
	radio, elsa := h.channel("Radio"), h.add("Elsa", "")
	h.reads(radio, store.FormatList, station("Calm"), station("Wild", "Grim", "Late"))
	mine := store.EntryQuery{Viewer: elsa.ID, Channel: radio}
	if n := h.number(`SELECT count(*) FROM labels`); n != 0 {
		t.Errorf("%d labels for groups that nobody asks for", n)
	}
	wantNames(t, "without limits", h.hears(mine), "Calm", "Wild")
	h.restrict(elsa.ID, store.Restrictions{HideLabels: []string{"GRIM"}})
	wantNames(t, "with a label to hide", h.hears(mine), "Calm")
	h.reads(radio, store.FormatList, station("Calm", "grim"), station("Wild", "Late"))
	wantNames(t, "after it was read again", h.hears(mine), "Wild")
	_, err := h.CleanUp(h.ctx)
	h.must(err)
	wantNames(t, "after a clean-up", h.hears(mine), "Wild")
	h.restrict(elsa.ID, store.Restrictions{OnlyLabels: []string{"late"}})
	wantNames(t, "with a label to allow only", h.hears(mine), "Wild")
	groups, err := h.EntryGroups(h.ctx, elsa.ID, radio)
	if h.must(err); len(groups) != 0 {
		t.Errorf("groups of what is hidden: %v", groups)
	}
}

func TestAccessToChannels(t *testing.T) {
	h := newHome(t)
	radio, news := h.channel("Radio"), h.channel("News")
	h.reads(radio, store.FormatList, station("Jazz"))
	elsa := h.add("Elsa", "")
	id := int64(h.number(`SELECT id FROM channel_entries`))
	sees := func(what string, want error) {
		t.Helper()
		_, one := h.VisibleEntry(h.ctx, elsa.ID, id)
		_, list := h.Entries(h.ctx, store.EntryQuery{Viewer: elsa.ID, Channel: radio})
		_, open := h.OpenChannel(h.ctx, elsa.ID, radio)
		for where, got := range map[string]error{"alone": one, "in a list": list, "its channel": open} {
			if want == nil && got != nil {
				t.Errorf("%s, %s: %v", what, where, got)
			} else if want != nil {
				wantError(t, got, want)
			}
		}
	}
	sees("all channels", nil)
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Channels: []int64{news}}, elsa.ID))
	sees("another channel", store.ErrNotFound)
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Channels: []int64{radio}}, elsa.ID))
	sees("this channel", nil)
	h.restrict(elsa.ID, store.Restrictions{NoChannels: true})
	sees("no channels", store.ErrNotFound)
	_, err := h.VisibleEntry(h.ctx, elsa.ID, 99)
	wantError(t, err, store.ErrNotFound)
}

// What was read at an old address is not saved, and nothing that its server sent
// is asked with at the new one.
func TestAnotherAddress(t *testing.T) {
	h := newHome(t)
	radio := h.channel("Radio")
	h.reads(radio, store.FormatList, station("Jazz"), station("Sea News"))
	old, err := h.Channel(h.ctx, radio)
	h.must(err)
	h.must(h.UpdateChannel(h.ctx, h.mara(), radio, store.ChannelInput{Name: "Radio", Address: "https://other.example/"}))
	_, err = h.SaveChannel(h.ctx, 0, old, store.ReadChannel{Format: store.FormatList, Entries: []store.FoundEntry{station("Late")}})
	wantError(t, err, store.ErrNotFound)
	h.must(h.NoteUnread(h.ctx, old, "Late."))
	source, err := h.ChannelSource(h.ctx, radio)
	if h.must(err); source.ETag != "" || source.Problem != "" || source.Entries != 2 {
		t.Errorf("the source: %+v", source)
	}
	if got := h.openJobs(); !slices.Equal(got, []string{"waiting Radio channel"}) {
		t.Errorf("open: %q", got)
	}
	h.reads(radio, store.FormatList, station("Rock"))
	wantNames(t, "from the new address", h.hears(store.EntryQuery{Viewer: h.owner.ID, Channel: radio}), "Rock")
}

func TestTriesAreNoted(t *testing.T) {
	h := newHome(t)
	id := h.channel("Radio")
	radio, err := h.Channel(h.ctx, id)
	h.must(err)
	source := func() store.ChannelSource {
		t.Helper()
		sources, err := h.ChannelSources(h.ctx)
		h.must(err)
		return sources[id]
	}
	if s := source(); !s.TriedAt.IsZero() || s.ChannelID != id || s.Format != "" {
		t.Errorf("at first: %+v", s)
	}
	h.must(h.NoteUnread(h.ctx, radio, "Down."))
	if s := source(); s.TriedAt.IsZero() || !s.RefreshedAt.IsZero() || s.Problem != "Down." {
		t.Errorf("unread: %+v", s)
	}
	h.reads(id, store.FormatList, station("Jazz"))
	h.must(h.NoteUnread(h.ctx, radio, "Down again."))
	h.clock.pass(time.Hour)
	h.must(h.NoteUnchanged(h.ctx, radio))
	if s := source(); s.Problem != "" || !s.RefreshedAt.Equal(s.TriedAt) || s.Entries != 1 || s.ETag == "" {
		t.Errorf("unchanged: %+v", s)
	}
}

// A source of 20,000 entries is written in batches, and no more of it is kept.
func TestALargeChannel(t *testing.T) {
	h := newHome(t)
	id := h.channel("Radio")
	entries := make([]store.FoundEntry, store.MaxEntries+5)
	for i := range entries {
		entries[i] = station(fmt.Sprintf("Station %d", i), fmt.Sprintf("Group %d", i%3000))
	}
	radio, err := h.Channel(h.ctx, id)
	h.must(err)
	job, err := h.ClaimJob(h.ctx, store.JobRefresh)
	h.must(err)
	saved, err := h.SaveChannel(h.ctx, job.ID, radio, store.ReadChannel{Format: store.FormatList, Entries: entries})
	if h.must(err); saved.Added != store.MaxEntries {
		t.Errorf("saved: %+v", saved)
	}
	if job, err = h.Job(h.ctx, job.ID); err != nil || job.Seen != store.MaxEntries || job.Added != store.MaxEntries || job.ChannelID != id {
		t.Errorf("the job: %+v, %v", job, err)
	}
	ended, end := context.WithCancel(h.ctx)
	end()
	if _, err := h.SaveChannel(ended, job.ID, radio, store.ReadChannel{}); err == nil {
		t.Error("it goes on after its end")
	}
}

// A source that has other entries each time fills no disk with those that are gone.
func TestASourceThatIsAnotherEachTime(t *testing.T) {
	h := newHome(t)
	radio := h.channel("Radio")
	h.reads(radio, store.FormatList, station("Jazz"), station("Sea News"))
	if _, err := h.raw().ExecContext(h.ctx, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO channel_entries (channel_id, key, position, name, sort_name, address, audience_id, added_at, missing_at)
		SELECT e.channel_id, CAST(n.i AS BLOB), 1, 'Gone', 'gone', 'https://radio.example/', e.audience_id, 1, n.i FROM n CROSS JOIN channel_entries e WHERE e.name = 'Jazz'`, store.MaxEntries+100); err != nil {
		t.Fatal(err)
	}
	h.reads(radio, store.FormatList, station("Sea News"))
	if kept, first := h.number(`SELECT count(*) FROM channel_entries WHERE missing_at IS NOT NULL`), h.number(`SELECT min(missing_at) FROM channel_entries`); kept != store.MaxEntries || first != 102 {
		t.Errorf("%d are kept, the first gone at %d", kept, first)
	}
	h.reads(radio, store.FormatList, station("Sea News"), station("Jazz"))
	wantNames(t, "what came back", h.hears(store.EntryQuery{Viewer: h.owner.ID, Channel: radio}), "Sea News", "Jazz")
}

func TestChannelsAreAskedFor(t *testing.T) {
	h := newHome(t)
	radio := h.channel("Radio")
	job, err := h.ClaimJob(h.ctx, store.JobRefresh)
	h.must(err)
	if _, err := h.ClaimJob(h.ctx, store.JobScan); err == nil {
		t.Error("a scan was claimed")
	}
	h.must(h.QueueRefreshes(h.ctx, store.ReasonTime, radio, 99))
	if _, err := h.ClaimJob(h.ctx, store.JobRefresh); err == nil {
		t.Error("the same channel is read twice at once")
	}
	h.must(h.EndJob(h.ctx, job.ID, store.JobDone, ""))
	again, err := h.ClaimJob(h.ctx, store.JobRefresh)
	h.must(err)
	wrote := h.wrote(func() {
		asked, err := h.AskRefresh(h.ctx, h.mara(), radio)
		if h.must(err); asked != again.ID {
			t.Errorf("asked for %d, and %d runs", asked, again.ID)
		}
		h.must(h.CancelJob(h.ctx, h.mara(), again.ID))
		_, err = h.AskRefresh(h.ctx, h.mara(), radio)
		h.must(err)
	})
	if !slices.Equal(wrote, []store.Action{store.ActionRefreshCancelled, store.ActionRefreshAsked}) {
		t.Errorf("written down: %v", wrote)
	}
	_, err = h.AskRefresh(h.ctx, h.mara(), 99)
	wantError(t, err, store.ErrNotFound)
	_, err = h.AskRefresh(h.ctx, actor(h.add("Ada", "")), radio)
	wantError(t, err, store.ErrForbidden)
	latest, err := h.LatestRefresh(h.ctx, radio)
	if h.must(err); latest.State != store.JobWaiting || latest.AskedBy != "Mara" {
		t.Errorf("the latest: %+v", latest)
	}
	h.must(h.open().RecoverJobs(h.ctx, store.JobRefresh))
	if job, err := h.Job(h.ctx, again.ID); err != nil || job.State != store.JobCancelled {
		t.Errorf("recovered: %+v, %v", job, err)
	}
}
