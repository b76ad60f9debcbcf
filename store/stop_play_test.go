package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

func TestStopPlay(t *testing.T) {
	h := newHome(t)
	jonas, elsa := h.administrator("Jonas"), h.add("Elsa", "$elsa")
	const device = "Firefox on Linux"
	longest := strings.Repeat("é", store.MaxWord)
	for _, test := range []struct {
		about string
		actor store.User
		whose store.User
		word  string
		over  bool
		said  string
		want  error
	}{
		{about: "an administrator somebody’s", actor: jonas, whose: elsa},
		{about: "with a word", actor: jonas, whose: elsa, word: " Dinner\r\n\tis \u202eready.\x00 ", said: "Dinner is ready."},
		{about: "with the longest word", actor: jonas, whose: elsa, word: longest, said: longest},
		{about: "one’s own", actor: jonas, whose: jonas},
		{about: "the owner’s", actor: jonas, whose: h.owner, want: store.ErrForbidden},
		{about: "the owner her own", actor: h.owner, whose: h.owner},
		{about: "somebody who is no administrator", actor: elsa, whose: elsa, want: store.ErrForbidden},
		{about: "what is over", actor: jonas, whose: elsa, over: true, want: store.ErrNotFound},
		{about: "nobody’s", actor: jonas, whose: store.User{ID: 999}, want: store.ErrNotFound},
	} {
		t.Run(test.about, func(t *testing.T) {
			said, asked := "", 0
			var err error
			wrote := h.wrote(func() {
				err = h.StopPlay(h.ctx, actor(test.actor), store.PlayStop{UserID: test.whose.ID, Device: device, Word: test.word}, func(word string) bool {
					said = word
					asked++
					return !test.over
				})
			})
			if !errors.Is(err, test.want) || said != test.said {
				t.Errorf("%v, and the word is %q; want %v and %q", err, said, test.want, test.said)
			}
			if done := test.want == nil; done != slices.Equal(wrote, []store.Action{store.ActionPlayStopped}) || done && asked != 1 {
				t.Errorf("Activity tells %v, asked %d times", wrote, asked)
			}
		})
	}
	page, err := h.Activity(h.ctx, store.ActivityQuery{UserID: elsa.ID})
	if h.must(err); page.Records[0].Sentence() != "Jonas stopped what Elsa was playing on Firefox on Linux." {
		t.Errorf("Activity says %q", page.Records[0].Sentence())
	}
	if page, err = h.Activity(h.ctx, store.ActivityQuery{Search: "dinner"}); err != nil || len(page.Records) > 0 {
		t.Errorf("the word is in Activity: %v, %v", page.Records, err)
	}
}

func TestAWordThatIsTooLong(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	err := h.StopPlay(h.ctx, h.mara(), store.PlayStop{UserID: elsa.ID, Word: strings.Repeat("é", store.MaxWord+1)}, func(string) bool {
		t.Error("it was stopped")
		return true
	})
	var invalid *store.Invalid
	if !errors.As(err, &invalid) || invalid.Problems[0].Field != "word" {
		t.Errorf("it is answered %v", err)
	}
}
