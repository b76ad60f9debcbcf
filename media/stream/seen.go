package stream

import (
	"io/fs"
	"os"
	"sync"
	"time"
)

const (
	// seenFor is how long a file counts as seen to lie outside of the data folder.
	// Finding that out asks the disk about every folder around it, which would
	// cost each piece of a film more than all else.
	seenFor = 10 * time.Second
	// mostSeen is how many of them are remembered.
	mostSeen = 1000
)

// sightings are files that were just found to be nothing that Usher keeps, by
// their path. They are safe for concurrent use.
type sightings struct {
	mu    sync.Mutex
	files map[string]sighting
}

type sighting struct {
	info fs.FileInfo
	at   time.Time
}

// has says whether this very file has just been seen at the path.
func (s *sightings) has(path string, info fs.FileInfo) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen, known := s.files[path]
	return known && time.Since(seen.at) < seenFor && os.SameFile(seen.info, info)
}

func (s *sightings) add(path string, info fs.FileInfo) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil || len(s.files) >= mostSeen {
		s.files = make(map[string]sighting)
	}
	s.files[path] = sighting{info, time.Now()}
}
