package channel_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"usher/internal/blankdata"
	"usher/media/channel"
	"usher/outside"
	"usher/store"
)

// house is a store with a channel whose source the test is.
type house struct {
	*store.Store
	t       *testing.T
	owner   store.Actor
	worker  *channel.Worker
	channel int64
	address string
	answer  atomic.Pointer[http.HandlerFunc]
	asked   atomic.Int64
	later   atomic.Int64 // how far the clock is ahead
}

const short = "#EXTM3U\n#EXTINF:-1,Sea News\nhttps://radio.example/news\n#EXTINF:-1,Jazz\nhttps://radio.example/jazz\n"

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t}
	var err error
	h.Store, err = store.Open(t.Context(), blankdata.Folder(t), store.WithClock(func() time.Time { return time.Now().Add(time.Duration(h.later.Load())) }))
	h.must(err)
	t.Cleanup(func() { _ = h.Close() })
	mara, err := h.MakeOwner(t.Context(), "Mara", "$mara")
	h.must(err)
	h.owner = store.Actor{ID: mara.ID, Name: mara.Name, Role: mara.Role}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		(*h.answer.Load())(w, r)
	}))
	t.Cleanup(server.Close)
	here := netip.MustParseAddrPort(server.Listener.Addr().String())
	client := outside.New(outside.Options{
		Allow: func(asked netip.AddrPort) bool { return asked == here },
		// Only silence is to run out of patience, and nothing on a busy machine.
		Patience: outside.Patience{Dial: time.Minute, Headers: 3 * time.Second, Idle: time.Minute, Whole: 5 * time.Minute},
	})
	h.worker = channel.NewWorker(h.Store, client, slog.New(slog.DiscardHandler))
	h.address = server.URL
	h.says(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(short)) })
	h.channel, err = h.AddChannel(t.Context(), h.owner, store.ChannelInput{Name: "Radio", Address: server.URL + "/list"})
	h.must(err)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// says is what the source answers from now on.
func (h *house) says(answer http.HandlerFunc) { h.answer.Store(&answer) }

// refresh asks for the channel to be read, and answers how that went.
func (h *house) refresh() (store.Job, store.ChannelSource) {
	h.t.Helper()
	id, err := h.AskRefresh(h.t.Context(), h.owner, h.channel)
	h.must(err)
	h.must(h.worker.Finish(h.t.Context()))
	job, err := h.Job(h.t.Context(), id)
	h.must(err)
	source, err := h.ChannelSource(h.t.Context(), h.channel)
	h.must(err)
	return job, source
}

func TestTheWorkerReadsChannels(t *testing.T) {
	h := newHouse(t)
	h.says(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write([]byte(short))
	})
	job, source := h.refresh()
	if job.State != store.JobDone || job.Added != 2 || source.Entries != 2 || source.Problem != "" || source.RefreshedAt.IsZero() {
		t.Errorf("first: %+v, %+v", job, source)
	}
	h.later.Add(int64(time.Hour))
	again, unchanged := h.refresh()
	if again.State != store.JobDone || again.Seen != 0 || !unchanged.RefreshedAt.After(source.RefreshedAt) || unchanged.Entries != 2 {
		t.Errorf("again: %+v, %+v", again, unchanged)
	}
}

// Whatever its source does, a channel keeps what it had, says why, and is itself
// again when the source is.
func TestSourcesThatFail(t *testing.T) {
	h := newHouse(t)
	h.refresh()
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	for what, test := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"down":            {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, "(500)"},
		"gone":            {http.NotFound, "(404)"},
		"silent":          {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "too long"},
		"endless":         {func(w http.ResponseWriter, r *http.Request) { endless(w, r, "#EXTINF:-1,A\nhttps://a.example/\n") }, "too large"},
		"binary":          {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("MZ\x00\x01\x02")) }, "neither"},
		"a page":          {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<!doctype html><p>Hi")) }, "web page"},
		"emptied":         {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("#EXTM3U\n")) }, "nothing in it"},
		"a loop":          {redirect("/list"), "and so on"},
		"to metadata":     {redirect("http://169.254.169.254/latest/meta-data/"), "only this machine"},
		"to this machine": {redirect("http://127.0.0.1:1/"), "only this machine"},
		"to a file":       {redirect("file:///etc/passwd"), "none of the web"},
		"with a password": {redirect("http://me:secret@radio.example/"), "none of the web"},
	} {
		h.says(test.answer)
		job, source := h.refresh()
		if job.State != store.JobFailed || !strings.Contains(job.Error, test.want) || source.Problem != job.Error || source.Entries != 2 || strings.Contains(job.Error, "secret") {
			t.Errorf("%s: %s %q, %+v", what, job.State, job.Error, source)
		}
	}
	h.says(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(short)) })
	if job, source := h.refresh(); job.State != store.JobDone || source.Problem != "" {
		t.Errorf("back: %+v, %+v", job, source)
	}
}

func endless(w http.ResponseWriter, r *http.Request, text string) {
	piece := []byte(strings.Repeat(text, 1000))
	for r.Context().Err() == nil {
		if _, err := w.Write(piece); err != nil {
			return
		}
	}
}

// By the clock a channel is read when its time has come, and one that is down
// after a pause that grows.
func TestChannelsAreReadByTheClock(t *testing.T) {
	h := newHouse(t)
	h.says(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	h.refresh()
	due := func(after time.Duration) bool {
		t.Helper()
		h.later.Add(int64(after))
		h.must(h.worker.AskDue(t.Context()))
		open, err := h.OpenJobs(t.Context())
		h.must(err)
		return len(open) == 1
	}
	if due(14*time.Minute) || !due(2*time.Minute) {
		t.Error("it is not tried again after a quarter of an hour")
	}
	h.must(h.worker.Finish(t.Context()))
	if due(29*time.Minute) || !due(2*time.Minute) {
		t.Error("it is not tried again after twice as long")
	}
	h.says(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(short)) })
	h.must(h.worker.Finish(t.Context()))
	if due(5*time.Hour) || !due(2*time.Hour) {
		t.Error("it is not read again when its time has come")
	}
	h.must(h.worker.Finish(t.Context()))
	settings, err := h.Settings(t.Context())
	h.must(err)
	settings.RefreshEvery = 0
	h.must(h.SaveSettings(t.Context(), h.owner, settings))
	if due(100 * time.Hour) {
		t.Error("it is read by the clock, although that is switched off")
	}
}

func TestTheWorkerRunsAndIsCancelled(t *testing.T) {
	h := newHouse(t)
	began := make(chan struct{}, 9)
	h.says(func(_ http.ResponseWriter, r *http.Request) {
		began <- struct{}{}
		<-r.Context().Done()
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { h.worker.Run(ctx); close(ended) }()
	<-began
	job, err := h.LatestRefresh(t.Context(), h.channel)
	h.must(err)
	h.must(h.CancelJob(t.Context(), h.owner, job.ID))
	for deadline := time.Now().Add(30 * time.Second); job.State.Open(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it goes on")
		}
		job, err = h.Job(t.Context(), job.ID)
		h.must(err)
	}
	if job.State != store.JobCancelled {
		t.Errorf("it ended as %s: %s", job.State, job.Error)
	}
	stop()
	<-ended
}
