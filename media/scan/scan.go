// Package scan finds the titles of libraries on the disk. It walks their
// folders, reads again what has changed since, and tells the store. A Worker
// does so one library at a time, whenever it is asked for, due, or a folder has
// changed.
//
// Whatever the disk holds, a scan goes on to its end: what cannot be read is a
// problem in the worker log, and stays as it was.
package scan

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"usher/media"
	"usher/store"
)

// run is one scan of one library.
type run struct {
	store   *store.Store
	job     store.Job
	library store.Library
	roots   map[int64]*os.Root // of the folders that can be read, by id
	data    fs.FileInfo        // Usher's own data folder
	watch   func(folder string)
	settle  time.Duration // what has changed since then may still be growing

	knows     bool // something is known from scans before
	unsettled bool // something was still growing
	pending   store.Batch
	saved     time.Time
	shelf     shelf
	moves     moves
}

// scan walks the folders of a library. It says whether something was still
// growing, so that it should be looked at again.
func (r *run) scan(ctx context.Context) (err error) {
	if r.knows, err = r.store.KnowsFiles(ctx, r.library.ID); err != nil {
		return err
	}
	r.roots = make(map[int64]*os.Root)
	r.shelf, r.moves = newShelf(), newMoves()
	r.pending.Progress = store.Progress{Total: r.job.Total}
	r.saved = time.Now()
	defer func() {
		for _, root := range r.roots {
			err = errors.Join(err, root.Close())
		}
	}()
	// All are opened first: what has moved may have moved between them.
	for _, folder := range r.library.Roots {
		if err := r.open(ctx, folder); err != nil {
			return err
		}
	}
	for _, folder := range r.library.Roots {
		root, reachable := r.roots[folder.ID]
		if !reachable {
			continue
		}
		if err := r.folder(ctx, folder, root); err != nil {
			return err
		}
	}
	if err := r.flush(ctx); err != nil {
		return err
	}
	r.pending.Progress.Total = r.pending.Progress.Seen
	return r.store.EndScan(ctx, r.job.ID, r.library.ID, r.pending.Progress)
}

// open opens a folder of the library, or notes why it cannot be read.
func (r *run) open(ctx context.Context, folder store.Root) error {
	root, why, err := r.openRoot(ctx, folder)
	if err != nil {
		return err
	}
	if why != "" {
		r.problem(folder.Path, why)
	} else {
		r.roots[folder.ID] = root
	}
	return r.store.SetReachable(ctx, folder.ID, why)
}

// openRoot opens a folder of the library; why not is a sentence.
func (r *run) openRoot(ctx context.Context, folder store.Root) (root *os.Root, why string, err error) {
	root, cannot := media.OpenFolder(folder.Path)
	if cannot != nil {
		return nil, unreachable(folder.Path, cannot), nil
	}
	why, err = r.suspect(ctx, folder, root)
	if why != "" || err != nil {
		return nil, why, errors.Join(err, root.Close())
	}
	return root, "", nil
}

// suspect says why an open folder should not be read: a disk that is not mounted
// leaves an empty folder behind.
func (r *run) suspect(ctx context.Context, folder store.Root, root *os.Root) (why string, err error) {
	if info, err := root.Stat("."); err == nil && os.SameFile(info, r.data) || media.ToData(folder.Path, r.store.Folder()) == media.IsData {
		return "This is the folder that Usher keeps its own data in. Choose another one for the library.", nil
	}
	empty, err := isEmpty(root)
	if err != nil {
		return unreachable(folder.Path, err), nil
	}
	if !empty {
		return "", nil
	}
	held, err := r.store.HoldsFiles(ctx, folder.ID)
	if err != nil || !held {
		return "", err
	}
	return folder.Path + " is empty, although there were titles in it. If it lies on a disk that is not connected now, connect it. If it is meant to be empty, take it out of the library.", nil
}

// folder walks one folder of the library to its end.
func (r *run) folder(ctx context.Context, folder store.Root, root *os.Root) error {
	w := walker{run: r, root: root, folder: folder, linked: make(map[inode]bool)}
	w.holdsData = media.ToData(folder.Path, r.store.Folder()) == media.HoldsData
	if err := w.walk(ctx, "", nil); err != nil {
		return err
	}
	if err := r.flush(ctx); err != nil {
		return err
	}
	_, err := r.store.EndFolder(ctx, r.job.ID, folder.ID, r.pending.Progress)
	return err
}

// Something shows soon, and no transaction is long.
const (
	maxBatch  = 500
	saveEvery = 300 * time.Millisecond
)

// tick saves what is pending when it is time to.
func (r *run) tick(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(r.pending.Found) < maxBatch && time.Since(r.saved) < saveEvery {
		return nil
	}
	return r.flush(ctx)
}

// flush saves what is pending.
func (r *run) flush(ctx context.Context) error {
	if _, err := r.store.SaveScan(ctx, r.job.ID, r.pending); err != nil {
		return err
	}
	b := &r.pending
	clear(b.Found)
	b.Found, b.Read, b.Seen, b.Kept, b.Problems = b.Found[:0], b.Read[:0], b.Seen[:0], b.Kept[:0], b.Problems[:0]
	r.saved = time.Now()
	return nil
}

// problem notes what could not be read, and why in a sentence.
func (r *run) problem(path, why string) {
	r.pending.Problems = append(r.pending.Problems, store.JobProblem{Path: r.shown(path), Problem: why})
}

// shown is a path as the worker log shows it. The names in somebody's own folder
// are nobody else's business.
func (r *run) shown(path string) string {
	if r.library.UserID == 0 {
		return printable(path)
	}
	for _, folder := range r.library.Roots {
		if path == folder.Path {
			return printable(path)
		}
	}
	return r.library.Name + "/…"
}
