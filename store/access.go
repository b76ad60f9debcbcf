package store

import "slices"

// Access is what a user may watch: all libraries, those added later too, or
// the chosen ones; the same for channels.
type Access struct {
	AllLibraries bool
	Libraries    []int64
	AllChannels  bool
	Channels     []int64
}

// FullAccess is access to everything.
func FullAccess() Access { return Access{AllLibraries: true, AllChannels: true} }

// LibrariesOf are the libraries among all that this access opens, in the order
// of all. Do not change the slice.
func (a Access) LibrariesOf(all []Library) []Library {
	return opened(all, a.AllLibraries, a.Libraries, func(l Library) int64 { return l.ID })
}

// ChannelsOf are the channels among all that this access opens, in the order
// of all. Do not change the slice.
func (a Access) ChannelsOf(all []Channel) []Channel {
	return opened(all, a.AllChannels, a.Channels, func(c Channel) int64 { return c.ID })
}

func opened[T any](all []T, every bool, chosen []int64, id func(T) int64) []T {
	if every {
		return all
	}
	var some []T
	for _, one := range all {
		if slices.Contains(chosen, id(one)) {
			some = append(some, one)
		}
	}
	return some
}

// chosen are the ids that are worth keeping: none where everything is open.
func (a Access) chosen() (libraries, channels []int64) {
	if !a.AllLibraries {
		libraries = a.Libraries
	}
	if !a.AllChannels {
		channels = a.Channels
	}
	return libraries, channels
}

// Equal says whether both open the same.
func (a Access) Equal(b Access) bool {
	return a.AllLibraries == b.AllLibraries && a.AllChannels == b.AllChannels &&
		sameIDs(a.Libraries, b.Libraries) && sameIDs(a.Channels, b.Channels)
}

// sameIDs compares without regard to order.
func sameIDs(a, b []int64) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
