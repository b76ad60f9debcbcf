package web_test

import (
	"context"
	"slices"

	"usher/store"
)

// tunedIn saves what the source of a channel has, and answers its entries as the
// owner sees them, in the order of the source.
func (h *house) tunedIn(id int64, format store.ChannelFormat, entries ...store.FoundEntry) []store.ChannelEntry {
	h.t.Helper()
	ctx := context.Background()
	channel, err := h.store.Channel(ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := h.store.SaveChannel(ctx, 0, channel, store.ReadChannel{Format: format, Entries: entries}); err != nil {
		h.t.Fatal(err)
	}
	var saved []store.ChannelEntry
	for page := 1; ; page++ {
		list, err := h.store.Entries(ctx, store.EntryQuery{Viewer: h.owner.ID, Channel: id, Page: page})
		if err != nil {
			h.t.Fatal(err)
		}
		if saved = append(saved, list.Entries...); page >= list.Pages {
			break
		}
	}
	ordered := make([]store.ChannelEntry, len(entries))
	for i, entry := range entries {
		at := slices.IndexFunc(saved, func(e store.ChannelEntry) bool { return e.Address == entry.Address })
		if at < 0 {
			h.t.Fatalf("the owner does not see %+v", entry)
		}
		ordered[i] = saved[at]
	}
	return ordered
}
