package store_test

import (
	"slices"
	"testing"

	"usher/store"
)

// openJobs are the states and reasons of what runs or waits.
func (h *home) openJobs() (open []string) {
	h.t.Helper()
	jobs, err := h.OpenJobs(h.ctx)
	h.must(err)
	for _, job := range jobs {
		open = append(open, string(job.State)+" "+job.Subject+" "+string(job.Reason))
	}
	return open
}

func TestTwoScansAskedAtOnceAreOne(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	h.finishJobs()
	select {
	case <-h.Asked(store.JobScan):
	default:
	}
	wrote := h.wrote(func() {
		first, err := h.AskScan(h.ctx, h.mara(), films.ID)
		h.must(err)
		second, err := h.AskScan(h.ctx, h.mara(), films.ID)
		h.must(err)
		if first != second {
			t.Errorf("two scans wait: %d and %d", first, second)
		}
		h.must(h.QueueScans(h.ctx, store.ReasonTime))
	})
	if !slices.Equal(wrote, []store.Action{store.ActionScanAsked}) {
		t.Errorf("written down: %v", wrote)
	}
	select {
	case <-h.Asked(store.JobScan):
	default:
		t.Error("nobody was woken")
	}
	if got := h.openJobs(); !slices.Equal(got, []string{"waiting Films asked"}) {
		t.Errorf("open: %q", got)
	}
	_, err := h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	h.must(h.QueueScans(h.ctx, store.ReasonChange))
	if got := h.openJobs(); !slices.Equal(got, []string{"running Films asked", "waiting Films change"}) {
		t.Errorf("a change during a scan: %q", got)
	}
	_, err = h.AskScan(h.ctx, h.mara(), 99)
	wantError(t, err, store.ErrNotFound)
	_, err = h.AskScan(h.ctx, actor(h.add("Ada", "")), films.ID)
	wantError(t, err, store.ErrForbidden)
}

// finishJobs ends what waits, as if it had been done.
func (h *home) finishJobs() {
	h.t.Helper()
	for len(h.openJobs()) > 0 {
		job, err := h.ClaimJob(h.ctx, store.JobScan)
		h.must(err)
		h.must(h.EndJob(h.ctx, job.ID, store.JobDone, ""))
	}
}

func TestCancelJob(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	waiting, err := h.AskScan(h.ctx, h.mara(), films.ID)
	h.must(err)
	h.must(h.CancelJob(h.ctx, h.mara(), waiting))
	if job, err := h.Job(h.ctx, waiting); err != nil || job.State != store.JobCancelled || job.EndedAt.IsZero() {
		t.Errorf("cancelled while it waited: %+v, %v", job, err)
	}
	running, err := h.AskScan(h.ctx, h.mara(), films.ID)
	h.must(err)
	_, err = h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	wrote := h.wrote(func() {
		h.must(h.CancelJob(h.ctx, h.mara(), running))
		h.must(h.CancelJob(h.ctx, h.mara(), running))
	})
	if !slices.Equal(wrote, []store.Action{store.ActionJobCancelled}) {
		t.Errorf("written down: %v", wrote)
	}
	if asked, err := h.CancelAsked(h.ctx, running); err != nil || !asked {
		t.Errorf("the job does not hear of it: %v, %v", asked, err)
	}
	if job, err := h.Job(h.ctx, running); err != nil || job.State != store.JobRunning || !job.Cancelling {
		t.Errorf("cancelled while it ran: %+v, %v", job, err)
	}
	if again, err := h.AskScan(h.ctx, h.mara(), films.ID); err != nil || again == running {
		t.Errorf("asked for while one ends: %d, %v", again, err)
	}
	wantError(t, h.CancelJob(h.ctx, actor(h.add("Ada", "")), running), store.ErrForbidden)
	wantError(t, h.CancelJob(h.ctx, h.mara(), 99), store.ErrNotFound)
}

func TestJobsOfACrashAreResumed(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	h.finishJobs()
	broken, err := h.AskScan(h.ctx, h.mara(), films.ID)
	h.must(err)
	_, err = h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	again := h.open()
	h.must(again.RecoverJobs(h.ctx, store.JobScan))
	if job, err := h.Job(h.ctx, broken); err != nil || job.State != store.JobFailed || job.Error == "" {
		t.Errorf("the broken job: %+v, %v", job, err)
	}
	if got := h.openJobs(); !slices.Equal(got, []string{"waiting Films resumed"}) {
		t.Errorf("open: %q", got)
	}
}

