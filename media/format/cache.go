package format

import (
	"container/list"
	"sync"
	"time"
)

// remembered is how many files a Cache knows: about 1 MB.
const remembered = 4000

// File is a file as it was at one time.
type File struct {
	Folder, Path string
	Size         int64
	Modified     time.Time
}

// Cache remembers the formats of the files that were asked for last. It is safe
// for use by several at once; the zero Cache is empty.
type Cache struct {
	mu     sync.Mutex
	known  map[File]*list.Element
	latest list.List // of known files, the latest first
}

type known struct {
	file   File
	format Format
}

// Of is the format of a file, by read where it is not remembered. Errors are
// not.
func (c *Cache) Of(file File, read func() (Format, error)) (Format, error) {
	file.Modified = file.Modified.UTC()
	if f, ok := c.recall(file); ok {
		return f, nil
	}
	f, err := read()
	if err == nil {
		c.remember(file, f)
	}
	return f, err
}

func (c *Cache) recall(file File) (Format, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.known[file]
	if !ok {
		return Format{}, false
	}
	c.latest.MoveToFront(element)
	return element.Value.(known).format, true
}

func (c *Cache) remember(file File, f Format) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = make(map[File]*list.Element)
	}
	if _, ok := c.known[file]; ok {
		return
	}
	c.known[file] = c.latest.PushFront(known{file, f})
	if c.latest.Len() > remembered {
		oldest := c.latest.Remove(c.latest.Back()).(known)
		delete(c.known, oldest.file)
	}
}
