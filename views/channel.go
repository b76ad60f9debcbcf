package views

import (
	"time"

	"usher/store"
	"usher/views/ui"
)

// ChannelPage adds a channel, or changes one and tells how it is.
type ChannelPage struct {
	Layout   ui.Layout
	Channel  store.Channel // as saved; the zero Channel for a new one
	Source   store.ChannelSource
	Job      store.Job // when it was to be read last; the zero Job for never
	Name     string    // as typed, and so the next
	Address  string
	Problems Problems
	Clock    bool // channels are read by the clock
	Actor    store.Actor
	Now      time.Time
}

// Title is the heading of the page.
func (p ChannelPage) Title() string { return Channels.formTitle(p.Channel.ID, p.Channel.Name) }

// format is what the source is, in words.
func (p ChannelPage) format() string {
	switch p.Source.Format {
	case store.FormatList:
		return "An M3U list"
	case store.FormatPodcast:
		return "A podcast"
	}
	return "Not read yet"
}

// skipped says how much of the source cannot be used.
func (p ChannelPage) skipped() string {
	if p.Source.Skipped == 0 {
		return "None"
	}
	return ui.Number(p.Source.Skipped) + ": without an address that Usher can ask, with nothing to play, or beyond the first " + ui.Number(store.MaxEntries) + "."
}

// read says when the source was read last.
func (p ChannelPage) read() string {
	if p.Source.RefreshedAt.IsZero() {
		return "Not yet"
	}
	return ui.When(p.Source.RefreshedAt, p.Now)
}

// trouble says why the source could not be read, and since when that is known;
// "" where it could.
func (p ChannelPage) trouble() string {
	if p.Source.Problem == "" {
		return ""
	}
	return "Usher could not read this channel " + inSentence(ui.When(p.Source.TriedAt, p.Now)) + ". " + p.Source.Problem
}

// kept says what the channel has meanwhile, and what happens next.
func (p ChannelPage) kept() string {
	next := "Usher tries again when somebody asks for it."
	if p.Clock {
		next = "Usher tries again by itself."
	}
	if p.Source.Entries == 0 {
		return next + " If the address is wrong, change it below."
	}
	return "What it had before stays. " + next
}

// status is what is read aloud when the page has changed.
func (p ChannelPage) status() string {
	if p.Job.ID == 0 {
		return "It has not been read yet."
	}
	return JobTitle(p.Job) + ": " + JobNews(p.Job)
}

// ChannelSize is how much is in a channel, and when it was read, in words.
func ChannelSize(s store.ChannelSource, now time.Time) string {
	if s.RefreshedAt.IsZero() {
		return "Not read yet"
	}
	return ui.Count(s.Entries, "entry", "entries") + ", read " + inSentence(ui.When(s.RefreshedAt, now))
}

// ChannelState tells how a channel is in a list: whether it could be read, and is
// being read.
func ChannelState(s store.ChannelSource, open []store.Job) (state string, bad bool) {
	for _, job := range open {
		if job.ChannelID == s.ChannelID && job.State == store.JobRunning {
			return "Being read", false
		}
	}
	if s.Problem != "" {
		return "Not reached", true
	}
	return "", false
}
