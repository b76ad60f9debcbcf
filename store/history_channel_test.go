package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"usher/store"
)

// entryNames are the names of entries of channels among what was watched.
func entryNames(viewed []store.Viewed) []string {
	names := []string{}
	for _, v := range viewed {
		names = append(names, v.Entry.Name)
	}
	return names
}

// What somebody hears of channels stands in the same lists, as long as they may
// use the channel.
func TestHistoryOfChannels(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	id, err := h.AddChannel(h.ctx, h.mara(), store.ChannelInput{Name: "Harbour talk", Address: "https://podcasts.example/feed"})
	h.must(err)
	channel, err := h.Channel(h.ctx, id)
	h.must(err)
	read := store.ReadChannel{Format: store.FormatPodcast, Entries: []store.FoundEntry{
		{Name: "The pilot", Address: "https://podcasts.example/1.mp3", Published: h.clock.now()},
		{Name: "The baker", Address: "https://podcasts.example/2.mp3", Published: h.clock.now()},
		{Name: "Live", Address: "https://podcasts.example/live", Live: true},
	}}
	save := func() {
		t.Helper()
		h.clock.pass(time.Minute)
		_, err := h.SaveChannel(h.ctx, 0, channel, read)
		h.must(err)
	}
	save()
	all, err := h.Entries(h.ctx, store.EntryQuery{Viewer: elsa.ID, Channel: id, Sort: store.EntriesByName})
	h.must(err)
	what := func(i int) store.What { return store.What{Entry: all.Entries[i].ID} }
	const baker, live, pilot = 0, 1, 2
	for _, i := range []int{baker, live, pilot} {
		h.must(h.SavePosition(h.ctx, elsa.ID, what(i), store.Position{At: 10 * time.Minute, Length: time.Hour}))
		h.clock.pass(time.Minute)
	}
	h.must(h.MarkWatched(h.ctx, actor(elsa), what(pilot), true))
	h.must(h.SetFavourite(h.ctx, actor(elsa), what(live), true))
	lists := func(want string, q store.HistoryQuery, history, goOn, favourites []string) {
		t.Helper()
		q.User = elsa.ID
		page, err := h.History(h.ctx, q)
		h.must(err)
		if page.Total != len(history) {
			t.Errorf("%s: %d are counted, want %d", want, page.Total, len(history))
		}
		rows, err := h.OwnRows(h.ctx, elsa.ID)
		h.must(err)
		for of, pair := range map[string][2][]string{"history": {entryNames(page.Viewed), history}, "go on": {entryNames(rows.GoOn), goOn}, "favourites": {entryNames(rows.Favourites), favourites}} {
			if !slices.Equal(pair[0], append([]string{}, pair[1]...)) {
				t.Errorf("%s: %s is %q, want %q", want, of, pair[0], pair[1])
			}
		}
	}
	everything, begun, liked := []string{"The pilot", "Live", "The baker"}, []string{"The baker"}, []string{"Live"}
	lists("everything", store.HistoryQuery{Filter: store.HistoryChannels}, everything, begun, liked)
	lists("a word", store.HistoryQuery{Search: "bak"}, []string{"The baker"}, begun, liked)
	lists("a word of the channel", store.HistoryQuery{Search: "harb pil"}, []string{"The pilot"}, begun, liked)
	lists("films", store.HistoryQuery{Filter: store.HistoryFilms}, nil, begun, liked)

	entries := read.Entries
	read.Entries = entries[1:2]
	save()
	lists("two have gone", store.HistoryQuery{}, begun, begun, nil)
	read.Entries = entries
	save()
	lists("they are back", store.HistoryQuery{}, everything, begun, liked)
	h.restrict(elsa.ID, store.Restrictions{NoChannels: true})
	lists("no channels", store.HistoryQuery{}, nil, nil, nil)
	for _, err := range []error{
		h.SavePosition(h.ctx, elsa.ID, what(baker), store.Position{At: time.Minute}), h.MarkWatched(h.ctx, actor(elsa), what(baker), true),
		h.SetFavourite(h.ctx, actor(elsa), what(baker), true), h.ForgetWatched(h.ctx, actor(elsa), what(baker)),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("an entry that is hidden is changed: %v", err)
		}
	}
	h.restrict(elsa.ID, store.Restrictions{})
	h.must(h.ForgetWatched(h.ctx, actor(elsa), what(pilot)))
	h.must(h.MarkWatched(h.ctx, actor(elsa), what(baker), false))
	lists("forgotten", store.HistoryQuery{}, []string{"Live", "The baker"}, nil, liked)
}
