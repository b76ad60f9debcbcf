package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// reel is a file of media to be made by ffmpeg.
type reel struct {
	format string // the ending, which says what goes into it
	length int    // in seconds
}

// codecs are what ffmpeg puts into each format, as quickly as it can.
var codecs = map[string][]string{
	"mp4":  {"-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "20", "-c:a", "aac", "-movflags", "+faststart"},
	"webm": {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "20", "-c:a", "libopus"},
	"avi":  {"-c:v", "mpeg2video", "-c:a", "mp2"},
	"mp3":  {"-vn", "-c:a", "libmp3lame"},
	"flac": {"-vn", "-c:a", "flac"},
}

// reels are those made so far, each once for all journeys.
var reels sync.Map

// reel is the content of a film or a sound of that length: a picture that moves,
// where the format has one, and a tone. On a machine without ffmpeg the journey
// is skipped, or fails where CI=true says that nothing may be left out.
func (j *journey) reel(format string, length int) string {
	j.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		if os.Getenv("CI") == "true" {
			j.Fatal("There is no ffmpeg on this machine to make media with.")
		}
		j.Skip("Without ffmpeg there is nothing to play.")
	}
	wanted := reel{format, length}
	made, _ := reels.LoadOrStore(wanted, sync.OnceValues(wanted.shoot))
	content, err := made.(func() (string, error))()
	j.must(err)
	return content
}

func (r reel) shoot() (content string, err error) {
	file, err := os.CreateTemp("", "usher-reel-*."+r.format)
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	if err := file.Close(); err != nil {
		return "", err
	}
	args := []string{
		"-y", "-loglevel", "error",
		"-f", "lavfi", "-i", "testsrc2=size=160x90:rate=10",
		"-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
		"-t", fmt.Sprint(r.length),
	}
	args = append(append(args, codecs[r.format]...), file.Name())
	if said, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("ffmpeg: %w\n%s", err, said)
	}
	bytes, err := os.ReadFile(file.Name())
	return string(bytes), err
}

// played is what a page plays, as its element has it.
type played struct {
	Time   float64 // in seconds
	Length float64
	Width  int // of the picture that is shown
	Sound  int // bytes of sound that were decoded
	Paused bool
	Ended  bool
}

// plays is what the page plays now. It is false where it plays nothing.
func (b *tab) plays() (p played, ok bool) {
	return ask[played](b, `(() => {
		const m = document.querySelector("video, audio");
		return { Time: m.currentTime, Length: m.duration || 0, Width: m.videoWidth ?? 0, Sound: m.webkitAudioDecodedByteCount, Paused: m.paused, Ended: m.ended };
	})()`)
}

// playsFrom waits until the page plays on from there, with a sound, and is what
// it plays then.
func (b *tab) playsFrom(second float64) (now played) {
	b.Helper()
	b.until(fmt.Sprintf("it plays from %v s", second), func() bool {
		p, ok := b.plays()
		now = p
		return ok && !p.Paused && p.Time > second+0.2 && p.Sound > 0
	})
	return now
}

// shows fails unless there is a picture with what plays.
func (p played) shows(b *tab) {
	b.Helper()
	if p.Width != 160 {
		b.Errorf("the picture is %d pixels wide", p.Width)
	}
}

// scanned goes to the first page until it names what a scan finds.
func (b *tab) scanned(name string) {
	b.Helper()
	b.until("the scan has found "+name, func() bool {
		b.must(chromedp.Do(b.ctx, chromedp.Navigate(b.house.address+"/")))
		b.arrive("/")
		return strings.Contains(b.text(), name)
	})
}
