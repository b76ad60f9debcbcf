package metadata_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"usher/media/metadata"
)

const script = `<script>alert("tag")</script>`

func TestReadMusic(t *testing.T) {
	long := strings.Repeat("ä", 1000)
	for name, test := range map[string]struct {
		file string
		want metadata.Music
	}{
		"ID3v2": {
			id3(textFrame("TIT2", "Blue in Green"), textFrame("TPE1", "Miles Davis"), textFrame("TPE2", "Miles Davis Sextet"), textFrame("TALB", "Kind of Blue"),
				textFrame("TCON", "(8)"), textFrame("TYER", "1959"), textFrame("TRCK", "3/5"), textFrame("TPOS", "1/2")),
			metadata.Music{Title: "Blue in Green", Artist: "Miles Davis", AlbumArtist: "Miles Davis Sextet", Album: "Kind of Blue", Genres: []string{"Jazz"}, Year: 1959, Disc: 1, Track: 3},
		},
		"ID3v2 with art":             {id3(artFrame(strings.Repeat("p", 300_000)), textFrame("TIT2", "After the art")), metadata.Music{Title: "After the art", HasArt: true}},
		"ID3v2 with a genre twice":   {id3(textFrame("TCON", "(17)Rock")), metadata.Music{Genres: []string{"Rock"}}},
		"ID3v2 with several genres":  {id3(textFrame("TCON", "Rock; Pop;rock;;7")), metadata.Music{Genres: []string{"Rock", "Pop"}}},
		"ID3v2 with a whole date":    {id3(textFrame("TYER", "1973-03-01T12:00")), metadata.Music{Year: 1973}},
		"ID3v2 without numbers":      {id3(textFrame("TRCK", "three"), textFrame("TYER", "?"), textFrame("TPOS", "-4")), metadata.Music{}},
		"ID3v2 with script":          {id3(textFrame("TIT2", script), textFrame("TPE1", "a\x07\n b")), metadata.Music{Title: script, Artist: "a b"}},
		"ID3v2 with padding":         {id3Claiming(60_000, textFrame("TIT2", "Padded"), strings.Repeat("\x00", 60_000)), metadata.Music{Title: "Padded"}},
		"ID3v1":                      {id3v1("So What", "Miles", "Kind of Blue", "1959", 1), metadata.Music{Title: "So What", Artist: "Miles", Album: "Kind of Blue", Genres: []string{"Rock"}, Year: 1959, Track: 1}},
		"ID3v1 behind a broken tag":  {id3Claiming(100, "TIT2\x7f\xff\xff\xff") + id3v1("So What", "", "", "", 0), metadata.Music{Title: "So What", Genres: []string{"Rock"}}},
		"music without tags":         {music, metadata.Music{}},
		"nothing at all":             {"", metadata.Music{}},
		"FLAC":                       {flac("\x00"+strings.Repeat("i", 34), "\x04"+commentBlock("TITLE=One", "Artist=A", "artist=B", "ALBUM=Both", "GENRE=Folk", "GENRE=Blues", "DATE=1999-05", "TRACKNUMBER=7/9", "DISCNUMBER=2", "no sense", "EMPTY=")), metadata.Music{Title: "One", Artist: "A, B", Album: "Both", Genres: []string{"Folk", "Blues"}, Year: 1999, Track: 7, Disc: 2}},
		"FLAC with art":              {flac("\x06"+pictureBlock(strings.Repeat("p", 200_000), 200_000), "\x04"+commentBlock("TITLE=One")), metadata.Music{Title: "One", HasArt: true}},
		"Opus":                       {opus("TITLE=Tide", "ALBUMARTIST=Everyone"), metadata.Music{Title: "Tide", AlbumArtist: "Everyone"}},
		"Opus with art":              {opus(base64Picture(strings.Repeat("p", 300_000)), "TITLE=Tide"), metadata.Music{Title: "Tide", HasArt: true}},
		"Vorbis":                     {vorbis("TITLE=" + script), metadata.Music{Title: script}},
		"Ogg of another kind":        {ogg("Speex   ", commentBlock("TITLE=x")), metadata.Music{}},
		"MPEG-4":                     {m4a(dataAtom("\xa9nam", 1, "Loop"), dataAtom("\xa9ART", 1, "Ann"), dataAtom("aART", 1, "Band"), dataAtom("\xa9alb", 1, "Album"), dataAtom("\xa9gen", 1, "Pop"), dataAtom("\xa9day", 1, "2004-02-03"), dataAtom("trkn", 0, "\x00\x00\x00\x05\x00\x09\x00\x00"), dataAtom("disk", 0, "\x00\x00\x00\x01\x00\x02")), metadata.Music{Title: "Loop", Artist: "Ann", AlbumArtist: "Band", Album: "Album", Genres: []string{"Pop"}, Year: 2004, Track: 5, Disc: 1}},
		"MPEG-4 with art":            {m4a(dataAtom("covr", 13, strings.Repeat("p", 200_000)), dataAtom("\xa9nam", 1, "Loop")), metadata.Music{Title: "Loop", HasArt: true}},
		"a title without end":        {id3(textFrame("TIT2", strings.Repeat("t", 1000))), metadata.Music{Title: strings.Repeat("t", 300)}},
		"a title of many characters": {flac("\x04" + commentBlock("TITLE="+long)), metadata.Music{Title: long[:600]}},
	} {
		got, err := metadata.ReadMusic(strings.NewReader(test.file))
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n%+v, %v; want\n%+v", name, got, err, test.want)
		}
	}
}

