package admin

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// usersShown is how many users stand beside the worker log.
const usersShown = 8

// Jobs shows what the server does by itself.
func (h *Handlers) Jobs(c echo.Context) error {
	ctx := c.Request().Context()
	// A page that is no number is the first, as none is.
	number, _ := strconv.Atoi(c.QueryParam("page"))
	model := views.JobsPage{Actor: page.From(c).Actor(), Now: h.Now(c)}
	jobs, err := h.Store.Jobs(ctx, number)
	if err != nil {
		return err
	}
	model.Page, model.Pages = jobs.Page, jobs.Pages
	for _, job := range jobs.Jobs {
		if !job.State.Open() {
			model.Ended = append(model.Ended, job)
		}
	}
	if model.Open, err = h.Store.OpenJobs(ctx); err != nil {
		return err
	}
	if model.Letters, err = h.unsentLetters(c); err != nil {
		return err
	}
	users, err := h.Store.Users(ctx, store.UserQuery{List: store.ListLocal, Sort: store.SortSeen})
	if err != nil {
		return err
	}
	model.Users = users.Users[:min(len(users.Users), usersShown)]
	if model.Layout, err = h.Layout(c, "Worker log", "activity"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Jobs(model))
}

// unsentLetters are the e-mails of late that wait, go out or have failed.
func (h *Handlers) unsentLetters(c echo.Context) (unsent []store.OutboxEntry, err error) {
	letters, err := h.Store.LatestLetters(c.Request().Context(), lettersShown)
	if err != nil {
		return nil, err
	}
	for _, e := range letters {
		if e.State != store.LetterSent {
			unsent = append(unsent, e)
		}
	}
	return unsent, nil
}

// Job shows one job with what it could not read.
func (h *Handlers) Job(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	model := views.JobPage{Actor: page.From(c).Actor(), Now: h.Now(c)}
	if model.Job, err = h.Store.Job(ctx, id); err != nil {
		return err
	}
	// What is no number asks for the first, as none does.
	model.After, _ = strconv.Atoi(c.QueryParam("after"))
	if model.Problems, err = h.Store.JobProblems(ctx, id, model.After); err != nil {
		return err
	}
	if model.Layout, err = h.Layout(c, views.JobTitle(model.Job), "activity"); err != nil {
		return err
	}
	return h.Render(c, http.StatusOK, views.Job(model))
}

// JobEvents tells of the jobs that run and wait for as long as there are any, and
// with wait in its address also when there are some again.
func (h *Handlers) JobEvents(c echo.Context) error {
	wait := c.QueryParam("wait") != ""
	return h.Stream(c, "jobs", func() (what any, last bool, err error) {
		jobs, err := h.Store.OpenJobs(c.Request().Context())
		states := make([]views.JobState, len(jobs))
		for i, job := range jobs {
			states[i] = views.NewJobState(job)
		}
		return states, len(jobs) == 0 && !wait, err
	})
}

// CancelJob ends a job.
func (h *Handlers) CancelJob(c echo.Context) error {
	ctx := c.Request().Context()
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	if err := h.Store.CancelJob(ctx, page.From(c).Actor(), id); err != nil {
		return err
	}
	job, err := h.Store.Job(ctx, id)
	if err != nil {
		return err
	}
	if job.Kind == store.JobRefresh {
		return h.Done(c, page.CameFrom(c, views.JobAddress(id)), "Reading ends. What was found so far stays.")
	}
	return h.Done(c, page.CameFrom(c, views.JobAddress(id)), "The scan ends. What it has found so far stays.")
}

// ScanLibrary asks for a scan of a library.
func (h *Handlers) ScanLibrary(c echo.Context) error {
	library, err := h.library(c)
	if err != nil {
		return err
	}
	if _, err := h.Store.AskScan(c.Request().Context(), page.From(c).Actor(), library.ID); err != nil {
		return err
	}
	return h.Done(c, page.CameFrom(c, views.Libraries.AddressOf(library.ID)), library.Name+" is scanned as soon as it is its turn.")
}

// latestJob is the scan of a library that was asked for last; the zero Job for
// none.
func (h *Handlers) latestJob(c echo.Context, library int64) (store.Job, error) {
	job, err := h.Store.LatestJob(c.Request().Context(), library)
	if errors.Is(err, store.ErrNotFound) {
		return store.Job{}, nil
	}
	return job, err
}
