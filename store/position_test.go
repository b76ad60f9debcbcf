package store_test

import (
	"errors"
	"testing"
	"time"

	"usher/store"
)

func (h *home) headway(user store.User, name string) store.Headway {
	h.t.Helper()
	what := h.the(name)
	progress, err := h.Progress(h.ctx, user.ID, []int64{what.Title})
	h.must(err)
	return progress[what.Title]
}

func TestWhereSomebodyStopped(t *testing.T) {
	h := newHome(t)
	library := h.addLibrary("Films", store.KindFilms)
	music := h.addLibrary("Music", store.KindMusic)
	elsa := h.add("Elsa", "")
	two := film(library.Roots[0].ID, "Two parts", "")
	two.Files = append(two.Files, store.FoundFile{Name: "second", Size: 2, Modified: time.Unix(1, 0)})
	h.shelve(film(library.Roots[0].ID, "Alien", ""), two, h.leaf(library, store.TitlePicture, "Beach"), h.leaf(music, store.TitleTrack, "Song"))
	const hour, minute = time.Hour, time.Minute
	for _, test := range []struct {
		name  string
		tells []store.Position
		want  store.Headway
	}{
		{"Alien", []store.Position{{At: 14 * time.Second, Length: hour}}, store.Headway{}},
		{"Alien", []store.Position{{At: 20 * minute, Length: hour}}, store.Headway{Part: 1, Position: 20 * minute, Length: hour}},
		{"Alien", []store.Position{{At: 20 * minute, Length: hour}, {At: time.Second, Length: hour}}, store.Headway{Part: 1, Position: 20 * minute, Length: hour}},
		{"Alien", []store.Position{{At: 20 * minute, Length: hour}, {At: 20*minute + 2*time.Second, Length: hour}}, store.Headway{Part: 1, Position: 20 * minute, Length: hour}},
		{"Alien", []store.Position{{At: 20 * minute, Length: hour}, {At: 20*minute + 5*time.Second, Length: hour}}, store.Headway{Part: 1, Position: 20*minute + 5*time.Second, Length: hour}},
		{"Alien", []store.Position{{At: 59 * minute, Length: hour}}, store.Headway{Part: 1, Length: hour, Watched: true}},
		{"Alien", []store.Position{{At: 58 * minute, Length: hour}}, store.Headway{Part: 1, Position: 58 * minute, Length: hour}},
		{"Alien", []store.Position{{At: 93 * time.Second, Length: 100 * time.Second}}, store.Headway{Part: 1, Position: 93 * time.Second, Length: 100 * time.Second}},
		{"Alien", []store.Position{{At: 95 * time.Second, Length: 100 * time.Second}}, store.Headway{Part: 1, Length: 100 * time.Second, Watched: true}},
		{"Alien", []store.Position{{Ended: true}, {At: 30 * minute, Length: hour}}, store.Headway{Part: 1, Position: 30 * minute, Length: hour, Watched: true}},
		{"Alien", []store.Position{{Part: 7, At: 30 * minute, Length: -5}}, store.Headway{Part: 1, Position: 30 * minute}},
		{"Alien", []store.Position{{Part: -7, At: 1 << 62, Length: 1 << 61}}, store.Headway{Part: 1, Length: 1000 * hour, Watched: true}},
		{"Two parts", []store.Position{{Part: 1, At: hour, Length: hour, Ended: true}}, store.Headway{Part: 2, Length: hour}},
		{"Two parts", []store.Position{{Part: 2, At: time.Second, Length: hour}}, store.Headway{Part: 2, Position: time.Second, Length: hour}},
		{"Two parts", []store.Position{{Part: 2, At: hour, Length: hour}}, store.Headway{Part: 1, Length: hour, Watched: true}},
		{"Song", []store.Position{{At: 2 * minute, Length: 4 * minute}}, store.Headway{Part: 1, Length: 4 * minute}},
		{"Song", []store.Position{{At: 2 * minute, Length: hour}}, store.Headway{Part: 1, Position: 2 * minute, Length: hour}},
	} {
		h.must(h.ClearHistory(h.ctx, actor(elsa)))
		for _, at := range test.tells {
			h.must(h.SavePosition(h.ctx, elsa.ID, h.the(test.name), at))
		}
		got := h.headway(elsa, test.name)
		if (got != store.Headway{}) != !got.SeenAt.IsZero() {
			t.Errorf("%s was seen at %v", test.name, got.SeenAt)
		}
		if got.SeenAt = (time.Time{}); got != test.want {
			t.Errorf("%s after %+v: %+v, want %+v", test.name, test.tells, got, test.want)
		}
	}
	err := h.SavePosition(h.ctx, elsa.ID, h.the("Beach"), store.Position{At: hour})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a picture is played: %v", err)
	}
}