func TestReadArt(t *testing.T) {
	for _, picture := range []string{"a small picture", strings.Repeat("large", 100_000)} {
		for name, file := range map[string]string{
			"ID3v2":  id3(textFrame("TIT2", "x"), artFrame(picture)),
			"FLAC":   flac("\x04"+commentBlock("TITLE=One"), "\x06"+pictureBlock(picture, uint32(len(picture)))),
			"Opus":   opus("TITLE=Tide", base64Picture(picture)),
			"Vorbis": vorbis(base64Picture(picture), "TITLE=Tide"),
			"MPEG-4": m4a(dataAtom("covr", 13, picture)),
		} {
			art, err := metadata.ReadArt(strings.NewReader(file))
			if err != nil || string(art) != picture {
				t.Errorf("%s: %d bytes, %v; want %d", name, len(art), err, len(picture))
			}
		}
	}
	for name, file := range map[string]string{
		"no art in ID3":    id3(textFrame("TIT2", "x")),
		"no art in FLAC":   flac("\x04" + commentBlock("TITLE=One")),
		"no tags":          music,
		"nothing":          "",
		"4 GB in a block":  flac("\x04"+commentBlock("TITLE=One"), "\x06"+pictureBlock("p", 0xffff_ffff)),
		"4 GB in a base64": opus("METADATA_BLOCK_PICTURE=AAAAAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP////8="),
		"no base64":        opus("METADATA_BLOCK_PICTURE=****"),
	} {
		if art, err := metadata.ReadArt(strings.NewReader(file)); !errors.Is(err, metadata.ErrNoArt) || len(art) > 0 {
			t.Errorf("%s: %d bytes, %v", name, len(art), err)
		}
	}
}

// endless is a file of a gigabyte that repeats itself, and counts what is read.
type endless struct {
	begins, repeats string
	at              int64
	read            int64
}

const gigabyte = 1 << 30

func (e *endless) Read(p []byte) (int, error) {
	if e.at >= gigabyte {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), gigabyte-e.at)]
	for i := range p {
		at := e.at + int64(i)
		if at < int64(len(e.begins)) {
			p[i] = e.begins[at]
		} else {
			p[i] = e.repeats[(at-int64(len(e.begins)))%int64(len(e.repeats))]
		}
	}
	e.at += int64(len(p))
	e.read += int64(len(p))
	return len(p), nil
}

func (e *endless) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += e.at
	case io.SeekEnd:
		offset += gigabyte
	}
	e.at = offset
	return offset, nil
}

