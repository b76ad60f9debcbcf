package store_test

import (
	"slices"
	"strings"
	"testing"

	"usher/store"
)

func lindqvists() store.Household {
	return store.Household{
		Libraries: []store.LibraryInput{
			{Name: "Films", Kind: store.KindFilms, Folders: []string{"/films"}},
			{Name: "Music", Kind: store.KindMusic, Folders: []string{"/music"}},
		},
		Channels: []store.ChannelInput{{Name: "News", Address: "https://news.example/list.m3u"}},
		People: []store.Person{
			{NewUser: store.NewUser{Name: "Jonas", PasswordHash: "$j", Access: store.FullAccess()}, Administrator: true},
			{NewUser: store.NewUser{Name: "Elsa", Email: "elsa@example.org"}, Libraries: []string{"Music", "None such"}, Channels: []string{"News"}, LocalAccess: true, Note: "Twelve."},
			{NewUser: store.NewUser{Name: "Oskar"}, Disabled: true},
		},
	}
}

func TestHouseholdTwice(t *testing.T) {
	h := newHome(t)
	for i, want := range []int{3, 0} {
		added, err := h.AddHousehold(h.ctx, lindqvists())
		if h.must(err); added[store.ListLocal] != want {
			t.Errorf("time %d added %v people, want %d", i+1, added, want)
		}
	}
	libraries, err := h.Libraries(h.ctx)
	h.must(err)
	channels, err := h.Channels(h.ctx)
	h.must(err)
	if len(libraries) != 2 || len(channels) != 1 {
		t.Errorf("there are %d libraries and %d channels", len(libraries), len(channels))
	}
	elsa := h.credentialsOf("elsa@example.org").User
	if !slices.Equal(elsa.Access.Libraries, []int64{libraries[1].ID}) || !slices.Equal(elsa.Access.Channels, []int64{channels[0].ID}) || !elsa.LocalAccess || elsa.Note != "Twelve." {
		t.Errorf("Elsa is %+v", elsa)
	}
	if jonas, oskar := h.credentialsOf("Jonas"), h.credentialsOf("Oskar"); jonas.Role != store.RoleAdministrator || !oskar.Disabled {
		t.Errorf("Jonas is %+v and Oskar is %+v", jonas.User, oskar.User)
	}
	page, err := h.Users(h.ctx, store.UserQuery{Search: "els"})
	if h.must(err); page.Total != 1 {
		t.Errorf("a search finds %d Elsas", page.Total)
	}
}

// Who and what is there already stays as it is, whatever the case of the name.
func TestHouseholdLeavesAlone(t *testing.T) {
	h := newHome(t)
	elsa := h.add("ELSA", "$mine")
	films, err := h.AddLibrary(h.ctx, h.mara(), store.LibraryInput{Name: "films", Kind: store.KindPhotos, Folders: []string{"/mine"}})
	h.must(err)
	added, err := h.AddHousehold(h.ctx, lindqvists())
	if h.must(err); added[store.ListLocal] != 2 {
		t.Errorf("added %v", added)
	}
	library, err := h.Library(h.ctx, films)
	h.must(err)
	if u := h.credentials(elsa.ID); u.Name != "ELSA" || u.PasswordHash != "$mine" || library.Kind != store.KindPhotos {
		t.Errorf("Elsa is %+v and the library %+v now", u, library)
	}
}

func TestHouseholdAllOrNothing(t *testing.T) {
	for about, spoil := range map[string]func(h *home, in *store.Household){
		"a bad name":       func(_ *home, in *store.Household) { in.People[2].Name = "Os\u200bkar" },
		"a bad e-mail":     func(_ *home, in *store.Household) { in.People[2].Email = "oskar" },
		"an e-mail twice":  func(_ *home, in *store.Household) { in.People[2].Email = "ELSA@example.org" },
		"a bad library":    func(_ *home, in *store.Household) { in.Libraries[1].Kind = "books" },
		"a bad channel":    func(_ *home, in *store.Household) { in.Channels[0].Address = "news" },
		"a weak role":      func(_ *home, in *store.Household) { in.People[0].PasswordHash = "" },
		"more than may be": func(h *home, _ *store.Household) { h.limit(2) },
	} {
		t.Run(about, func(t *testing.T) {
			h := newHome(t)
			in := lindqvists()
			spoil(h, &in)
			wrote := h.wrote(func() {
				if _, err := h.AddHousehold(h.ctx, in); err == nil || strings.Contains(err.Error(), "panic") {
					t.Errorf("added it: %v", err)
				}
			})
			libraries, err := h.Libraries(h.ctx)
			h.must(err)
			channels, err := h.Channels(h.ctx)
			h.must(err)
			users, err := h.CountUsers(h.ctx, store.ListLocal, store.FilterEveryone)
			h.must(err)
			if users != 1 || len(libraries)+len(channels)+len(wrote) != 0 {
				t.Errorf("%d users, %d libraries, %d channels are there, %v was written", users, len(libraries), len(channels), wrote)
			}
		})
	}
}

// limit sets how many local users there may be.
func (h *home) limit(n int) {
	h.t.Helper()
	settings, err := h.Settings(h.ctx)
	h.must(err)
	settings.UserLimit = n
	h.must(h.SaveSettings(h.ctx, h.mara(), settings))
}
