package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"usher/store"
)

// TestEntriesAreSeenAsExplained holds the SQL that decides which entries of
// channels a user sees equal to Explain, where the channel is open to them and
// what is unrated shows.
func TestEntriesAreSeenAsExplained(t *testing.T) {
	file := emptyCinema(t)
	untilCases(t, 4_000, func(t *rapid.T) (cases int) {
		c := newCinema(context.Background(), t, file)
		channels := c.addChannels(t)
		entries := c.fillChannels(t, channels)
		c.restrict(t)
		c.openChannels(t, channels)
		if rapid.Bool().Draw(t, "read again") {
			entries = c.fillChannels(t, channels)
		}
		for _, u := range c.users {
			u, err := c.User(c.ctx, u.ID)
			must(t, err)
			for _, channel := range channels {
				cases += c.agreeOnEntries(t, u, channel, entries[channel])
			}
		}
		return cases
	})
}

func (c *cinema) addChannels(t *rapid.T) (channels []int64) {
	for i := range 2 {
		id, err := c.AddChannel(c.ctx, c.owner, store.ChannelInput{Name: fmt.Sprintf("Channel %d", i), Address: "https://radio.example/"})
		must(t, err)
		channels = append(channels, id)
	}
	return channels
}

// fillChannels has the channels be read: what they are answered to have is kept
// under the same names, with other facts.
func (c *cinema) fillChannels(t *rapid.T, channels []int64) map[int64][]store.FoundEntry {
	all := make(map[int64][]store.FoundEntry)
	for _, id := range channels {
		for i := range 5 {
			e := station(fmt.Sprintf("word %d", i), someOf(t, someLabels, "groups")...)
			e.Rating = rapid.SampledFrom(someRatings).Draw(t, "rating")
			if rapid.IntRange(0, 4).Draw(t, "there") > 0 {
				all[id] = append(all[id], e)
			}
		}
		channel, err := c.Channel(c.ctx, id)
		must(t, err)
		_, err = c.SaveChannel(c.ctx, 0, channel, store.ReadChannel{Format: store.FormatList, Entries: all[id]})
		must(t, err)
	}
	return all
}

// openChannels gives everybody some of the channels, and takes them all from some.
func (c *cinema) openChannels(t *rapid.T, channels []int64) {
	for _, u := range c.users {
		u, err := c.User(c.ctx, u.ID)
		must(t, err)
		access := u.Access
		access.AllChannels = rapid.Bool().Draw(t, "all channels")
		access.Channels = slices.DeleteFunc(slices.Clone(channels), func(int64) bool { return rapid.Bool().Draw(t, "not this one") })
		must(t, c.SetAccess(c.ctx, c.owner, access, u.ID))
		limits := u.Limits()
		limits.Restrictions.NoChannels = rapid.IntRange(0, 3).Draw(t, "none at all") == 0
		must(t, c.SetRestrictions(c.ctx, c.owner, u.ID, limits))
	}
}

// agreeOnEntries compares what u sees of a channel with what is explained.
func (c *cinema) agreeOnEntries(t *rapid.T, u store.User, channel int64, entries []store.FoundEntry) (cases int) {
	watches := u.Watches()
	opened := watches.AllChannels || slices.Contains(watches.Channels, channel)
	listed := make(map[string]bool)
	page, err := c.Entries(c.ctx, store.EntryQuery{Viewer: u.ID, Channel: channel, Search: "word"})
	if opened == errors.Is(err, store.ErrNotFound) {
		t.Fatalf("the channel is open is %v, and its entries: %v", opened, err)
	}
	for _, e := range page.Entries {
		listed[e.Name] = true
		if _, err := c.VisibleEntry(c.ctx, u.ID, e.ID); err != nil {
			t.Errorf("%s is listed, and alone: %v", e.Name, err)
		}
	}
	if groups, err := c.EntryGroups(c.ctx, u.ID, channel); opened && err != nil || len(groups) > len(someLabels) {
		t.Errorf("groups: %v, %v", groups, err)
	}
	u.Access.AllLibraries, u.Restrictions.HideUnrated = true, 0
	for _, e := range entries {
		facts := store.TitleFacts{Kind: store.TitleFilm, Rating: e.Rating, Age: store.ParseRating(e.Rating)}
		for _, group := range e.Groups {
			facts.Labels = append(facts.Labels, store.LabelFact{Name: group})
		}
		verdict := store.Explain(u, store.Library{Kind: store.KindFilms}, facts)
		if want := opened && verdict.Shows; listed[e.Name] != want {
			t.Errorf("%s %q rated %q for %+v: shows is %v, want %v", e.Name, e.Groups, e.Rating, u.Restrictions, listed[e.Name], want)
		}
		cases++
	}
	return cases
}
