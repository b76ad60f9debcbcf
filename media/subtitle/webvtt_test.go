package subtitle_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"usher/media/subtitle"
)

// vtt is what becomes of a file in this language.
func vtt(t *testing.T, language, content string) string {
	t.Helper()
	out, err := subtitle.Track{Language: language}.WebVTT(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestWebVTT(t *testing.T) {
	const begin = "00:00:01,000 --> 00:00:02,000\n"
	one := func(text string) string { return "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + text + "\n" }
	for name, test := range map[string]struct{ content, want string }{
		"plain":             {"1\n" + begin + "Hello.\n\n", one("Hello.")},
		"lines of Windows":  {"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello,\r\nyou.\r\n", one("Hello,\nyou.")},
		"lines of old Macs": {"1\r00:00:01,000 --> 00:00:02,000\rHello.\r", one("Hello.")},
		"marked":            {"\ufeff1\n" + begin + "Hello.", one("Hello.")},
		"no numbers":        {begin + "7\n\n00:00:03,000 --> 00:00:04,000\nNext.", one("7") + "\n00:00:03.000 --> 00:00:04.000\nNext.\n"},
		"numbers":           {"1\n" + begin + "7\n\n2\n00:00:03,000 --> 00:00:04,000\nNext.", one("7") + "\n00:00:03.000 --> 00:00:04.000\nNext.\n"},
		"no empty line":     {"1\n" + begin + "One.\n2\n00:00:03,000 --> 00:00:04,000\nNext.", one("One.") + "\n00:00:03.000 --> 00:00:04.000\nNext.\n"},
		"an empty line":     {"1\n" + begin + "One,\n\ntwo.\n", one("One,\ntwo.")},
		"times by hand":     {"0:0:1.0-->0:00:02,5\nHello.", "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello.\n"},
		"no hours":          {"01:02.500 --> 01:03.000\nHello.", "WEBVTT\n\n00:01:02.500 --> 00:01:03.000\nHello.\n"},
		"no fractions":      {"00:00:01 --> 00:00:02\nHello.", one("Hello.")},
		"long":              {"123:59:59,999 --> 124:00:01,000\nHello.", "WEBVTT\n\n123:59:59.999 --> 124:00:01.000\nHello.\n"},
		"where it stood":    {"00:00:01,000 --> 00:00:02,000 X1:100 Y1:200\nHello.", one("Hello.")},
		"backwards":         {"00:00:02,000 --> 00:00:01,000\nNever.\n\n" + begin + "Hello.", one("Hello.")},
		"before the start":  {begin + "Hello.\n\n2\n-00:00:02,000 --> 00:00:01,000\nNever.", one("Hello.")},
		"out of order":      {"00:00:05,000 --> 00:00:06,000\nLater.\n\n" + begin + "Hello.", one("Hello.") + "\n00:00:05.000 --> 00:00:06.000\nLater.\n"},
		"nothing to say":    {begin + "\n\n" + begin + "<font></font>\n\n" + begin + "Hello.", one("Hello.")},
		"tags":              {begin + `<B>Bold</B> <font color="red">and</font> <i>not`, one("<b>Bold</b> and <i>not</i>")},
		"crossed tags":      {begin + "<b><i>a</b></i><u><u>b</u>", one("<b><i>a</i><u>b</u></b>")},
		"a script":          {begin + `<script>alert(1)</script><img src=x onerror=y>`, one("alert(1)")},
		"half a tag":        {begin + "a < b, <i", one("a &lt; b, &lt;i")},
		"entities":          {begin + "Tom &amp; Jerry &lt;b&gt; &#10;&#10;STYLE", one("Tom &amp; Jerry &lt;b&gt;   STYLE")},
		"an arrow":          {begin + "a &#45;-> b --&gt; c", one("a --&gt; b --&gt; c")},
		"codes":             {begin + `{\an8}Up here`, "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 line:0\nUp here\n"},
		"a hole":            {begin + "a\n<font>\nb", one("a\nb")},
		"nothing":           {"", "WEBVTT\n"},
		"something else":    {"<html>\n--> <script>", "WEBVTT\n"},
		"WebVTT": {"WEBVTT - by me\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\nNOTE\n00 notes\n\nintro\n00:01.000 --> 00:02.000 align:start region:x line:0 x:<b>\n" +
			"<v Ada><c.red>Hello</c> <00:01.500>you</v>\n\nNOTE not shown\n\n00:03.000 --> 00:04.000\nNext.",
			"WEBVTT\n\n00:00:01.000 --> 00:00:02.000 align:start line:0\nHello you\n\n00:00:03.000 --> 00:00:04.000\nNext.\n"},
	} {
		if got := vtt(t, "", test.content); got != test.want {
			t.Errorf("%s: %q\nwant %q", name, got, test.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	for _, test := range []struct {
		language, text string
		in             encoding.Encoding
	}{
		{"", "Träd och fågel – “så”", unicode.UTF8},
		{"", "Träd och fågel – “så”", unicode.UTF8BOM},
		{"ru", "Träd och fågel – “så”", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"", "Träd och fågel – “så”", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		{"", "Träd och fågel – “så”", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"", "Träd och fågel – “så”", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"", "Träd och fågel – “så”", charmap.Windows1252},
		{"sv", "Träd och fågel", charmap.Windows1252},
		{"", "Что это было вчера вечером", charmap.Windows1251},
		{"ru", "Да", charmap.Windows1251},
		{"pl", "Zażółć gęślą jaźń", charmap.Windows1250},
		{"el", "Καλημέρα", charmap.Windows1253},
		{"tr", "İyi akşamlar", charmap.Windows1254},
		{"ja", "こんにちは", japanese.ShiftJIS},
		{"zh", "你好世界", simplifiedchinese.GB18030},
	} {
		content, err := test.in.NewEncoder().String("1\n00:00:01,000 --> 00:00:02,000\n" + test.text + "\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := vtt(t, test.language, content); !strings.Contains(got, "\n"+test.text+"\n") {
			t.Errorf("%s in %v becomes %q", test.text, test.in, got)
		}
	}
}

// A file that is made to keep Usher busy is read no further than a film goes.
func TestTooMuch(t *testing.T) {
	for _, begin := range []string{"WEBVTT\n", ""} {
		many := begin + strings.Repeat("00:01 --> 00:02\nx\n\n", subtitle.MaxSize/20)
		if got := strings.Count(vtt(t, "", many), "-->"); got != 20_000 {
			t.Errorf("%d cues are kept", got)
		}
	}
	if _, err := (subtitle.Track{}).WebVTT(strings.NewReader(strings.Repeat("x", subtitle.MaxSize+1))); err == nil {
		t.Error("more than the limit is read")
	}
	if _, err := (subtitle.Track{}).WebVTT(iotest.ErrReader(errors.New("input/output error"))); err == nil {
		t.Error("what cannot be read is taken for nothing")
	}
	if got := vtt(t, "", "00:01 --> 00:02\n"+strings.Repeat("ä", 100_000)); len(got) > 5000 {
		t.Errorf("one cue has %d bytes", len(got))
	}
}

var (
	head = regexp.MustCompile(`^\d\d\d?:\d\d:\d\d\.\d{3} --> \d\d\d?:\d\d:\d\d\.\d{3}( [a-z0-9:%.,-]+)*$`)
	tags = regexp.MustCompile(`</?[biu]>`)
)

func FuzzWebVTT(f *testing.F) {
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,000\n<b>Hello</i> &amp; &#10;\n\n2\n"), "en")
	f.Add([]byte("WEBVTT\n\nSTYLE\n::cue{}\n\n00:01.000 --> 00:02.000 line:0\n<v Ada>Hello"), "")
	f.Add([]byte("\xff\xfe1\x000\x00"), "ja")
	f.Fuzz(func(t *testing.T, content []byte, language string) {
		out, err := subtitle.Track{Language: language}.WebVTT(strings.NewReader(string(content)))
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n\n")
		if blocks[0] != "WEBVTT" || !utf8.Valid(out) {
			t.Fatalf("it begins with %q", blocks[0])
		}
		for _, block := range blocks[1:] {
			times, text, _ := strings.Cut(block, "\n")
			if text = tags.ReplaceAllString(text, ""); !head.MatchString(times) || text == "" || strings.ContainsAny(text, "<>") {
				t.Errorf("a cue is %q", block)
			}
		}
	})
}
