package views

import (
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"usher/store"
)

// mediaWords are all libraries and channels, for rows that tell what somebody
// may watch.
type mediaWords struct {
	libraries, channels []named
}

// named is a library or channel in the few words of a row.
type named struct {
	id   int64
	name string // escaped
}

func newMediaWords(libraries []store.Library, channels []store.Channel) mediaWords {
	words := mediaWords{make([]named, len(libraries)), make([]named, len(channels))}
	for i, l := range libraries {
		words.libraries[i] = named{l.ID, templ.EscapeString(l.Name)}
	}
	for i, c := range channels {
		words.channels[i] = named{c.ID, templ.EscapeString(c.Name)}
	}
	return words
}

// watches tells which libraries and channels access opens.
func (m mediaWords) watches(b []byte, access store.Access) []byte {
	if access.AllLibraries && access.AllChannels {
		return add(b, "All libraries, all channels")
	}
	if access.AllLibraries {
		b = add(b, "All libraries")
	} else {
		b = some(b, m.libraries, access.Libraries, "No libraries", " libraries")
	}
	b = add(b, " · ")
	if access.AllChannels {
		return add(b, "all channels")
	}
	return some(b, m.channels, access.Channels, "no channels", " channels")
}

// accessWords draws in a few words what an access opens.
type accessWords struct {
	media  mediaWords
	access store.Access
}

// Render draws the words.
func (a accessWords) Render(_ context.Context, w io.Writer) error {
	_, err := w.Write(a.media.watches(nil, a.access))
	return err
}

// fewNames is how many names of libraries a row has room for.
const fewNames = 3

// some names those of all that are chosen, in the order of all, or says how
// many they are.
func some(b []byte, all []named, chosen []int64, none, many string) []byte {
	before, count := len(b), 0
	for _, one := range all {
		if !slices.Contains(chosen, one.id) {
			continue
		}
		switch count++; {
		case count == 1:
			b = append(b, one.name...)
		case count <= fewNames:
			b = add(b, ", ", one.name)
		}
	}
	switch {
	case count == 0:
		return append(b, none...)
	case count <= fewNames:
		return b
	}
	b = strconv.AppendInt(b[:before], int64(count), 10)
	b = strconv.AppendInt(append(b, " of "...), int64(len(all)), 10)
	return append(b, many...)
}

// add appends the parts to b.
func add(b []byte, parts ...string) []byte {
	for _, part := range parts {
		b = append(b, part...)
	}
	return b
}