// What a file claims does not decide what it costs.
func TestHostileFilesCostLittle(t *testing.T) {
	claims := "ID3\x03\x00\x00\x7f\x7f\x7f\x7f"
	page := ogg(strings.Repeat("\xff", 254*255-1))
	for name, file := range map[string]*endless{
		"a frame of 4 GB":           {begins: claims + "TIT2\xff\xff\xff\xff\x00\x00", repeats: "t"},
		"frames without end":        {begins: claims, repeats: frame("TXXX", "\x00a\x00b")},
		"frames that are large":     {begins: claims, repeats: frame("APIC", strings.Repeat("\x00", 1<<20))},
		"unsynchronised":            {begins: "ID3\x03\x00\x80\x7f\x7f\x7f\x7f", repeats: frame("TIT2", "\x00a")},
		"a header without end":      {begins: "ID3\x04\x00\x40\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f", repeats: "\x00"},
		"atoms in atoms":            {begins: atom("ftyp", "M4A \x00\x00\x00\x00"), repeats: "\x00\x00\x00\x08moov"},
		"atoms of nothing":          {begins: atom("ftyp", "M4A \x00\x00\x00\x00"), repeats: "\x00\x00\x00\x08free"},
		"an atom of 4 GB":           {begins: atom("ftyp", "M4A \x00\x00\x00\x00"), repeats: "\xff\xff\xff\xff\xa9nam"},
		"a number as a title":       {begins: m4a(dataAtom("\xa9nam", 21, "7")), repeats: "\x00"},
		"blocks without end":        {begins: "fLaC", repeats: "\x01\x00\x00\x00"},
		"comments without end":      {begins: "fLaC\x04\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\x00", repeats: "\x03\x00\x00\x00a=b"},
		"a comment of 4 GB":         {begins: "fLaC\x84\xff\xff\xff\x00\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xff", repeats: "a"},
		"pages without end":         {begins: ogg("OpusHead"), repeats: page},
		"pages of nothing":          {begins: ogg("OpusHead"), repeats: "OggS" + strings.Repeat("\x00", 23)},
		"an Opus comment for ever":  {begins: ogg("OpusHead", "OpusTags\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\x01"), repeats: page},
		"a genre of many genres":    {begins: id3(textFrame("TCON", strings.Repeat("(0)", 20_000))), repeats: "\x00"},
		"a TIFF that leads nowhere": {begins: "II*\x00\x08\x00\x00\x00", repeats: "\xff\xff"},
		"a PNG of chunks":           {begins: "\x89PNG\r\n\x1a\n", repeats: "\x00\x00\x00\x00tEXt\x00\x00\x00\x00"},
		"a JPEG of fill bytes":      {begins: "\xff\xd8\xff", repeats: "\xff"},
		"a HEIF of boxes":           {begins: atom("ftyp", "heic\x00\x00\x00\x00"), repeats: atom("free", "")},
	} {
		t.Run(name, func(t *testing.T) {
			begun := time.Now()
			for what, read := range map[string]func() error{
				"music":   func() error { _, err := metadata.ReadMusic(file); return err },
				"art":     func() error { _, err := metadata.ReadArt(file); return err },
				"picture": func() error { _, err := metadata.ReadPicture(file); return err },
			} {
				file.read = 0
				if err := read(); err != nil && !strings.HasSuffix(err.Error(), ".") && !errors.Is(err, metadata.ErrNoArt) {
					t.Errorf("%s: %q is no sentence", what, err)
				}
				if file.read > 64<<20 {
					t.Errorf("%s: %d MB were read", what, file.read>>20)
				}
			}
			if took := time.Since(begun); took > time.Minute {
				t.Errorf("it took %v", took)
			}
		})
	}
}

