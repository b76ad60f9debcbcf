package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"usher/store"
	"usher/views"
)

// askScan asks for a scan of a library, and answers its job.
func (h *house) askScan(library store.Library) int64 {
	h.t.Helper()
	job, err := h.store.AskScan(context.Background(), h.asOwner(), library.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return job
}

// claimJob has the job that waits longest run.
func (h *house) claimJob() store.Job {
	h.t.Helper()
	job, err := h.store.ClaimJob(context.Background(), store.JobScan)
	if err != nil {
		h.t.Fatal(err)
	}
	return job
}

func (h *house) endJob(id int64, state store.JobState, why string) {
	h.t.Helper()
	if err := h.store.EndJob(context.Background(), id, state, why); err != nil {
		h.t.Fatal(err)
	}
}

// finishJobs ends whatever waits or runs, as if it had been done.
func (h *house) finishJobs() {
	h.t.Helper()
	for {
		jobs, err := h.store.OpenJobs(context.Background())
		if err != nil {
			h.t.Fatal(err)
		}
		if len(jobs) == 0 {
			return
		}
		for _, job := range jobs {
			h.endJob(job.ID, store.JobDone, "")
		}
	}
}

// stream is the answer of the server to whoever follows the jobs.
type stream struct {
	t        *testing.T
	response *http.Response
	lines    *bufio.Scanner
}

// follow follows the jobs over a real connection with the cookie of b, until
// there are none.
func (h *house) follow(b *browser) *stream { return h.followAt(b, "/admin/jobs/events") }

func (h *house) followAt(b *browser, path string) *stream {
	h.t.Helper()
	server := httptest.NewServer(h.server)
	h.t.Cleanup(server.Close)
	request, err := http.NewRequestWithContext(h.t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	request.Header.Set("Cookie", "usher_session="+b.cookie())
	response, err := server.Client().Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = response.Body.Close() })
	return &stream{t: h.t, response: response, lines: bufio.NewScanner(response.Body)}
}

// next are the jobs of which the server tells next.
func (s *stream) next() (jobs []views.JobState) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(s.data()), &jobs); err != nil {
		s.t.Fatal(err)
	}
	return jobs
}

// data is what the server tells next.
func (s *stream) data() string {
	s.t.Helper()
	for s.lines.Scan() {
		if data, is := strings.CutPrefix(s.lines.Text(), "data: "); is {
			return data
		}
	}
	s.t.Fatalf("the stream is over: %v", s.lines.Err())
	return ""
}

// ends waits until the server ends the stream.
func (s *stream) ends() {
	s.t.Helper()
	for s.lines.Scan() {
		if strings.HasPrefix(s.lines.Text(), "event") {
			s.t.Errorf("after the end comes %q", s.lines.Text())
		}
	}
	if err := s.lines.Err(); err != nil && err != io.EOF { //nolint:errorlint // a scanner answers no wrapped EOF
		s.t.Errorf("the stream broke: %v", err)
	}
}

func TestTheStreamFollowsAScan(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.finishJobs()
	id := h.askScan(films)
	b := h.signedIn("Mara", atHome)
	s := h.follow(b)
	if kind := s.response.Header.Get("Content-Type"); kind != "text/event-stream" || s.response.StatusCode != http.StatusOK {
		t.Fatalf("%d, %q", s.response.StatusCode, kind)
	}
	if jobs := s.next(); len(jobs) != 1 || jobs[0].ID != id || jobs[0].State != store.JobWaiting || jobs[0].Library != films.ID {
		t.Errorf("waiting: %+v", jobs)
	}
	h.claimJob()
	if jobs := s.next(); len(jobs) != 1 || jobs[0].State != store.JobRunning || jobs[0].News != "No files looked at. Nothing new so far." {
		t.Errorf("running: %+v", jobs)
	}
	b.post("/admin/jobs/"+strconv.FormatInt(id, 10)+"/cancel", nil).want(http.StatusSeeOther)
	if jobs := s.next(); len(jobs) != 1 || jobs[0].State != "cancelling" {
		t.Errorf("to end: %+v", jobs)
	}
	h.endJob(id, store.JobCancelled, "")
	if jobs := s.next(); len(jobs) != 0 {
		t.Errorf("over: %+v", jobs)
	}
	s.ends()
}

