package subtitle

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// maxText is how much of one cue is shown, in bytes: a screen full.
const maxText = 4000

// WebVTT is a file of subtitles, SubRip or WebVTT itself, as WebVTT that holds
// nothing but cues, in the order of their times. Whatever encoding it is in, it
// becomes UTF-8. Cues that make no sense are left out, so that a file that is
// none has none. The error is that of reading, or that the file is longer than
// MaxSize.
func (t Track) WebVTT(file io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(file, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("read subtitles: %w", err)
	}
	if len(content) > MaxSize {
		return nil, fmt.Errorf("read subtitles: more than %d bytes", MaxSize)
	}
	cues := parse(decode(content, t.tag()))
	slices.SortStableFunc(cues, func(a, b cue) int { return cmp.Compare(a.start, b.start) })
	var out bytes.Buffer
	out.WriteString("WEBVTT\n")
	for _, c := range cues {
		if text := clean(c.text); text != "" {
			fmt.Fprintf(&out, "\n%s\n%s\n", strings.TrimSpace(written(c.start)+" --> "+written(c.end)+" "+c.settings), text)
		}
	}
	return out.Bytes(), nil
}

// written is a time as WebVTT has it.
func written(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d:%02d.%03d", d/time.Hour, d/time.Minute%60, d/time.Second%60, d/time.Millisecond%1000)
}

// mark is a tag such as <b>, or a code such as {\an8}.
var mark = regexp.MustCompile(`</?[A-Za-z0-9][^<>\n]*>|\{\\[^{}\n]*\}`)

// escape writes text so that nothing in it is a tag, or the arrow of times.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// clean is the text of a cue with no other tags than <b>, <i> and <u>, each of
// which is closed.
func clean(text string) string {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	var out strings.Builder
	var open []string
	from := 0
	for _, at := range mark.FindAllStringIndex(text, -1) {
		out.WriteString(plain(text[from:at[0]]))
		from = at[1]
		name, closes := strings.CutPrefix(strings.ToLower(strings.Trim(text[at[0]:at[1]], "<>")), "/")
		switch name {
		case "b", "i", "u":
		default:
			continue
		}
		switch {
		case !closes && !slices.Contains(open, name):
			open = append(open, name)
			out.WriteString("<" + name + ">")
		case closes && len(open) > 0 && open[len(open)-1] == name:
			open = open[:len(open)-1]
			out.WriteString("</" + name + ">")
		}
	}
	out.WriteString(plain(text[from:]))
	for _, name := range slices.Backward(open) {
		out.WriteString("</" + name + ">")
	}
	return withoutEmptyLines(out.String())
}

// plain is text in which nothing is a tag. Characters that were written as
// entities break no lines.
func plain(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(strings.Map(allowed, html.UnescapeString(line)), "\n", " ")
	}
	return escape.Replace(strings.Join(lines, "\n"))
}

// withoutEmptyLines is text that does not end a cue before its end.
func withoutEmptyLines(text string) string {
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" })
	return strings.Join(lines, "\n")
}