// What is skipped costs nothing: of ten megabytes of art, a few kilobytes are
// read.
func TestArtIsNotReadInPassing(t *testing.T) {
	for name, begins := range map[string]string{
		"ID3v2":  id3(textFrame("TIT2", "x"), artFrame(strings.Repeat("p", 9<<20))),
		"FLAC":   flac("\x06"+pictureBlock(strings.Repeat("p", 9<<20), 9<<20), "\x04"+commentBlock("TITLE=x")),
		"MPEG-4": m4a(dataAtom("covr", 13, strings.Repeat("p", 9<<20)), dataAtom("\xa9nam", 1, "x")) + atom("free", ""),
	} {
		file := &endless{begins: begins, repeats: "\xff\xff\xff\xff"}
		got, err := metadata.ReadMusic(file)
		if err != nil || got.Title != "x" || !got.HasArt {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if file.read > 64<<10 {
			t.Errorf("%s: %d bytes were read", name, file.read)
		}
	}
}

func TestDamagedTagsAreSaid(t *testing.T) {
	for name, file := range map[string]string{
		"half a FLAC":   flac("\x04" + commentBlock("TITLE=One"))[:20],
		"half an Opus":  opus("TITLE=Tide")[:60],
		"half a tag":    id3Claiming(9000, textFrame("TIT2", "x"), "TPE1\x00\x00\x10\x00\x00\x00"),
		"no page":       "OggS" + strings.Repeat("\xff", 200),
		"atoms cut off": m4a(dataAtom("\xa9nam", 1, strings.Repeat("t", 300)))[:5100],
	} {
		got, err := metadata.ReadMusic(strings.NewReader(file))
		if err == nil || err.Error() != "The tags of this file are damaged." || !reflect.DeepEqual(got, metadata.Music{}) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// A disk that fails is an error as well, and no tags.
func TestDiskThatFails(t *testing.T) {
	broken := errors.New("input/output error")
	for _, err := range []error{
		func() error { _, err := metadata.ReadMusic(&failing{err: broken}); return err }(),
		func() error { _, err := metadata.ReadArt(&failing{err: broken}); return err }(),
		func() error { _, err := metadata.ReadPicture(&failing{err: broken}); return err }(),
	} {
		if !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error)       { return 0, f.err }
func (f *failing) Seek(int64, int) (int64, error) { return 1 << 20, nil }

// BenchmarkReadMusic is a track with art of 300 kB on the disk, with as its floor
// what opening a file and reading its first page takes.
func BenchmarkReadMusic(b *testing.B) {
	path := filepath.Join(b.TempDir(), "track.mp3")
	content := id3(textFrame("TIT2", "Blue in Green"), textFrame("TPE1", "Miles Davis"), textFrame("TALB", "Kind of Blue"), textFrame("TRCK", "3/5"),
		artFrame(strings.Repeat("p", 300_000)))
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		b.Fatal(err)
	}
	reading := func(b *testing.B, read func(*os.File) error) {
		b.ReportAllocs()
		for b.Loop() {
			file, err := os.Open(path)
			if err == nil {
				err = errors.Join(read(file), file.Close())
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	page := make([]byte, 8<<10)
	b.Run("first page", func(b *testing.B) {
		reading(b, func(file *os.File) error { _, err := io.ReadFull(file, page); return err })
	})
	b.Run("tags", func(b *testing.B) {
		reading(b, func(file *os.File) error { _, err := metadata.ReadMusic(file); return err })
	})
}

// FuzzReadMusic holds that whatever a file says is text to show, or a sentence.
func FuzzReadMusic(f *testing.F) {
	f.Add([]byte(id3(textFrame("TIT2", "x"), textFrame("TCON", "(8)(9)x"), artFrame("p"))))
	f.Add([]byte(id3v1("a", "b", "c", "1999", 3)))
	f.Add([]byte(flac("\x06"+pictureBlock("p", 1), "\x04"+commentBlock("TITLE=One"))))
	f.Add([]byte(opus("TITLE=Tide", base64Picture("p"))))
	f.Add([]byte(m4a(dataAtom("\xa9nam", 1, "x"), dataAtom("trkn", 0, "\x00\x00\x00\x05\x00\x09\x00\x00"))))
	f.Fuzz(func(t *testing.T, file []byte) {
		music, err := metadata.ReadMusic(strings.NewReader(string(file)))
		if err != nil && !strings.HasSuffix(err.Error(), ".") {
			t.Fatalf("%q is no sentence", err)
		}
		for _, text := range append(music.Genres, music.Title, music.Artist, music.AlbumArtist, music.Album) {
			if strings.ContainsAny(text, "\x00\n\r\t") || len([]rune(text)) > 300 || text != strings.ToValidUTF8(text, "") {
				t.Fatalf("%q", text)
			}
		}
		_, _ = metadata.ReadArt(strings.NewReader(string(file)))
	})
}
