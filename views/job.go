package views

import (
	"strconv"
	"strings"
	"time"

	"usher/store"
	"usher/views/ui"
)

const jobsPath = "/admin/activity/jobs"

// JobAddress is the page of one job in the worker log.
func JobAddress(id int64) string { return jobsPath + "/" + strconv.FormatInt(id, 10) }

func cancelAddress(id int64) string {
	return "/admin/jobs/" + strconv.FormatInt(id, 10) + "/cancel"
}

// JobTitle is what a job is, in words.
func JobTitle(j store.Job) string {
	switch j.Kind {
	case store.JobCleanUp:
		return "Clean-up"
	case store.JobRefresh:
		return "Reading of " + j.Subject
	case store.JobScan:
	}
	return "Scan of " + j.Subject
}

// jobBadge is how far a job has come.
func jobBadge(j store.Job) (kind, text string) {
	switch j.State {
	case store.JobWaiting:
		return "", "Waits"
	case store.JobRunning:
		if j.Cancelling {
			return "warn", "Ends"
		}
		return "accent", "Runs"
	case store.JobDone:
		return "good", "Done"
	case store.JobCancelled:
		return "warn", "Cancelled"
	case store.JobFailed:
		return "bad", "Failed"
	}
	return "", ""
}

// JobNews tells how far a job is and what it has done, in sentences.
func JobNews(j store.Job) string {
	switch j.State {
	case store.JobWaiting:
		return "It begins when the jobs before it are done."
	case store.JobRunning:
		if j.Cancelling {
			return "It ends in a moment. " + found(j)
		}
		return looked(j) + " " + found(j)
	case store.JobFailed:
		if j.Kind == store.JobRefresh {
			return j.Error + " What the channel has is as before."
		}
		return j.Error
	case store.JobCancelled:
		if j.StartedAt.IsZero() {
			return "It was cancelled before it began."
		}
		return looked(j) + " " + found(j) + " What was found before it was cancelled stays."
	case store.JobDone:
	}
	switch {
	case j.Kind == store.JobCleanUp:
		return cleaned(j)
	case j.Kind == store.JobRefresh && j.Seen == 0:
		return "It is as it was when it was last read."
	}
	return looked(j) + " " + found(j)
}

// looked says how many files or entries a job has looked at.
func looked(j store.Job) string {
	one, many := "file", "files"
	if j.Kind == store.JobRefresh {
		one, many = "entry", "entries"
	}
	if j.State == store.JobRunning && j.Total > j.Seen {
		return ui.Number(j.Seen) + " of about " + ui.Number(j.Total) + " " + many + " looked at."
	}
	return ui.Count(j.Seen, one, many) + " looked at."
}

// found says what a job has found to be other than before.
func found(j store.Job) string {
	var parts []string
	for _, of := range []struct {
		n    int
		what string
	}{{j.Added, "added"}, {j.Changed, "changed"}, {j.Moved, "moved"}, {j.Missing, "missing"}} {
		if of.n > 0 {
			parts = append(parts, ui.Number(of.n)+" "+of.what)
		}
	}
	switch {
	case len(parts) > 0 && j.Kind == store.JobRefresh:
		return "Entries: " + ui.Names(parts, 0) + "."
	case len(parts) > 0:
		return "Titles: " + ui.Names(parts, 0) + "."
	case j.State == store.JobRunning:
		return "Nothing new so far."
	}
	return "Nothing has changed."
}

// cleaned says what a clean-up has removed.
func cleaned(j store.Job) string {
	var parts []string
	if old := j.Seen - j.Missing; old > 0 {
		parts = append(parts, ui.Count(old, "entry", "entries")+" "+agree(old, "was", "were")+" removed whose time was over, such as old sessions, links and lines of Activity.")
	}
	if j.Missing > 0 {
		parts = append(parts, ui.Count(j.Missing, "title", "titles")+" whose files have been gone for 30 days "+agree(j.Missing, "was", "were")+" removed.")
	}
	return strings.Join(parts, " ")
}

