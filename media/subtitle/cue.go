package subtitle

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// cue is one subtitle.
type cue struct {
	start, end time.Duration
	settings   string // where it stands, as WebVTT writes it
	text       string // as it was written
}

// timing is the line before the text of a cue, as SubRip and WebVTT write it and
// people mistype it: commas for points, no hours, a digit too few or too many.
var timing = regexp.MustCompile(`^\s*(?:\d{1,6}\s+)?(?:(\d{1,3})\s*:\s*)?(\d{1,3})\s*:\s*(\d{1,2})(?:\s*[,.:;]\s*(\d{1,9}))?\s*-{1,2}\s?>\s*` +
	`(?:(\d{1,3})\s*:\s*)?(\d{1,3})\s*:\s*(\d{1,2})(?:\s*[,.:;]\s*(\d{1,9}))?(?:\s+(.*))?$`)

// begins says whether a line begins a cue, and with which times: nil where they
// make no sense.
func begins(line string) (times []string, ok bool) {
	if !strings.Contains(line, ">") {
		return nil, false
	}
	times = timing.FindStringSubmatch(line)
	return times, times != nil || strings.Contains(line, "-->")
}

// maxCues is how many cues of a file count: a film of three hours has 3,000.
const maxCues = 20_000

// parse are the cues in a text that make sense, maxCues at the most. In WebVTT an empty line ends a
// cue, and what follows may be something else; in SubRip nothing else follows.
func parse(text string) []cue {
	isVTT := strings.HasPrefix(text, "WEBVTT")
	var cues []cue
	var times, lines []string // of the cue at hand
	inside := false
	end := func(next bool) {
		if c, ok := read(times, body(lines, next && !isVTT)); ok {
			cues = append(cues, c)
		}
		times, lines, inside = nil, nil, false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if len(cues) == maxCues {
			return cues
		}
		next, ok := begins(line)
		switch {
		case ok:
			end(true)
			times, inside = next, true
		case isVTT && strings.TrimSpace(line) == "":
			end(false)
		case inside:
			lines = append(lines, line)
		}
	}
	end(false)
	return cues
}

// body is the text of a cue: its lines but for empty ones, and without the
// number of the next cue.
func body(lines []string, next bool) string {
	var text []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			text = append(text, line)
		}
	}
	if last := len(text) - 1; next && last >= 0 && isNumber(text[last]) && strings.TrimSpace(lines[len(lines)-1]) != "" {
		text = text[:last]
	}
	return strings.Join(text, "\n")
}

// read is the cue of these times and a text.
func read(times []string, text string) (cue, bool) {
	if times == nil {
		return cue{}, false
	}
	c := cue{start: clock(times[1:5]), end: clock(times[5:9]), settings: placed(times[9], text), text: text}
	return c, c.end > c.start && text != ""
}

// clock is a time from hours, minutes, seconds and the digits of their fraction.
func clock(m []string) time.Duration {
	number := func(digits string) time.Duration {
		n, _ := strconv.Atoi(digits) // digits alone, and few: see timing
		return time.Duration(n)
	}
	fraction := (m[3] + "000")[:3]
	return number(m[0])*time.Hour + number(m[1])*time.Minute + number(m[2])*time.Second + number(fraction)*time.Millisecond
}

// setting is one that browsers know and that leads nowhere else.
var setting = regexp.MustCompile(`^(?:line|position|size|align|vertical):[a-z0-9%.,-]{1,30}$`)

// placed is where a cue stands: by the settings of WebVTT, or at the top where
// a mark in the text asks for that.
func placed(settings, text string) string {
	var kept []string
	for word := range strings.FieldsSeq(settings) {
		if setting.MatchString(word) && len(kept) < 5 {
			kept = append(kept, word)
		}
	}
	for _, top := range []string{`{\an7}`, `{\an8}`, `{\an9}`} {
		if strings.HasPrefix(text, top) && len(kept) == 0 {
			return "line:0"
		}
	}
	return strings.Join(kept, " ")
}
