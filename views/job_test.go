package views_test

import (
	"testing"

	"usher/store"
	"usher/views"
)

func TestACleanUpTellsWhatItHasRemoved(t *testing.T) {
	for want, job := range map[string]store.Job{
		"Three entries were removed whose time was over, such as old sessions, links and lines of Activity.":                                                            {Seen: 3},
		"One title whose files have been gone for 30 days was removed.":                                                                                                 {Seen: 1, Saved: store.Saved{Missing: 1}},
		"One entry was removed whose time was over, such as old sessions, links and lines of Activity. Two titles whose files have been gone for 30 days were removed.": {Seen: 3, Saved: store.Saved{Missing: 2}},
	} {
		job.Kind, job.State = store.JobCleanUp, store.JobDone
		if got := views.JobNews(job); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
