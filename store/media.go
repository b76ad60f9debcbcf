package store

import "time"

// LibraryKind is what a library holds.
type LibraryKind string

// The kinds of library.
const (
	KindFilms      LibraryKind = "films"
	KindSeries     LibraryKind = "series"
	KindMusic      LibraryKind = "music"
	KindPhotos     LibraryKind = "photos"
	KindHomeVideos LibraryKind = "home-videos"
)

// LibraryKinds lists the kinds in the order a form offers them.
func LibraryKinds() []LibraryKind {
	return []LibraryKind{KindFilms, KindSeries, KindMusic, KindPhotos, KindHomeVideos}
}

// Label is the kind as a screen shows it, "" for one that is none.
func (k LibraryKind) Label() string {
	switch k {
	case KindFilms:
		return "Films"
	case KindSeries:
		return "Series"
	case KindMusic:
		return "Music"
	case KindPhotos:
		return "Photos"
	case KindHomeVideos:
		return "Home videos"
	}
	return ""
}

// Library is a name, a kind and one or more folders on the server's disk.
type Library struct {
	ID        int64
	Name      string
	Kind      LibraryKind
	UserID    int64 // whose personal folder it is; 0 for everyone's
	Folders   []string
	Roots     []Root // the folders with what is known of them
	CreatedAt time.Time
}

// Root is one folder of a library.
type Root struct {
	ID          int64
	Path        string
	Unreachable string    // why it cannot be read, in a sentence; "" when it can
	Since       time.Time // zero when it can be read
}

// LibraryInput is what adding or changing a library needs. The folders have
// been checked by whoever can see the disk.
type LibraryInput struct {
	Name    string
	Kind    LibraryKind
	Folders []string
}

// Channel is a name and the address of an M3U list or a podcast feed.
type Channel struct {
	ID        int64
	Name      string
	Address   string
	CreatedAt time.Time
}

// ChannelInput is what adding or changing a channel needs.
type ChannelInput struct {
	Name    string
	Address string
}
