package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"usher/media/channel"
)

// readChannels reads the channels that wait to be read.
func (h *house) readChannels() {
	h.t.Helper()
	if err := channel.NewWorker(h.store, h.outside, slog.New(slog.DiscardHandler)).Finish(context.Background()); err != nil {
		h.t.Fatal(err)
	}
}

// hides fails the test where the page says the words.
func (a answer) hides(words string) answer {
	a.t.Helper()
	if strings.Contains(a.text("body"), words) {
		a.t.Errorf("the page says %q", words)
	}
	return a
}

// An administrator adds a channel, sees what was read of it, has it read again,
// and sees why it could not be read, while what it had stays.
func TestChannelsAreRead(t *testing.T) {
	h := newHousehold(t)
	var down atomic.Bool
	source := h.elsewhere(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if down.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = w.Write([]byte("#EXTM3U\n#PLAYLIST:" + hostile + "\n#EXTINF:-1,Sea News\nhttps://radio.example/1\n#EXTINF:-1,Bad\nfile:///etc/passwd\n"))
	}))
	b := h.signedIn("Mara", away)
	b.follow("/admin/channels/new", channelForm("Radio", source.URL)).says("Radio is added").says("Not read yet")
	b.get("/admin/channels/1").want(http.StatusOK).says("It begins when the jobs before it are done.").says("Cancel reading")
	h.readChannels()
	b.get("/admin/channels").says("One entry, read").hides("Not reached")
	read := b.get("/admin/channels/1").says("An M3U list").says("1: without an address that Usher can ask")
	if read.doc().Find("script:not([src])").Length() != 0 {
		t.Error("a script of the source is in the page")
	}
	b.get("/admin/activity/jobs").says("Reading of Radio").says("Entries: 1 added.")

	down.Store(true)
	b.follow("/admin/channels/1/refresh", nil).says("Radio is read as soon as it is its turn.")
	h.readChannels()
	b.get("/admin/channels").says("Not reached").says("One entry, read")
	b.get("/admin/channels/1").says("The server has a problem of its own (500).").says("What it had before stays")
	b.get("/admin/activity").says("Mara asked for the channel Radio to be read again.")
	b.get("/admin/activity/jobs").says("(500). What the channel has is as before.")

	down.Store(false)
	b.follow("/admin/channels/1/refresh", nil)
	h.readChannels()
	b.get("/admin/channels/1").hides("(500)")
}

// Whoever names addresses cannot have Usher ask what only its machine reaches.
func TestChannelsOfThisMachineAreNotAsked(t *testing.T) {
	h := newHousehold(t)
	near := h.elsewhere(http.RedirectHandler("http://169.254.169.254/latest/meta-data/", http.StatusFound))
	b := h.signedIn("Mara", away)
	for path, address := range map[string]string{
		"/admin/channels/1": "http://127.0.0.1:1/list.m3u", "/admin/channels/2": "http://[::ffff:127.0.0.1]:1/", "/admin/channels/3": near.URL,
	} {
		b.follow("/admin/channels/new", channelForm("Channel at "+path, address))
	}
	h.readChannels()
	for _, path := range []string{"/admin/channels/1", "/admin/channels/2", "/admin/channels/3"} {
		b.get(path).says("a place that only this machine can reach")
	}
}
