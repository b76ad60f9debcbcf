package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"usher/store"
)

// sentences are a page of Activity in words, newest first.
func (h *home) sentences(q store.ActivityQuery) []string {
	h.t.Helper()
	page, err := h.Activity(h.ctx, q)
	h.must(err)
	var sentences []string
	for _, r := range page.Records {
		sentences = append(sentences, r.Sentence())
	}
	return sentences
}

func TestRecordsKeepWhatWas(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "$elsa")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Name = "Elsa Lind" }))
	h.must(h.DeleteUsers(h.ctx, h.mara(), elsa.ID))
	page, err := h.Activity(h.ctx, store.ActivityQuery{})
	h.must(err)
	last, first := page.Records[0], page.Records[2]
	if last.Sentence() != "Mara deleted Elsa Lind." || first.Sentence() != "Mara added the user Elsa." {
		t.Errorf("%q … %q", first.Sentence(), last.Sentence())
	}
	if last.Address != "192.168.1.20" || !last.AtHome || !last.At.Equal(h.clock.now()) || last.ActorID != h.owner.ID || last.SubjectID != elsa.ID {
		t.Errorf("written down: %+v", last)
	}
}

func TestActivitySearch(t *testing.T) {
	h := newHome(t)
	h.library("Åsas films")
	h.library("Music")
	h.must(h.DeleteLibrary(h.ctx, h.mara(), 2))
	for search, want := range map[string][]string{
		"asas":                 {"Mara added the library Åsas films."},
		"ÅSAS":                 {"Mara added the library Åsas films."},
		"music ADDED":          {"Mara added the library Music."},
		"usi":                  {"Mara deleted the library Music.", "Mara added the library Music."},
		"192.168.1.20 deleted": {"Mara deleted the library Music."},
		"music asas":           nil,
		"%":                    nil,
		"_":                    nil,
		`" OR 1 --`:            nil,
		"the owner":            {"Server console made Mara the owner."},
		"   ":                  h.sentences(store.ActivityQuery{}),
	} {
		if got := h.sentences(store.ActivityQuery{Search: search}); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
}

func TestActivityOfOneUser(t *testing.T) {
	h := newHome(t)
	elsa, jonas := h.add("Elsa", "$elsa"), h.administrator("Jonas")
	h.must(h.SetDisabled(h.ctx, actor(jonas), true, elsa.ID))
	if _, err := h.AddLibrary(h.ctx, actor(jonas), store.LibraryInput{Name: "Films", Kind: store.KindFilms, Folders: []string{"/f"}}); err != nil {
		t.Fatal(err)
	}
	if got := h.sentences(store.ActivityQuery{UserID: elsa.ID}); !slices.Equal(got, []string{"Jonas disabled Elsa.", "Mara added the user Elsa."}) {
		t.Errorf("about Elsa: %q", got)
	}
	if got := h.sentences(store.ActivityQuery{UserID: jonas.ID, Search: "jonas disabled"}); !slices.Equal(got, []string{"Jonas disabled Elsa."}) {
		t.Errorf("by Jonas: %q", got)
	}
	// The library has the number of a user, and is none.
	if got := h.sentences(store.ActivityQuery{UserID: h.owner.ID, Search: "library"}); len(got) != 0 {
		t.Errorf("about Mara: %q", got)
	}
}

func TestActivityPages(t *testing.T) {
	h := newHome(t)
	id := h.library("Films")
	for i := range 2*store.PageSize + 1 {
		h.must(h.UpdateLibrary(h.ctx, h.mara(), id, store.LibraryInput{Name: fmt.Sprint("Films ", i), Kind: store.KindFilms, Folders: []string{"/f"}}))
	}
	var sizes []int
	query, last := store.ActivityQuery{Search: "changed"}, int64(0)
	for {
		page, err := h.Activity(h.ctx, query)
		h.must(err)
		sizes = append(sizes, len(page.Records))
		for _, r := range page.Records {
			if last != 0 && r.ID >= last {
				t.Fatalf("record %d comes after %d", r.ID, last)
			}
			last = r.ID
		}
		if !page.Older {
			break
		}
		query.Before = last
	}
	if !slices.Equal(sizes, []int{store.PageSize, store.PageSize, 1}) {
		t.Errorf("pages of %v", sizes)
	}
}

func TestCleanUp(t *testing.T) {
	h := newHome(t)
	h.library("Films")
	h.signIn(h.owner.ID, "idle")
	cleanUp := func() int64 {
		t.Helper()
		removed, err := h.CleanUp(h.ctx)
		h.must(err)
		return removed
	}
	// A record lives through its 180th day to the end.
	h.clock.pass(30 * store.Day)
	if n := cleanUp(); n != 0 {
		t.Errorf("after 30 days %d rows went", n)
	}
	h.clock.pass(time.Minute)
	if n := cleanUp(); n != 1 || h.number(`SELECT count(*) FROM sessions`) != 0 {
		t.Errorf("after 30 days and a minute %d rows went", n)
	}
	h.clock.pass(150*store.Day - time.Minute)
	if cleanUp(); !slices.Contains(h.actions(), store.ActionLibraryAdded) {
		t.Error("gone after 180 days")
	}
	h.must(h.DeleteLibrary(h.ctx, h.mara(), 1))
	h.clock.pass(time.Minute)
	cleanUp()
	if actions := h.actions(); !slices.Equal(actions, []store.Action{store.ActionLibraryDeleted}) {
		t.Errorf("after 180 days and a minute there is %v", actions)
	}

	in := h.settings()
	in.ActivityKept = store.Day
	h.must(h.SaveSettings(h.ctx, h.mara(), in))
	h.clock.pass(25 * time.Hour)
	cleanUp()
	if actions := h.actions(); len(actions) != 0 {
		t.Errorf("kept for one day, and after 25 hours there is %v", actions)
	}
}

// Every action has words of its own, and they name who and whom.
func TestSentences(t *testing.T) {
	actions := []store.Action{
		store.ActionSetUp, store.ActionSignIn, store.ActionSignInFailed, store.ActionSignInRefused, store.ActionSignOut, store.ActionAreaEntered,
		store.ActionUserCreated, store.ActionUserChanged, store.ActionUserDisabled, store.ActionUserEnabled, store.ActionUserDeleted,
		store.ActionAppointed, store.ActionDismissed, store.ActionOwnership, store.ActionAccess, store.ActionSignInRules,
		store.ActionPasswordChanged, store.ActionPasswordReset, store.ActionPasswordRemoved, store.ActionResetLink, store.ActionResetLinkUsed,
		store.ActionPictureChanged, store.ActionPictureRemoved, store.ActionLibraryAdded, store.ActionLibraryChanged, store.ActionLibraryDeleted,
		store.ActionLibrariesOrdered, store.ActionChannelAdded, store.ActionChannelChanged, store.ActionChannelDeleted, store.ActionChannelsOrdered,
		store.ActionSettings, store.ActionHousehold, store.ActionViewStarted, store.ActionViewStopped,
		store.ActionDeviceNew, store.ActionDeviceHeld, store.ActionDeviceAllowed, store.ActionDeviceRefused, store.ActionDeviceChosen, store.ActionDeviceUnchosen, store.ActionDeviceDisowned,
	}
	seen := make(map[string]store.Action)
	for _, action := range actions {
		r := store.Record{ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: action, SubjectKind: store.SubjectUser, SubjectID: 2, SubjectName: "Elsa"}}
		sentence := r.Sentence()
		if other, twice := seen[sentence]; twice && action != store.ActionPasswordReset {
			t.Errorf("%s and %s read the same: %s", action, other, sentence)
		}
		seen[sentence] = action
		if sentence[len(sentence)-1] != '.' {
			t.Errorf("%s reads %q", action, sentence)
		}
		r.SubjectID, r.SubjectName = 1, "Mara"
		if own := r.Sentence(); own[len(own)-1] != '.' {
			t.Errorf("%s for oneself reads %q", action, own)
		}
	}
}

