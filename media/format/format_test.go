package format_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"usher/media/format"
)

// of is the format of a file with this content.
func of(content, name string) format.Format {
	return format.Of(strings.NewReader(content), int64(len(content)), name)
}

// made is a file that ffmpeg makes of a test picture and a tone; the test is
// skipped where there is no ffmpeg, or none that knows these codecs.
func made(t *testing.T, name string, args ...string) string {
	t.Helper()
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("ffmpeg is not installed")
		}
		t.Skip("ffmpeg is not installed")
	}
	path := filepath.Join(t.TempDir(), name)
	all := []string{"-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=1", "-f", "lavfi", "-i", "sine=duration=1"}
	all = append(append(all, args...), "-strict", "-2", path)
	if out, err := exec.CommandContext(t.Context(), program, all...).CombinedOutput(); err != nil {
		t.Skipf("ffmpeg does not make %s: %v\n%s", name, err, out)
	}
	return path
}

func TestFilesOfFFmpeg(t *testing.T) {
	for _, test := range []struct{ name, args, kind, why string }{
		{"film.mp4", "-c:v libx264 -profile:v high -level 4.0 -pix_fmt yuv420p -c:a aac", `video/mp4; codecs="avc1.640028,mp4a.40.2"`, ""},
		{"fast.mp4", "-c:v libx264 -pix_fmt yuv420p -level 3.0 -profile:v main -c:a libmp3lame -movflags +faststart", `video/mp4; codecs="avc1.4D401E,mp3"`, ""},
		{"live.mp4", "-c:v libx264 -pix_fmt yuv420p -level 3.0 -profile:v main -c:a aac -movflags frag_keyframe+empty_moov", `video/mp4; codecs="avc1.4D401E,mp4a.40.2"`, ""},
		{"deep.mp4", "-c:v libx264 -pix_fmt yuv420p10le -level 4.0 -an", `video/mp4; codecs=avc1.6E0028`, "The picture is in H.264, which only"},
		{"hevc.mp4", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p -tag:v hvc1 -c:a aac", `video/mp4; codecs="hvc1.1.6.L30.90,mp4a.40.2"`, "The picture is in H.265, which only"},
		{"clip.mov", "-c:v libx264 -profile:v high -level 4.0 -pix_fmt yuv420p -c:a pcm_s16le", `video/mp4; codecs="avc1.640028,sowt"`, "Only some browsers play QuickTime files."},
		{"old.mp4", "-c:v mpeg4 -c:a ac3", `video/mp4; codecs="mp4v.20,ac-3"`, "MPEG-4 Part 2"},
		{"song.m4a", "-map 1 -c:a alac", "audio/mp4; codecs=alac", "The sound is in Apple Lossless, which only"},
		{"film.mkv", "-c:v libx264 -profile:v high -level 4.0 -pix_fmt yuv420p -c:a libopus", `video/matroska; codecs="avc1.640028,opus"`, "Only some browsers play Matroska files."},
		{"dts.mkv", "-c:v libx264 -profile:v high -level 4.0 -pix_fmt yuv420p -c:a dca", `video/matroska; codecs=avc1.640028`, "The sound is in DTS, which no browser plays."},
		{"film.webm", "-c:v libvpx-vp9 -pix_fmt yuv420p -c:a libopus", `video/webm; codecs="vp09.00.10.08,opus"`, ""},
		{"vp9.mp4", "-c:v libvpx-vp9 -pix_fmt yuv420p10le -c:a libopus", `video/mp4; codecs="vp09.02.10.10,opus"`, ""},
		{"first.webm", "-c:v libvpx -c:a libvorbis", `video/webm; codecs="vp8,vorbis"`, ""},
		{"av1.webm", "-c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p -an", "video/webm; codecs=av01.0.00M.08", "The picture is in AV1, which only"},
		{"song.ogg", "-map 1 -c:a libvorbis", "audio/ogg; codecs=vorbis", ""},
		{"song.opus", "-map 1 -c:a libopus", "audio/ogg; codecs=opus", ""},
		{"film.ogv", "-c:v libtheora -c:a libvorbis", `video/ogg; codecs="theora,vorbis"`, "Theora"},
		{"song.mp3", "-map 1", "audio/mpeg", ""},
		{"bare.mp3", "-map 1 -id3v2_version 0 -write_xing 0", "audio/mpeg", ""},
		{"song.flac", "-map 1", "audio/flac", ""},
		{"song.wav", "-map 1", "audio/wav; codecs=1", ""},
		{"song.aac", "-map 1", "audio/aac", ""},
		{"song.aiff", "-map 1", "audio/aiff", "Only some browsers play AIFF files."},
		{"song.wma", "-map 1", "video/x-ms-asf", "No browser plays Windows Media files."},
		{"film.avi", "-c:v mpeg4", "video/x-msvideo", "No browser plays AVI files."},
		{"film.ts", "-c:v mpeg2video", "video/mp2t", "No browser plays MPEG transport stream files."},
		{"film.m2ts", "-c:v mpeg2video", "video/mp2t", "No browser plays MPEG transport stream files."},
		{"film.mpg", "-c:v mpeg2video", "video/mpeg", "No browser plays MPEG program stream files."},
		{"film.flv", "-c:v flv", "video/x-flv", "No browser plays Flash Video files."},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := made(t, test.name, strings.Fields(test.args)...)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f := of(string(content), "a file")
			if f.Type() != test.kind {
				t.Errorf("it is %q, want %q", f.Type(), test.kind)
			}
			if v := f.Verdict(); (v.Why == "") != (test.why == "") || !strings.Contains(v.Why, test.why) || v.Answer == format.Unknown {
				t.Errorf("the verdict is %+v, want %q", v, test.why)
			}
			if f.MediaType != "video/x-ms-asf" && f.Tracks != nil && (f.Video() != strings.HasPrefix(f.MediaType, "video/") || f.Video() && strings.Contains(test.args, "-an") == f.Audio()) {
				t.Errorf("picture %t, sound %t", f.Video(), f.Audio())
			}
		})
	}
}