// A scan that was to end is not begun again.
func TestACancelledJobOfACrashIsOver(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	h.finishJobs()
	broken, err := h.AskScan(h.ctx, h.mara(), films.ID)
	h.must(err)
	_, err = h.ClaimJob(h.ctx, store.JobScan)
	h.must(err)
	h.must(h.CancelJob(h.ctx, h.mara(), broken))
	h.must(h.open().RecoverJobs(h.ctx, store.JobScan))
	if job, err := h.Job(h.ctx, broken); err != nil || job.State != store.JobCancelled || len(h.openJobs()) != 0 {
		t.Errorf("the broken job: %+v, %v; open: %q", job, err, h.openJobs())
	}
}

// A clean-up removes titles that were gone for a month with what only they have
// used, and says so in the worker log.
func TestCleanUpOfMissingTitles(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	h.finishJobs()
	folder := films.Roots[0].ID
	_, err := h.SaveFound(h.ctx, 1, []store.Found{film(folder, "Alien", "R", "grim"), film(folder, "The Bear", "G", "gentle")})
	h.must(err)
	job, err := h.AskScan(h.ctx, h.mara(), films.ID)
	h.must(err)
	_, err = h.SaveScan(h.ctx, job, store.Batch{Found: []store.Found{film(folder, "The Bear", "G", "gentle")}, Read: []store.Directory{{Folder: folder}}})
	h.must(err)
	titles := func() (n int) {
		h.must(h.Reader().QueryRowContext(h.ctx, `SELECT (SELECT count(*) FROM titles) * 10 + (SELECT count(*) FROM labels)`).Scan(&n))
		return n
	}
	h.clock.pass(29 * store.Day)
	if _, err := h.CleanUp(h.ctx); err != nil || titles() != 22 {
		t.Errorf("after 29 days: %d, %v", titles(), err)
	}
	h.clock.pass(2 * store.Day)
	removed, err := h.CleanUp(h.ctx)
	if h.must(err); removed == 0 || titles() != 11 {
		t.Errorf("after 31 days: %d, removed %d", titles(), removed)
	}
	page, err := h.Jobs(h.ctx, 1)
	if h.must(err); page.Jobs[0].Kind != store.JobCleanUp || page.Jobs[0].State != store.JobDone || page.Jobs[0].Missing != 1 || page.Jobs[0].Seen != int(removed) {
		t.Errorf("the worker log: %+v", page.Jobs[0])
	}
	before := len(page.Jobs)
	if _, err := h.CleanUp(h.ctx); err != nil {
		t.Fatal(err)
	}
	if page, err = h.Jobs(h.ctx, 1); err != nil || len(page.Jobs) != before {
		t.Errorf("a clean-up without anything to do is in the log: %d jobs, %v", len(page.Jobs), err)
	}
}

// A label that only a restriction names stays: without it, who may watch nothing
// else would see everything.
func TestCleanUpKeepsLabelsOfRestrictions(t *testing.T) {
	h, films := shelf(t)
	elsa := h.add("Elsa", "")
	h.restrict(elsa.ID, store.Restrictions{OnlyLabels: []string{"kids"}})
	h.goes("Home")
	h.clock.pass(60 * store.Day)
	if removed, err := h.CleanUp(h.ctx); err != nil || removed == 0 {
		t.Errorf("removed %d, %v", removed, err)
	}
	if got := h.sees(elsa.ID, films); got != "" {
		t.Errorf("Elsa sees %q", got)
	}
	if r := h.user(elsa.ID).Restrictions; !slices.Equal(r.OnlyLabels, []string{"kids"}) {
		t.Errorf("Elsa is restricted to %+v", r)
	}
}

// One part that is gone for long is forgotten, and the title with its other part
// stays.
func TestCleanUpOfOneFile(t *testing.T) {
	h := newHome(t)
	films := h.addLibrary("Films", store.KindFilms)
	h.shelve(cut(films.Roots[0].ID, "Both", "a.mkv", "b.mkv"))
	_, err := h.Writer().Exec(`UPDATE files SET missing_at = 1 WHERE name = CAST('b.mkv' AS BLOB)`)
	h.must(err)
	_, err = h.CleanUp(h.ctx)
	h.must(err)
	if files, titles := h.number(`SELECT count(*) FROM files`), h.number(`SELECT count(*) FROM titles`); files != 1 || titles != 1 {
		t.Errorf("%d files of %d titles are left", files, titles)
	}
}