// The worker log waits for jobs to come.
func TestTheStreamWaitsForAScan(t *testing.T) {
	h := newHousehold(t)
	films := h.addLibrary("Films")
	h.finishJobs()
	s := h.followAt(h.signedIn("Mara", atHome), "/admin/jobs/events?wait=1")
	if jobs := s.next(); len(jobs) != 0 {
		t.Errorf("at first: %+v", jobs)
	}
	id := h.askScan(films)
	if jobs := s.next(); len(jobs) != 1 || jobs[0].ID != id {
		t.Errorf("then: %+v", jobs)
	}
}

func TestTheStreamEndsWithTheServerAndTheSession(t *testing.T) {
	h := newHousehold(t)
	h.askScan(h.addLibrary("Films"))
	jonas := h.addAdministrator("Jonas")
	out, dismissed, stopped := h.signedIn("Mara", atHome), h.signedIn("Jonas", atHome), h.signedIn("Mara", atHome)
	signedOut, demoted, standing := h.follow(out), h.follow(dismissed), h.follow(stopped)
	for _, s := range []*stream{signedOut, demoted, standing} {
		s.next()
	}
	out.post("/sign-out", nil).want(http.StatusSeeOther)
	signedOut.ends()
	if err := h.store.UpdateProfile(context.Background(), h.asOwner(), jonas.ID, store.Profile{Name: "Jonas"}); err != nil {
		t.Fatal(err)
	}
	demoted.ends()
	h.server.EndStreams()
	standing.ends()
	late := h.follow(stopped)
	late.next()
	late.ends()
}

func TestABrowserHasOnlySoManyStreams(t *testing.T) {
	h := newHousehold(t)
	h.askScan(h.addLibrary("Films"))
	b := h.signedIn("Mara", atHome)
	for range 4 {
		h.follow(b).next()
	}
	if s := h.follow(b); s.response.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one too many: %d", s.response.StatusCode)
	}
	if s := h.follow(h.signedIn("Mara", atHome)); s.response.StatusCode != http.StatusOK {
		t.Errorf("another browser: %d", s.response.StatusCode)
	}
	h.server.EndStreams()
}

func TestWorkerLog(t *testing.T) {
	h := newHousehold(t)
	films, music := h.addLibrary("Films"), h.addLibrary("Music")
	h.finishJobs()
	b := h.signedIn("Mara", away)
	done, failed := h.askScan(films), h.askScan(music)
	h.endJob(done, store.JobDone, "")
	h.endJob(failed, store.JobFailed, "The disk is full.")
	running, waiting := h.askScan(films), h.askScan(music)
	h.claimJob()
	log := b.get("/admin/activity/jobs").want(http.StatusOK)
	if jobs := log.doc().Find("[data-job]"); jobs.Length() != 2 || jobs.First().AttrOr("data-job", "") != strconv.FormatInt(running, 10) || jobs.First().Find("progress").Length() != 1 {
		t.Errorf("open: %s", jobs.Text())
	}
	log.says("Scan of Music").says("The disk is full.").says("Mara asked for it").says("It begins when the jobs before it are done.")
	if log.doc().Find("aside a[href='/admin/users']").Length() != 1 || !strings.Contains(log.text("aside"), "Mara") {
		t.Error("the users are not beside it")
	}
	if tab := log.text(".tabs [aria-current]"); tab != "Worker log" {
		t.Errorf("the tab %q is open", tab)
	}
	if b.get("/admin/activity").doc().Find(".tabs a[href='/admin/activity/jobs']").Length() != 1 {
		t.Error("Activity does not lead to it")
	}
	b.follow("/admin/jobs/"+strconv.FormatInt(waiting, 10)+"/cancel", nil).says("The scan ends.").says("It was cancelled before it began.")
	b.get("/admin/activity/jobs/999").want(http.StatusNotFound)
	b.post("/admin/jobs/999/cancel", nil).want(http.StatusNotFound)
}
