package store

import "time"

// ChannelFormat is what the source of a channel is.
type ChannelFormat string

// The formats of sources.
const (
	FormatList    ChannelFormat = "list"    // M3U: stations, and what else has an address
	FormatPodcast ChannelFormat = "podcast" // RSS, Atom or JSON Feed: episodes
)

// The bounds of what is kept of a source.
const (
	MaxEntries      = 20000 // of one channel
	MaxEntryAddress = 2000  // bytes
	MaxEntryGroups  = 16    // of one entry
)

// ChannelSource is what the source of a channel said last.
type ChannelSource struct {
	ChannelID   int64
	Format      ChannelFormat // "" before it was first read
	Title       string        // as the source names itself; "" where it does not
	Plot        string        // text, never HTML
	ETag        string        // as the source sent them, to ask whether anything is new
	Modified    string
	TriedAt     time.Time // zero before the first try, and so RefreshedAt
	RefreshedAt time.Time // when it was last read whole
	Problem     string    // why the last try failed, in a sentence; "" when it did not
	Skipped     int       // entries of the source that could not be used
	Entries     int       // that there are
}

// ReadChannel is what was read of a source.
type ReadChannel struct {
	Format   ChannelFormat
	Title    string
	Plot     string
	Entries  []FoundEntry
	Skipped  int // what could not be used
	ETag     string
	Modified string
}

// FoundEntry is one entry of a source, as it was read.
type FoundEntry struct {
	ID        string // by which the source knows it; "" where it does not: then its name counts
	Name      string
	Address   string // http or https
	MediaType string // as the source says; "" when it does not
	Live      bool   // without an end
	Groups    []string
	Plot      string // text, never HTML
	Rating    string // as the source says
	Published time.Time
	Length    time.Duration
	Size      int64 // bytes, as the source says; 0 is not known
}

// ChannelEntry is a station of a list or an episode of a podcast.
type ChannelEntry struct {
	ID        int64
	ChannelID int64
	Position  int // in the source; of a podcast, from its end
	Name      string
	Address   string // http or https; never shown to those who watch
	MediaType string // as the source says; "" when it does not
	Live      bool   // without an end
	Groups    string // commas between
	Plot      string // text, never HTML; "" in a list
	Rating    string // as the source says
	Published time.Time
	Length    time.Duration // 0 is not known
	Size      int64         // bytes, as the source says; 0 is not known
	AddedAt   time.Time
}

// EntrySort orders the entries of a channel.
type EntrySort string

// The orders of entries: as usual for the format, by name, the newest first, the
// oldest first.
const (
	EntriesAsUsual EntrySort = "" // stations as in the list, episodes with the newest first
	EntriesByName  EntrySort = "name"
	EntriesNewest  EntrySort = "newest"
	EntriesOldest  EntrySort = "oldest"
)

// EntryQuery asks for one page of what a user sees of a channel.
type EntryQuery struct {
	Viewer  int64  // the user's id
	Channel int64  // its id
	Search  string // finds the beginning of any word of the name; every word must be found
	Group   string // "" for any
	Sort    EntrySort
	Page    int // from 1; less is 1, more than there are is the last
}

// EntryPage is one page of entries, PageSize at the most.
type EntryPage struct {
	Entries []ChannelEntry
	Total   int // over all pages
	Page    int // from 1
	Pages   int // at least 1
}