// What reads otherwise than its neighbours: of oneself, of nobody known, with
// more to say.
func TestSentencesInWords(t *testing.T) {
	for want, r := range map[string]store.Record{
		"Mara set up Usher and became the owner.":                    {ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: store.ActionSetUp, SubjectKind: store.SubjectUser, SubjectID: 1, SubjectName: "Mara"}},
		"A sign-in with an unknown name failed.":                     {Entry: store.Entry{Action: store.ActionSignInFailed, SubjectKind: store.SubjectUser}},
		"A sign-in as Oskar failed.":                                 {Entry: store.Entry{Action: store.ActionSignInFailed, SubjectKind: store.SubjectUser, SubjectID: 2, SubjectName: "Oskar"}},
		"A sign-in as Oskar was refused (disabled).":                 {Entry: store.Entry{Action: store.ActionSignInRefused, SubjectKind: store.SubjectUser, SubjectID: 2, SubjectName: "Oskar", Detail: "disabled"}},
		"A sign-in was refused (with Example ID: linked to nobody).": {Entry: store.Entry{Action: store.ActionSignInRefused, SubjectKind: store.SubjectUser, Detail: "with Example ID: linked to nobody"}},
		"Mara handed ownership over to Jonas.":                       {ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: store.ActionOwnership, SubjectKind: store.SubjectUser, SubjectID: 3, SubjectName: "Jonas"}},
		"Mara moved the library Films up.":                           {ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: store.ActionLibrariesOrdered, SubjectKind: store.SubjectLibrary, SubjectID: 1, SubjectName: "Films", Detail: "up"}},
		"Mara moved the channel Radio down.":                         {ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: store.ActionChannelsOrdered, SubjectKind: store.SubjectChannel, SubjectID: 1, SubjectName: "Radio", Detail: "down"}},
		"Jonas entered the admin area (with the password).":          {ActorID: 2, Actor: "Jonas", Entry: store.Entry{Action: store.ActionAreaEntered, SubjectKind: store.SubjectUser, SubjectID: 2, SubjectName: "Jonas", Detail: "with the password"}},
		"Elsa signed in (at home, without a password).":              {ActorID: 4, Actor: "Elsa", Entry: store.Entry{Action: store.ActionSignIn, SubjectKind: store.SubjectUser, SubjectID: 4, SubjectName: "Elsa", Detail: "at home, without a password"}},
		"Elsa set a new password with a one-time link.":              {ActorID: 4, Actor: "Elsa", Entry: store.Entry{Action: store.ActionResetLinkUsed, SubjectKind: store.SubjectUser, SubjectID: 4, SubjectName: "Elsa"}},
		"Server console set a new password for Mara.":                {Actor: "Server console", Entry: store.Entry{Action: store.ActionPasswordReset, SubjectKind: store.SubjectUser, SubjectID: 1, SubjectName: "Mara"}},
		"Mara changed the settings (name, trusted proxies).":         {ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: store.ActionSettings, SubjectKind: store.SubjectServer, SubjectName: "Home", Detail: "name, trusted proxies"}},
		"Mara changed what Elsa may watch (1 library, no channels).": {ActorID: 1, Actor: "Mara", Entry: store.Entry{Action: store.ActionAccess, SubjectKind: store.SubjectUser, SubjectID: 4, SubjectName: "Elsa", Detail: "1 library, no channels"}},
	} {
		if got := r.Sentence(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
