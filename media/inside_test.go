package media_test

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"usher/media"
)

// library is a folder with all that can lie in one, and a neighbour that is
// none of its business.
func library(t *testing.T) *os.Root {
	t.Helper()
	base := t.TempDir()
	folder := filepath.Join(base, "films")
	write := func(path, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(base, "secret"), "secret")
	write(filepath.Join(folder, "Heat", "heat.mkv"), "heat")
	write(folder+"/Heat/\xff\xfe.mkv", "bytes")
	write(folder+`/..\secret`, "backslash")
	write(filepath.Join(folder, "%2e%2e"), "percent")
	for name, target := range map[string]string{
		"in":       "Heat/heat.mkv",
		"in-again": "Heat/../in",
		"folder":   "Heat",
		"out":      "../secret",
		"far":      "/etc/passwd",
		"absolute": filepath.Join(folder, "Heat", "heat.mkv"),
		"parent":   "..",
		"zero":     "/dev/zero",
		"loop":     "loop",
		"ping":     "pong",
		"pong":     "ping",
		"dangling": "nowhere",
	} {
		if err := os.Symlink(target, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	socket, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(folder, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root
}

func TestOpenInsideOpensWhatLiesInside(t *testing.T) {
	root := library(t)
	for path, want := range map[string]string{
		"Heat/heat.mkv":      "heat",
		"Heat/../in":         "heat",
		"in":                 "heat",
		"in-again":           "heat",
		"folder/heat.mkv":    "heat",
		"Heat/\xff\xfe.mkv":  "bytes",
		`..\secret`:          "backslash",
		"%2e%2e":             "percent",
		"./Heat//./heat.mkv": "heat",
	} {
		file, info, err := media.OpenInside(root, path)
		if err != nil {
			t.Errorf("%q: %v", path, err)
			continue
		}
		content, err := io.ReadAll(file)
		if err != nil || string(content) != want || info.Size() != int64(len(want)) {
			t.Errorf("%q holds %q (%d bytes), %v; want %q", path, content, info.Size(), err, want)
		}
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenInsideRefusesEverythingElse(t *testing.T) {
	root := library(t)
	for path, want := range map[string]struct {
		err error
		say string
	}{
		"":                           {media.ErrOutside, "leads out"},
		"..":                         {media.ErrOutside, "leads out"},
		"../secret":                  {media.ErrOutside, "leads out"},
		"Heat/../../secret":          {media.ErrOutside, "leads out"},
		"/etc/passwd":                {media.ErrOutside, "leads out"},
		"out":                        {media.ErrOutside, "leads out"},
		"far":                        {media.ErrOutside, "leads out"},
		"absolute":                   {media.ErrOutside, "leads out"},
		"parent":                     {media.ErrOutside, "leads out"},
		"parent/secret":              {media.ErrOutside, "leads out"},
		"zero":                       {media.ErrOutside, "leads out"},
		".":                          {media.ErrNotRegular, "no plain file"},
		"Heat":                       {media.ErrNotRegular, "no plain file"},
		"folder":                     {media.ErrNotRegular, "no plain file"},
		"pipe":                       {media.ErrNotRegular, "no plain file"},
		"socket":                     {media.ErrNotRegular, "no plain file"},
		"loop":                       {syscall.ELOOP, "leads to itself"},
		"ping":                       {syscall.ELOOP, "leads to itself"},
		"dangling":                   {fs.ErrNotExist, "was gone"},
		"gone.mkv":                   {fs.ErrNotExist, "was gone"},
		"in/deeper":                  {syscall.ENOTDIR, "cannot be read: not a directory."},
		"Heat/heat.mkv\x00.jpg":      {fs.ErrInvalid, "cannot be read"},
		"\x00":                       {fs.ErrInvalid, "cannot be read"},
		strings.Repeat("n", 300):     {syscall.ENAMETOOLONG, "cannot be read"},
		strings.Repeat("n/", 3000):   {fs.ErrNotExist, "was gone"},
		strings.Repeat("../", 3000):  {media.ErrOutside, "leads out"},
		"Heat/" + "../../" + "films": {media.ErrOutside, "leads out"},
	} {
		file, _, err := media.OpenInside(root, path)
		if !errors.Is(err, want.err) || file != nil {
			t.Errorf("%q: %v, want %v", path, err, want.err)
			continue
		}
		if sentence := media.WhyUnread(err); !strings.Contains(sentence, want.say) || strings.Contains(sentence, root.Name()) {
			t.Errorf("%q: %q, want %q in it", path, sentence, want.say)
		}
	}
}

// A device inside the folder itself takes a system administrator to make.
func TestOpenInsideOpensNoDevice(t *testing.T) {
	root, err := os.OpenRoot("/dev")
	if err != nil {
		t.Skip(err)
	}
	defer root.Close() //nolint:errcheck // it was only read
	for _, name := range []string{"zero", "null", "tty"} {
		if file, _, err := media.OpenInside(root, name); err == nil || file != nil || errors.Is(err, fs.ErrNotExist) && name != "tty" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenInsideNeedsPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("the system administrator may read everything")
	}
	root := library(t)
	if err := os.Chmod(filepath.Join(root.Name(), "Heat", "heat.mkv"), 0); err != nil {
		t.Fatal(err)
	}
	_, _, err := media.OpenInside(root, "in")
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(media.WhyUnread(err), "may not read") {
		t.Error(err)
	}
}

// Opening a pipe waits until somebody writes to it.
func TestOpenFolderWaitsForNoPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "films")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	go func() {
		_, err := media.OpenFolder(pipe)
		opened <- err
	}()
	for {
		select {
		case err := <-opened:
			if !errors.Is(err, syscall.ENOTDIR) {
				t.Errorf("it answers %v", err)
			}
			return
		default:
		}
		if writer, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
			_ = writer.Close()
			t.Fatal("it waited for somebody to write")
		}
	}
}
