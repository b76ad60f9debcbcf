package store

import "time"

// JobKind is what the server does by itself.
type JobKind string

// The kinds of job.
const (
	JobScan    JobKind = "scan"
	JobCleanUp JobKind = "clean-up"
	JobRefresh JobKind = "refresh" // reading the source of a channel
)

// JobState is how far a job is.
type JobState string

// The states of a job: it waits, runs, and ends in one of three ways.
const (
	JobWaiting   JobState = "waiting"
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobCancelled JobState = "cancelled"
	JobFailed    JobState = "failed"
)

// Open says whether the job has yet to end.
func (s JobState) Open() bool { return s == JobWaiting || s == JobRunning }

// JobReason is why a job was begun.
type JobReason string

// The reasons: an administrator asked, the library was added or changed, the
// channel was, the server started, it was time, a folder changed, or a job before
// was broken off.
const (
	ReasonAsked   JobReason = "asked"
	ReasonLibrary JobReason = "library"
	ReasonChannel JobReason = "channel"
	ReasonStart   JobReason = "start"
	ReasonTime    JobReason = "time"
	ReasonChange  JobReason = "change"
	ReasonResumed JobReason = "resumed"
)

// Job is one thing that the server does by itself, with how far it is: one
// entry of the worker log.
type Job struct {
	ID        int64
	Kind      JobKind
	LibraryID int64  // of a scan
	ChannelID int64  // of a refresh
	Subject   string // the library or channel, as it was named then
	Reason    JobReason
	AskedBy   string // as named then; "" for the server itself
	State     JobState
	Seen      int // files looked at, or entries; of a clean-up, entries removed, of which Missing were titles
	Total     int // files or entries to expect; 0 is not known
	Saved
	Problems   int    // how many there are; the first MaxProblems are kept
	Current    string // the file at hand, as it can be shown
	Cancelling bool   // somebody wants it to end
	Error      string // why it failed, in a sentence
	AskedAt    time.Time
	StartedAt  time.Time // zero while it waits
	EndedAt    time.Time // zero while it is open
}

// about is the id of what the job is about.
func (j Job) about() int64 {
	if j.Kind == JobRefresh {
		return j.ChannelID
	}
	return j.LibraryID
}

// JobPage is one page of the worker log, the latest first.
type JobPage struct {
	Jobs  []Job
	Page  int // from 1
	Pages int // at least 1
}

// JobProblem is what a job could not read, and why.
type JobProblem struct {
	Number  int    // from 1
	Path    string // as it can be shown
	Problem string // a sentence
}

// MaxProblems is how many problems of one job are kept.
const MaxProblems = 1000

// Progress is how far a job is.
type Progress struct {
	Seen, Total int
	Current     string // the file at hand, as it can be shown
}

// MayScan says whether the actor may ask for scans and for channels to be read
// again, and cancel that.
func (a Actor) MayScan() bool { return a.IsAdministrator() }
