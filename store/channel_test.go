package store_test

import (
	"slices"
	"strings"
	"testing"

	"usher/store"
)

// channel adds a channel.
func (h *home) channel(name string) int64 {
	h.t.Helper()
	id, err := h.AddChannel(h.ctx, h.mara(), store.ChannelInput{Name: name, Address: "https://radio.example/list.m3u"})
	h.must(err)
	return id
}

func (h *home) channelNames() []string {
	h.t.Helper()
	channels, err := h.Channels(h.ctx)
	h.must(err)
	var names []string
	for _, c := range channels {
		names = append(names, c.Name)
	}
	return names
}

func TestChannelAddresses(t *testing.T) {
	h := newHome(t)
	for i, address := range []string{
		"https://radio.example/list.m3u", " http://192.168.1.9:8080/feed?a=b#c ", "HTTPS://RADIO.EXAMPLE", "https://[fd00::1]/x", "https://münchen.example/feed",
		"https://radio.example/" + strings.Repeat("x", 2000-len("https://radio.example/")),
	} {
		id, err := h.AddChannel(h.ctx, h.mara(), store.ChannelInput{Name: strings.Repeat("x", i+1), Address: address})
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if got, err := h.Channel(h.ctx, id); err != nil || got.Address != strings.TrimSpace(address) {
			t.Errorf("%s is stored as %q, %v", address, got.Address, err)
		}
	}
	for _, address := range []string{
		"", "  ", "radio.example", "ftp://radio.example/", "javascript:alert(1)", "data:text/plain,x", "file:///etc/passwd", "https://", "https:///x", "https:radio",
		"https://radio.example/a b", "https://radio.example/a\nb", "https://radio.example/\x00", "https://me:secret@radio.example/", "https://me@radio.example/",
		"https://radio.example/\xff", "https://radio.example/" + strings.Repeat("x", 2000), "https://[::1", "//radio.example/x",
	} {
		_, err := h.AddChannel(h.ctx, h.mara(), store.ChannelInput{Name: "Radio", Address: address})
		wantInvalid(t, err, "address")
	}
}

func TestChannelsChange(t *testing.T) {
	h := newHome(t)
	radio, news := h.channel("Radio"), h.channel("News")
	_, err := h.AddChannel(h.ctx, h.mara(), store.ChannelInput{Name: "RADIO", Address: "none"})
	wantInvalid(t, err, "address", "name")
	wantInvalid(t, h.UpdateChannel(h.ctx, h.mara(), news, store.ChannelInput{Name: "radio", Address: "https://x.example"}), "name")
	wrote := h.wrote(func() {
		h.must(h.UpdateChannel(h.ctx, h.mara(), radio, store.ChannelInput{Name: "Radio", Address: "https://radio.example/list.m3u"}))
		h.must(h.MoveChannel(h.ctx, h.mara(), radio, true))
	})
	if len(wrote) != 0 {
		t.Errorf("nothing changed, and yet was written down: %v", wrote)
	}
	wrote = h.wrote(func() {
		h.must(h.UpdateChannel(h.ctx, h.mara(), radio, store.ChannelInput{Name: "RADIO", Address: "https://radio.example/list.m3u"}))
		h.must(h.MoveChannel(h.ctx, h.mara(), news, true))
		h.must(h.DeleteChannel(h.ctx, h.mara(), radio))
	})
	if !slices.Equal(wrote, []store.Action{store.ActionChannelChanged, store.ActionChannelsOrdered, store.ActionChannelDeleted}) {
		t.Errorf("written down: %v", wrote)
	}
	if names := h.channelNames(); !slices.Equal(names, []string{"News"}) {
		t.Errorf("stored: %v", names)
	}
	_, err = h.Channel(h.ctx, radio)
	wantError(t, err, store.ErrNotFound)
	in := store.ChannelInput{Name: "X", Address: "https://x.example"}
	wantError(t, h.UpdateChannel(h.ctx, h.mara(), radio, in), store.ErrNotFound)
	wantError(t, h.MoveChannel(h.ctx, h.mara(), radio, true), store.ErrNotFound)
	wantError(t, h.DeleteChannel(h.ctx, h.mara(), radio), store.ErrNotFound)
}

func TestChannelUsers(t *testing.T) {
	h := newHome(t)
	radio, news := h.channel("Radio"), h.channel("News")
	elsa, ingrid := h.add("Elsa", ""), h.add("Ingrid", "")
	h.must(h.SetAccess(h.ctx, h.mara(), store.Access{Channels: []int64{radio}}, elsa.ID, ingrid.ID))
	users, err := h.ChannelUsers(h.ctx)
	h.must(err)
	if len(users) != 1 || users[radio] != 2 || users[news] != 0 {
		t.Errorf("given: %v", users)
	}
	h.must(h.DeleteChannel(h.ctx, h.mara(), radio))
	if access := h.user(elsa.ID).Access; len(access.Channels) != 0 {
		t.Errorf("Elsa still has %v", access.Channels)
	}
}
