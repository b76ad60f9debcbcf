package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

func channelForm(name, address string) url.Values {
	return url.Values{"name": {name}, "address": {address}}
}

func (h *house) addChannel(name string) store.Channel {
	h.t.Helper()
	id, err := h.store.AddChannel(context.Background(), h.asOwner(), store.ChannelInput{Name: name, Address: "https://radio.example/list.m3u"})
	if err != nil {
		h.t.Fatal(err)
	}
	channel, err := h.store.Channel(context.Background(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return channel
}

func TestFirstChannel(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", away)
	empty := b.get("/admin/channels").want(http.StatusOK).says("No channels yet").says("Add the first, and then choose who may use it.")
	if empty.doc().Find(".empty a[href='/admin/channels/new']").Length() != 1 {
		t.Error("the empty page does not lead to the first channel")
	}
	added := b.follow("/admin/channels/new", channelForm(" Radio ", " https://radio.example/list.m3u?a=1&b=2 "))
	added.says("Radio is added, and is read as soon as it is its turn.").says("One channel. Everyone with all channels sees it.").says("https://radio.example/list.m3u?a=1&b=2")
	b.follow("/admin/channels/1", channelForm("Wireless", "http://radio.example/new.m3u")).says("Wireless is saved, and is read from its new address as soon as it is its turn.").says("http://radio.example/new.m3u")
	b.get("/admin/activity").says("Mara changed the channel Wireless (renamed from “Radio”, address).")
}

func TestChannelRefused(t *testing.T) {
	h := newHousehold(t)
	h.addChannel("Radio")
	news := h.addChannel("News")
	b := h.signedIn("Mara", away)
	for _, test := range []struct {
		about        string
		form         url.Values
		field, words string
	}{
		{"no name", channelForm(" ", "https://tv.example/a"), "name", "Type a name."},
		{"a name that there is", channelForm("ＲＡＤＩＯ", "https://tv.example/a"), "name", "There is already a channel called Radio."},
		{"no address", channelForm("TV", ""), "address", "Type the address"},
		{"a script", channelForm("TV", "javascript:alert(1)"), "address", "begins with https://"},
		{"a file", channelForm("TV", "file:///etc/passwd"), "address", "begins with https://"},
		{"no host", channelForm("TV", "https:///list"), "address", "begins with https://"},
		{"spaces", channelForm("TV", "https://tv.example/a list"), "address", "has no spaces"},
		{"a password", channelForm("TV", "https://me:secret@tv.example/"), "address", "Leave the name and password out"},
		{"hostile text", channelForm("TV", hostile), "address", "begins with https://"},
		{"a very long one", channelForm("TV", "https://tv.example/"+strings.Repeat("x", 2000)), "address", "begins with https://"},
	} {
		t.Run(test.about, func(t *testing.T) {
			for _, path := range []string{"/admin/channels/new", "/admin/channels/2"} {
				refused := b.post(path, test.form).want(http.StatusUnprocessableEntity)
				refused.wantError(test.field, test.words)
				if refused.value("name") != test.form.Get("name") || refused.value("address") != test.form.Get("address") {
					t.Errorf("not kept: %q and %q", refused.value("name"), refused.value("address"))
				}
			}
		})
	}
	if channels, err := h.store.Channels(context.Background()); err != nil || len(channels) != 2 || channels[1] != news {
		t.Errorf("stored: %+v, %v", channels, err)
	}
}
