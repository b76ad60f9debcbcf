package demo

import (
	"context"
	"fmt"
	"time"

	"usher/store"
)

// Channels makes up what the channels of the household have, where they have
// never been read: there is nothing at their addresses.
func Channels(ctx context.Context, st *store.Store) error {
	all, err := st.Channels(ctx)
	if err != nil {
		return err
	}
	sources, err := st.ChannelSources(ctx)
	if err != nil {
		return err
	}
	entries := map[string]store.ReadChannel{publicChannel: stations(), podcastChannel: episodes(st.Now())}
	for _, channel := range all {
		read, made := entries[channel.Name]
		if !made || !sources[channel.ID].TriedAt.IsZero() {
			continue
		}
		if _, err := st.SaveChannel(ctx, 0, channel, read); err != nil {
			return fmt.Errorf("make up entries of %s: %w", channel.Name, err)
		}
	}
	return nil
}

// The channels of the household.
const (
	publicChannel  = "Public broadcasters"
	podcastChannel = "Podcasts"
)

// stations are those of the public broadcasters.
func stations() store.ReadChannel {
	read := store.ReadChannel{Format: store.FormatList, Title: "Public broadcasters"}
	for _, group := range []struct {
		name, rating string
		stations     []string
	}{
		{"News", "", []string{"Coast News", "World Tonight", "Parliament Live"}},
		{"Children", "TV-G", []string{"Little Lighthouse", "The Paper Boat"}},
		{"Culture", "", []string{"Concert Hall", "Radio Theatre", "Classics by Night"}},
		{"Late", "18+", []string{"After Midnight"}},
	} {
		for _, name := range group.stations {
			read.Entries = append(read.Entries, store.FoundEntry{
				Name: name, Address: fmt.Sprintf("https://channels.example/live/%d.m3u8", len(read.Entries)+1), MediaType: "application/vnd.apple.mpegurl",
				Live: true, Groups: []string{group.name}, Rating: group.rating,
			})
		}
	}
	return read
}

// episodes are those of a podcast, one a week, the newest first.
func episodes(now time.Time) store.ReadChannel {
	read := store.ReadChannel{Format: store.FormatPodcast, Title: "Tides and Talks", Plot: "Two sisters talk about the sea, and about everything that it washes up."}
	names := []string{"What the tide leaves behind", "A night at the lighthouse", "Whales in winter", "The map that was wrong", "Salt", "Letters in bottles", "How to tie a knot", "Fog"}
	for i, name := range names {
		read.Entries = append(read.Entries, store.FoundEntry{
			ID: fmt.Sprintf("episode-%d", len(names)-i), Name: name, Address: fmt.Sprintf("https://podcasts.example/episodes/%d.mp3", len(names)-i), MediaType: "audio/mpeg",
			Groups: []string{fmt.Sprintf("Season %d", 2-i/5)}, Plot: "In this episode: " + name + ".", Published: now.AddDate(0, 0, -7*i-1).Truncate(time.Hour),
			Length: time.Duration(25+3*i) * time.Minute,
		})
	}
	return read
}
