package web_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"usher/store"
)

// addKind adds a library of a kind with a folder of its own.
func (h *house) addKind(name string, kind store.LibraryKind) store.Library {
	h.t.Helper()
	id, err := h.store.AddLibrary(context.Background(), h.asOwner(), store.LibraryInput{Name: name, Kind: kind, Folders: []string{h.t.TempDir()}})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.library(id)
}

// found is a title with a file of its own, as scanning finds it.
func found(kind store.TitleKind, name string, under ...*store.FoundTitle) store.Found {
	return store.Found{
		FoundTitle: store.FoundTitle{Kind: kind, Name: name}, Under: under,
		Files: []store.FoundFile{{Name: name, Size: 1, Modified: time.Unix(1, 0)}},
	}
}

// shelve saves what scanning has found in the first folder of a library, and
// answers the titles as the owner sees them: those of which the names were
// found, in that order.
func (h *house) shelve(library int64, all ...store.Found) []store.Title {
	h.t.Helper()
	ctx := context.Background()
	folder := h.library(library).Roots[0].ID
	for i := range all {
		all[i].Folder = folder
		if all[i].Directory == "" {
			all[i].Directory = fmt.Sprint(i)
		}
	}
	if _, err := h.store.SaveFound(ctx, 1, all); err != nil {
		h.t.Fatal(err)
	}
	if err := h.store.Refresh(ctx); err != nil {
		h.t.Fatal(err)
	}
	titles := make([]store.Title, len(all))
	for i, f := range all {
		titles[i] = h.titled(library, f.Kind, f.Name)
	}
	return titles
}

// titled is the title of a kind with this name, which the owner sees.
func (h *house) titled(library int64, kind store.TitleKind, name string) store.Title {
	h.t.Helper()
	for page := 1; ; page++ {
		list, err := h.store.Titles(context.Background(), store.TitleQuery{Viewer: h.owner.ID, Library: library, Kind: kind, Page: page})
		if err != nil {
			h.t.Fatal(err)
		}
		for _, title := range list.Titles {
			if title.Name == name {
				return title
			}
		}
		if page >= list.Pages {
			h.t.Fatalf("there is no %s called %q", kind, name)
		}
	}
}

// each is the text of everything that the selector finds, with single spaces.
func (a answer) each(selector string) []string {
	a.t.Helper()
	var texts []string
	for _, found := range a.doc().Find(selector).EachIter() {
		texts = append(texts, strings.Join(strings.Fields(found.Text()), " "))
	}
	return texts
}
