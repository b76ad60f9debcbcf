package poster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// How much of what was made is kept.
const (
	unusedFor = 30 * 24 * time.Hour
	mostBytes = 2 << 30
	writeTime = time.Hour // what is still being written after that never will be
)

// keptFile is a poster on the disk.
type keptFile struct {
	path string
	size int64
	used time.Time
}

// Prune removes the posters that nobody has asked for in a month, and then, as
// long as the rest is larger than 2 GB, those that were not asked for the
// longest. That takes care of posters whose titles are gone.
func (p *Posters) Prune(ctx context.Context) error { return p.prune(ctx, time.Now(), mostBytes) }

func (p *Posters) prune(ctx context.Context, now time.Time, most int64) error {
	files, err := p.files(ctx)
	if err != nil {
		return fmt.Errorf("look through the posters: %w", err)
	}
	slices.SortFunc(files, func(a, b keptFile) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.path, b.path)) })
	var total int64
	for _, file := range files {
		total += file.size
	}
	for _, file := range files {
		age := now.Sub(file.used)
		abandoned := age > writeTime && strings.HasPrefix(filepath.Base(file.path), begun)
		if age <= unusedFor && total <= most && !abandoned {
			continue
		}
		if err := os.Remove(file.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove an old poster: %w", err)
		}
		total -= file.size
	}
	return nil
}

func (p *Posters) files(ctx context.Context) (files []keptFile, err error) {
	err = filepath.WalkDir(p.folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case entry.IsDir():
			return ctx.Err()
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			files = append(files, keptFile{path, info.Size(), info.ModTime()})
		}
		return err
	})
	return files, err
}