func TestFilesByHand(t *testing.T) {
	second := trak("soun", "", entry("mp4a", 28)) // nothing describes it: AAC, as nearly always
	dts := trak("soun", "", entry("dtsc", 28))
	h264 := trak("vide", "", entry("avc1", 78, box("avcC", "\x01\x42\xC0\x1E")))
	off := trak("soun", "\x00\x00\x00\x06", entry("ac-3", 28))
	for name, test := range map[string]struct{ content, kind, why string }{
		"DTS before AAC":   {movie("isom", h264, dts, second), `video/mp4; codecs="avc1.42C01E,mp4a.40.2"`, ""},
		"DTS alone":        {movie("isom", h264, dts), `video/mp4; codecs="avc1.42C01E,dtsc"`, "The sound is in DTS, which no browser plays."},
		"switched off":     {movie("isom", off, h264, second), `video/mp4; codecs="avc1.42C01E,mp4a.40.2"`, ""},
		"locked":           {movie("M4V ", trak("vide", "", entry("encv", 78))), "video/mp4", "The picture is locked"},
		"never heard of":   {movie("isom", trak("vide", "", entry("zzzz", 78)), second), "video/mp4; codecs=mp4a.40.2", ""},
		"strange letters":  {movie("isom", trak("vide", "", entry("\"\r\n;", 78)), second), "video/mp4; codecs=mp4a.40.2", ""},
		"no tracks":        {movie("isom"), "video/mp4", ""},
		"an endless box":   {box("ftyp", "isom") + "\x00\x00\x00\x00mdat....", "video/mp4", ""},
		"moov at the end":  {box("ftyp", "isom") + box("mdat", strings.Repeat("x", 300_000)) + box("moov", h264), "video/mp4; codecs=avc1.42C01E", ""},
		"long box":         {box("ftyp", "isom") + "\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x14abcd" + box("moov", h264), "video/mp4; codecs=avc1.42C01E", ""},
		"old QuickTime":    {box("moov", h264), "video/mp4; codecs=avc1.42C01E", "Only some browsers play QuickTime files."},
		"HEIC":             {box("ftyp", "mif1\x00\x00\x00\x00heic"), "image/heic", "Only some browsers show HEIC files."},
		"AVIF":             {box("ftyp", "avif"), "image/avif", "Only some browsers show AVIF files."},
		"JPEG":             {"\xff\xd8\xff\xe0", "image/jpeg", ""},
		"WebP":             {"RIFF....WEBPVP8 ", "image/webp", ""},
		"raw":              {"II*\x00........", "", "No browser shows raw camera files."},
		"a WAV with MP3":   {"RIFF....WAVEfmt \x04\x00\x00\x00\x55\x00\x01\x00", "audio/wav; codecs=mp3", ""},
		"MP3 behind a tag": {"ID3\x04\x00\x00\x00\x00\x00\x03abc" + strings.Repeat("\xff\xfb\x90\x00"+strings.Repeat("\x00", 413), 3), "audio/mpeg", ""},
		"xHE-AAC":          {movie("M4A ", trak("soun", "", entry("mp4a", 28, box("esds", "\x00\x00\x00\x00\x03\x19\x00\x01\x00\x04\x11\x40\x15"+strings.Repeat("\x00", 11)+"\x05\x02\xF9\x40")))), "audio/mp4; codecs=mp4a.40.42", "only some"},
	} {
		f := of(test.content, "x")
		if v := f.Verdict(); f.Type() != test.kind || (v.Why == "") != (test.why == "") || !strings.Contains(v.Why, test.why) {
			t.Errorf("%s: it is %q, %+v; want %q, %q", name, f.Type(), v, test.kind, test.why)
		}
	}
}

