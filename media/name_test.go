package media_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"usher/media"
)

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"Alien (1979).mkv":    "Alien (1979).mkv",
		"Was ist das?.mp3":    "Was ist das_.mp3",
		"":                    "_",
		".":                   "_",
		"..":                  "_",
		"...":                 "_",
		"../../etc/passwd":    ".._.._etc_passwd",
		`C:\Windows\calc.exe`: "C__Windows_calc.exe",
		"/srv/film.mkv":       "_srv_film.mkv",
		"nul":                 "_nul",
		"NUL.tar.gz":          "_NUL.tar.gz",
		"com1.mp3":            "_com1.mp3",
		"LPT¹":                "_LPT¹",
		"Console.mp3":         "Console.mp3",
		"COM10":               "COM10",
		"end. . .":            "end",
		" a\x00b\r\nc ":       "abc",
		"gpj.\u202eexe":       "gpj.exe",
		"\xff\xfe.mkv":        "_.mkv",
		"Ame\u0301lie":        "Am\u00e9lie",
		"東京物語.mkv":            "東京物語.mkv",
	} {
		if got := media.SafeName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	long := media.SafeName(strings.Repeat("ä", 300) + ".flac")
	if len(long) > 200 || !strings.HasSuffix(long, "ä.flac") || !utf8.ValidString(long) {
		t.Errorf("a long name becomes %q", long)
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../a\x00/.. ")
	f.Add("con.txt")
	f.Fuzz(func(t *testing.T, name string) {
		safe := media.SafeName(name)
		if safe == "" || len(safe) > 210 || !utf8.ValidString(safe) || filepath.Base(safe) != safe || !filepath.IsLocal(safe) || safe == "." {
			t.Errorf("%q becomes %q", name, safe)
		}
		if again := media.SafeName(safe); again != safe && len(safe) < 200 {
			t.Errorf("%q becomes %q, and then %q", name, safe, again)
		}
	})
}
