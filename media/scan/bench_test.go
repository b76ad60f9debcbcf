package scan

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"usher/store"
)

// bigTree makes a library of 100,000 files: 60,000 films in folders of their own,
// every tenth with an NFO file, and 40,000 loose in a hundred folders.
func (h *house) bigTree() {
	h.t.Helper()
	touch := func(path, content string, n int) {
		at := filepath.Join(h.disk, path)
		h.must(os.WriteFile(at, []byte(content), 0o600))
		when := long.Add(time.Duration(n) * time.Second)
		h.must(os.Chtimes(at, when, when))
	}
	for i := range 60_000 {
		name := fmt.Sprintf("Made Up Film %d (%d)", i, 1950+i%75)
		h.must(os.MkdirAll(filepath.Join(h.disk, name), 0o700))
		touch(name+"/"+name+".mkv", "", i)
		if i%10 == 0 {
			touch(name+"/"+name+".nfo", "<movie><title>"+name+"</title><mpaa>PG</mpaa><genre>Drama</genre><tag>quiet</tag></movie>", i)
		}
	}
	for i := range 40_000 {
		folder := fmt.Sprintf("shelf %d", i%100)
		if i < 100 {
			h.must(os.MkdirAll(filepath.Join(h.disk, folder), 0o700))
		}
		touch(fmt.Sprintf("%s/Loose.Film.%d.%d.1080p.BluRay.x264-GRP.mkv", folder, i, 1950+i%75), "", i)
	}
}

// memory is the most memory that this process has had so far, in MB, as the
// system counts it.
func memory(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("the system does not say")
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		var kilobytes float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kilobytes); err == nil {
			return kilobytes / 1000
		}
	}
	return 0
}

// worked is how much time of processors this process has had so far, its own and
// the system's for it.
func worked(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Skip("the system does not say")
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// The first scan of 100,000 files, and then one in which nothing has changed.
func BenchmarkScan(b *testing.B) {
	h := newHouse(b, store.KindFilms)
	h.bigTree()
	for b.Loop() {
		began := worked(b)
		first := h.scan()
		b.ReportMetric((worked(b) - began).Seconds(), "cpu-s-first")
		b.ReportMetric(memory(b), "MB-first")
		if first.Added != 100_000 {
			b.Fatalf("added %d", first.Added)
		}
		began = worked(b)
		again := h.scan()
		b.ReportMetric((worked(b) - began).Seconds(), "cpu-s-unchanged")
		b.ReportMetric(memory(b), "MB-unchanged")
		if again.Saved != (store.Saved{}) || again.Seen != 100_000 {
			b.Fatalf("the second time: %+v", again)
		}
	}
}

// The first scan of 200,000 pictures in one folder, and one after one more.
func BenchmarkScanOneFolder(b *testing.B) {
	h := newHouse(b, store.KindPhotos)
	for i := range 200_000 {
		h.must(os.WriteFile(filepath.Join(h.disk, fmt.Sprintf("IMG_%06d.jpg", i)), nil, 0o600))
	}
	for b.Loop() {
		began := worked(b)
		h.scan()
		b.ReportMetric((worked(b) - began).Seconds(), "cpu-s-first")
		b.ReportMetric(memory(b), "MB")
		if job := h.scan(); job.Missing != 0 || job.Added != 0 {
			b.Fatalf("the second time: %+v", job)
		}
	}
}