func agree(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// JobTrouble says how much a job could not read, "" for none.
func JobTrouble(j store.Job) string {
	if j.Problems == 0 {
		return ""
	}
	return ui.Count(j.Problems, "thing", "things") + " could not be read."
}

// jobReason says why a job was begun, and when.
func jobReason(j store.Job, now time.Time) string {
	when := inSentence(ui.When(j.AskedAt, now))
	if j.Kind == store.JobCleanUp {
		return "By the clock, " + when + "."
	}
	switch j.Reason {
	case store.ReasonAsked:
		return j.AskedBy + " asked for it " + when + "."
	case store.ReasonLibrary:
		return "Asked for because the folders are new, " + when + "."
	case store.ReasonChannel:
		return "Asked for because the address is new, " + when + "."
	case store.ReasonStart:
		return "Asked for when the server started, " + when + "."
	case store.ReasonTime:
		return "By the clock, " + when + "."
	case store.ReasonChange:
		return "Asked for because files have changed, " + when + "."
	case store.ReasonResumed:
		return "Begun again after Usher had stopped in the middle, " + when + "."
	}
	return ""
}

// took says how long a job took.
func took(j store.Job) string {
	switch d := j.EndedAt.Sub(j.StartedAt); {
	case j.StartedAt.IsZero() || j.EndedAt.IsZero():
		return ""
	case d < 2*time.Second:
		return "It took a moment."
	default:
		return "It took " + ui.Wait(d) + "."
	}
}

// cancelLabel is what the button says that ends a job.
func cancelLabel(j store.Job) string {
	if j.Kind == store.JobRefresh {
		return "Cancel reading"
	}
	return "Cancel the scan"
}

// total is how much a progress bar measures; "" where nobody knows.
func jobTotal(j store.Job) string {
	if j.Total <= j.Seen {
		return ""
	}
	return strconv.Itoa(j.Total)
}

// JobState is an open job as the script of a page is told of it.
type JobState struct {
	ID      int64          `json:"id"`
	Library int64          `json:"library"`
	State   store.JobState `json:"state"` // with "cancelling" for one that is to end
	Seen    int            `json:"seen"`
	Total   int            `json:"total"` // 0 is not known
	News    string         `json:"news"`
	Current string         `json:"current"`
	Trouble string         `json:"trouble"`
}

// NewJobState is what is told of a job.
func NewJobState(j store.Job) JobState {
	s := JobState{ID: j.ID, Library: j.LibraryID, State: JobMark(j), Seen: j.Seen, News: JobNews(j), Current: j.Current, Trouble: JobTrouble(j)}
	if j.Total > j.Seen {
		s.Total = j.Total
	}
	return s
}

// JobMark is the state of a job as pages mark it: when it changes, the page has
// to be drawn anew.
func JobMark(j store.Job) store.JobState {
	if j.Cancelling && j.State.Open() {
		return "cancelling"
	}
	return j.State
}

// JobsPage is the worker log.
type JobsPage struct {
	Layout  ui.Layout
	Open    []store.Job // what runs and waits, in this order
	Ended   []store.Job // the latest first
	Page    int
	Pages   int
	Letters []store.OutboxEntry // that are not sent
	Users   []store.User        // who was here last
	Actor   store.Actor
	Now     time.Time
}

func (p JobsPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Page, Pages: p.Pages, Href: func(page int) string { return jobsPath + "?page=" + strconv.Itoa(page) }}
}

// status is what is read aloud when the log has changed.
func (p JobsPage) status() string {
	if len(p.Open) == 0 {
		return "Nothing runs now."
	}
	return JobTitle(p.Open[0]) + ": " + JobNews(p.Open[0])
}

// JobPage is one job with what it could not read.
type JobPage struct {
	Layout   ui.Layout
	Job      store.Job
	Problems []store.JobProblem
	After    int // the page begins after this problem
	Actor    store.Actor
	Now      time.Time
}

// more is the address of the next problems, "" where there are none.
func (p JobPage) more() string {
	if len(p.Problems) == 0 {
		return ""
	}
	last := p.Problems[len(p.Problems)-1].Number
	if last >= min(p.Job.Problems, store.MaxProblems) {
		return ""
	}
	return JobAddress(p.Job.ID) + "?after=" + strconv.Itoa(last)
}

// kept says how many of the problems are kept, where that is not all.
func (p JobPage) kept() string {
	if p.Job.Problems <= store.MaxProblems {
		return ""
	}
	return "The first " + ui.Number(store.MaxProblems) + " are kept."
}
