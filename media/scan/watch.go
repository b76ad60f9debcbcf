package scan

import (
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// maxWatched is how many folders are watched at once: each costs memory, of
	// the system as well.
	maxWatched = 20_000
	// quietAfter is how long nothing must have changed before it is looked at.
	quietAfter = 2 * time.Second
)

// watcher watches the folders of libraries for changes. It is used by one
// goroutine, and has another that listens.
type watcher struct {
	log     *slog.Logger
	notify  *fsnotify.Watcher // nil while folders are not watched
	quiet   chan struct{}     // tells that something has changed, and then nothing for a while
	full    bool              // no more can be watched, which was said
	ended   sync.WaitGroup
	mu      sync.Mutex
	folders map[string]map[int64]bool // the libraries of each folder
	dirty   map[int64]bool            // libraries in which something has changed
}

func newWatcher(log *slog.Logger) *watcher {
	return &watcher{log: log, quiet: make(chan struct{}, 1), folders: make(map[string]map[int64]bool), dirty: make(map[int64]bool)}
}

// use begins to watch, or ends it. It says whether it has just begun: scans
// tell it the folders.
func (w *watcher) use(wanted bool) (begun bool, err error) {
	if !wanted {
		w.stop()
		return false, nil
	}
	if w.notify != nil {
		return false, nil
	}
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return false, err
	}
	w.notify = notify
	w.ended.Go(func() { w.listen(notify) })
	return true, nil
}

// stop watches no folder any more.
func (w *watcher) stop() {
	if w.notify == nil {
		return
	}
	if err := w.notify.Close(); err != nil {
		w.log.Warn("cannot stop watching folders", "error", err)
	}
	w.ended.Wait()
	w.notify, w.full = nil, false
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.folders)
	clear(w.dirty)
}

// add watches a folder of a library. What it answers is a sentence for the
// administrator, once, when no more can be watched.
func (w *watcher) add(library int64, folder string) (why string) {
	if w.notify == nil || w.full {
		return ""
	}
	w.mu.Lock()
	libraries, known := w.folders[folder]
	if !known {
		libraries = make(map[int64]bool)
		w.folders[folder] = libraries
	}
	libraries[library] = true
	count := len(w.folders)
	w.mu.Unlock()
	if known {
		return ""
	}
	if count > maxWatched {
		w.full = true
		return "Usher watches 20,000 folders for changes and no more. What changes in the others is found by the next scan."
	}
	err := w.notify.Add(folder)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) {
		w.full = true
		return "The system lets Usher watch no more folders for changes. What changes in the others is found by the next scan. On Linux, fs.inotify.max_user_watches says how many there may be."
	}
	if err != nil {
		w.forget(folder)
	}
	return ""
}

func (w *watcher) forget(folder string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.folders, folder)
}

// changed are the libraries in which something has changed, if it is quiet by
// now, and forgets them.
func (w *watcher) changed() (libraries []int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for library := range w.dirty {
		libraries = append(libraries, library)
	}
	clear(w.dirty)
	return libraries
}

// listen notes what changes, until the watcher is closed.
func (w *watcher) listen(notify *fsnotify.Watcher) {
	timer := time.NewTimer(quietAfter)
	timer.Stop()
	defer timer.Stop()
	for {
		select {
		case event, open := <-notify.Events:
			if !open {
				return
			}
			if w.note(event) {
				timer.Reset(quietAfter)
			}
		case err, open := <-notify.Errors:
			if !open {
				return
			}
			w.log.Warn("cannot see all changes of folders", "error", err)
			w.noteAll()
			timer.Reset(quietAfter)
		case <-timer.C:
			select {
			case w.quiet <- struct{}{}:
			default:
			}
		}
	}
}

// note marks the libraries that an event is about. It says whether there are
// any.
func (w *watcher) note(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	libraries := w.folders[filepath.Dir(event.Name)]
	for library := range libraries {
		w.dirty[library] = true
	}
	if event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		for library := range w.folders[event.Name] {
			w.dirty[library] = true
		}
		delete(w.folders, event.Name)
	}
	return len(w.dirty) > 0
}

// noteAll marks every library: events were lost.
func (w *watcher) noteAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, libraries := range w.folders {
		for library := range libraries {
			w.dirty[library] = true
		}
	}
}
