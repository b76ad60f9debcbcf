//go:build linux || darwin

package poster

import (
	"image"
	"testing"

	"usher/internal/fulldisk"
)

// A disk that takes nothing more costs the keeping of a poster, not the poster.
func TestFullDisk(t *testing.T) {
	fulldisk.Run(t, func(t *testing.T, disk fulldisk.Disk) {
		p, of := shelf(t)
		disk.Fill(t.TempDir(), 0)
		for range 2 {
			if got := measures(t, p, of, Small); got != image.Pt(320, 320) {
				t.Errorf("it measures %v", got)
			}
		}
		if kept := files(t, p); len(kept) != 0 {
			t.Errorf("pieces are left: %v", kept)
		}
		disk.Free()
		measures(t, p, of, Small)
		if kept := files(t, p); len(kept) != 1 {
			t.Errorf("there are %v", kept)
		}
	})
}
