//go:build linux || darwin

package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"usher/internal/fulldisk"
	"usher/store"
)

// On a full disk a change fails with an error that says so, leaves nothing
// behind, and can be made as soon as there is room. Reading goes on.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	fulldisk.Run(t, func(t *testing.T, disk fulldisk.Disk) {
		h := newHome(t)
		elsa := h.add("Elsa", "$elsa")
		h.shelve(film(h.addLibrary("Films", store.KindFilms).Roots[0].ID, "Alien", ""))
		h.signIn(elsa.ID, "browser")
		note := strings.Repeat("a long note ", 150)
		disk.Fill(h.folder, 6<<10)
		var refused error
		for i := 0; refused == nil; i++ {
			if i == 10_000 {
				t.Fatal("the disk is never full")
			}
			before, written := h.state(), len(h.actions())
			refused = h.edit(elsa.ID, func(p *store.Profile) { p.Note = fmt.Sprint(i, note) })
			if refused != nil && (h.state() != before || len(h.actions()) != written) {
				t.Error("the change that failed left something behind")
			}
		}
		if !store.DiskRefuses(refused) {
			t.Errorf("the error does not say that it is the disk: %v", refused)
		}
		before := h.state()
		crowd := make([]store.Person, 500)
		for i := range crowd {
			crowd[i].Name = fmt.Sprint("Person ", i)
		}
		for about, change := range map[string]func() error{
			"a household":     func() error { _, err := h.AddHousehold(h.ctx, store.Household{People: crowd}); return err },
			"an edit":         func() error { return h.edit(elsa.ID, func(p *store.Profile) { p.Note = note }) },
			"a larger change": func() error { return h.SetPicture(h.ctx, h.mara(), elsa.ID, make([]byte, 50_000)) },
		} {
			if err := change(); !store.DiskRefuses(err) {
				t.Errorf("%s on a full disk: %v", about, err)
			}
		}
		if h.state() != before || !h.signedIn("browser") {
			t.Error("what failed left something behind, or signed somebody out")
		}
		if got := h.found("person"); len(got) != 0 {
			t.Errorf("a search finds %q, who were never added", got)
		}
		lost := false
		for minute := time.Minute; !lost && minute < 1000*time.Minute; minute += time.Minute {
			if err := h.SavePosition(h.ctx, elsa.ID, h.the("Alien"), store.Position{At: minute}); err != nil {
				t.Fatalf("what plays ends on a full disk: %v", err)
			}
			lost = h.headway(elsa, "Alien").Position != minute
		}
		if !lost {
			t.Error("the disk is never full for positions")
		}

		disk.Free()
		if added, err := h.AddHousehold(h.ctx, store.Household{People: crowd}); err != nil || added[store.ListLocal] != len(crowd) {
			t.Errorf("with room again %v were added: %v", added, err)
		}
		h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Note = "" }))
		var sound string
		h.must(h.raw().QueryRowContext(h.ctx, `PRAGMA integrity_check`).Scan(&sound))
		if sound != "ok" {
			t.Errorf("the file is not sound: %s", sound)
		}
		h.must(h.Close())
		h.Store = h.open()
		if n, err := h.CountUsers(h.ctx, store.ListLocal, store.FilterEveryone); err != nil || n != len(crowd)+2 {
			t.Errorf("%d users after a restart: %v", n, err)
		}
	})
}