func TestUnknown(t *testing.T) {
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(i * i / 7)
	}
	for name, content := range map[string]string{
		"nothing":        "",
		"a byte":         "\x00",
		"noise":          string(noise),
		"text":           "<html><script>",
		"half an MP4":    movie("isom", trak("vide", "", entry("avc1", 78)))[:120],
		"half a WebM":    "\x1A\x45\xDF\xA3\x84\x42\x82\x81",
		"Ogg of nothing": "OggS\x00\x02",
	} {
		if v := of(content, "film.mp4").Verdict(); v.Answer == format.Nowhere || v.Answer == format.Usual {
			t.Errorf("%s: %+v", name, v)
		}
	}
	if f := format.Of(broken{}, 1<<40, "film.mkv"); f.Type() != "" || f.Verdict().Answer != format.Unknown {
		t.Errorf("what cannot be read is %+v", f)
	}
}

// broken is a disk that gives nothing.
type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("input/output error") }

// counting counts what is read.
type counting struct {
	*bytes.Reader
	read int
}

func (c *counting) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.Reader.ReadAt(p, at)
	c.read += n
	return n, err
}

// Files that lead a reader from place to place are given up.
func TestHostileFilesCostLittle(t *testing.T) {
	boxes := box("ftyp", "isom") + strings.Repeat(box("free", strings.Repeat("x", 10_000)), 2000)
	clusters := "\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + strings.Repeat("\x1F\x43\xB6\x75\x50\x00"+strings.Repeat("x", 4096), 5000)
	tiny := box("ftyp", "isom") + strings.Repeat("\x00\x00\x00\x08free", 1_000_000)
	for name, content := range map[string]string{"boxes": boxes, "clusters": clusters, "tiny boxes": tiny} {
		file := &counting{Reader: bytes.NewReader([]byte(content))}
		f := format.Of(file, int64(len(content)), "x")
		if v := f.Verdict(); file.read > 2<<20 || v.Answer == format.Usual {
			t.Errorf("%s: %d bytes are read for %+v", name, file.read, v)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add([]byte(movie("isom", trak("vide", "", entry("avc1", 78, box("avcC", "\x01\x42\xC0\x1E"))), trak("soun", "", entry("mp4a", 28, box("esds", "\x00\x00\x00\x00\x03\x19\x00\x01\x00\x04\x11\x40"))))), "x.mp4")
	f.Add([]byte("\x1A\x45\xDF\xA3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff\x16\x54\xAE\x6B\x8F\xAE\x8D\x83\x81\x01\x86\x85V_VP9\x63\xA2\x81\x01"), "x.webm")
	f.Add([]byte("OggS\x00\x02......................\x01\x01\x08OpusHead"), "x.ogg")
	f.Add([]byte("RIFF....WAVEfmt \x10\x00\x00\x00\xfe\xff"), "x.wav")
	f.Add([]byte("ID3\x04\x00\x00\x00\x00\x00\x03abc\xff\xfb\x90\x00"), "x.mp3")
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		file := &counting{Reader: bytes.NewReader(content)}
		got := format.Of(file, int64(len(content)), name)
		kind := got.Type()
		if strings.ContainsAny(kind, "\r\n<>") || file.read > 2<<20 {
			t.Errorf("%q after %d bytes", kind, file.read)
		}
		if v := got.Verdict(); (v.Why == "") != (v.Answer == format.Usual || v.Answer == format.Unknown) {
			t.Errorf("the verdict on %+v is %+v", got, v)
		}
	})
}
