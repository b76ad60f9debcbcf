package store

// Batch is what a scan writes in one transaction.
type Batch struct {
	Found    []Found
	Read     []Directory // read to their end: what they hold no more is missing
	Seen     []int64     // ids of directories in which nothing has changed
	Kept     []Directory // could not be read: they stay as they were, with all below them
	Problems []JobProblem
	Progress Progress
}

// Directory is a folder inside one of a library's folders.
type Directory struct {
	Folder    int64  // of the library, by id
	Path      string // below that, "" for the folder itself; need not be UTF-8
	Signature []byte // of what was in it; empty makes the next scan read it again
}

// KnownDirectory is what is known of a directory from scans before.
type KnownDirectory struct {
	ID        int64 // 0 for a new one
	Signature []byte
	Files     int // that are titles and were there
}

// KnownFile is where a file was when a scan saw it last.
type KnownFile struct {
	ID        int64
	Title     int64
	Folder    int64  // of a library, by id
	Removed   bool   // that folder was taken out of the library
	Directory string // below the folder
	Name      string
}

// KnownHolder is what a title lies in, as scans before have saved it.
type KnownHolder struct {
	ID  int64
	Key string // within what it lies in itself
}
