//go:build linux || darwin

package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/internal/fulldisk"
)

// With a full disk the server says so on a page of its own, goes on showing
// what there is, and takes changes again as soon as there is room.
func TestFullDisk(t *testing.T) {
	fulldisk.Run(t, func(t *testing.T, disk fulldisk.Disk) {
		asOwner(t, "Mara", goodPassword)
		data := t.TempDir()
		p := serveIn(t, data)
		mara := p.browser()
		mara.signIn("Mara", goodPassword).wants(http.StatusSeeOther)
		create := func(name string) answer {
			return mara.post("/admin/users/new", url.Values{"name": {name}, "all_libraries": {"on"}, "first_sign_in": {"none"}})
		}
		// Wherever in a request the disk turns out to be full, the page tells
		// the truth about whether the user was saved.
		for room := range int64(24) {
			disk.Fill(data, 4<<10*room)
			name, refused := "", answer{}
			for i := 0; refused.status < http.StatusBadRequest; i++ {
				if i == 1000 {
					t.Fatal("the disk is never full")
				}
				name = fmt.Sprintf("Person %d of room %d", i, room)
				refused = create(name)
			}
			refused.wants(http.StatusInsufficientStorage).says("The disk takes nothing more").says("Nothing was half saved")
			if id := refused.header.Get("X-Request-Id"); id == "" || !strings.Contains(p.err.String(), id) {
				t.Errorf("the log does not tell of request %q:\n%s", id, p.err)
			}
			if found := mara.get("/admin/users?" + url.Values{"q": {name}}.Encode()).wants(http.StatusOK); strings.Contains(found.body, ">"+name+"<") {
				t.Error("the user who could not be saved is in the list")
			}
			if room == 0 {
				p.browser().signIn("Mara", goodPassword).wants(http.StatusInsufficientStorage)
			}
			p.get("/readyz").wants(http.StatusOK)
			disk.Free()
			create(name).wants(http.StatusSeeOther)
		}
		mara.get("/admin/users").wants(http.StatusOK).says("of room 23<")
		p.browser().signIn("Mara", goodPassword).wants(http.StatusSeeOther)
		must(t, p.end())
	})
}
