package views

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// Player is what plays a title or an entry of a channel on its page, one part at
// a time.
type Player struct {
	Home      string        // the address of what it plays: its stream, and all that the script tells, lies below
	Name      string        // of what it plays; the controls of the system show it, and the next two
	By, From  string        // the artist and the album, or the series and the season; "" for none
	Sound     bool          // there is no picture
	Poster    string        // the address of a still; "" for none
	Type      string        // the media type with its codecs; "" where that is not known
	Refused   string        // why no browser plays it, in sentences; "" where one may
	Doubt     string        // why only some browsers play it, in a sentence; "" where all may
	Part      int           // from 1
	Parts     int           // at least 1
	At        time.Duration // where in the part it goes on; 0 is the beginning
	Begun     bool          // there is a place to go on at, whether it goes on there or not
	Subtitles []Subtitle
	Previous  Way
	Next      Way
	Open      bool // it can be opened in another player
	Download  bool // the viewer may download it
}

// Subtitle is a text that goes along with a picture.
type Subtitle struct {
	Address  string
	Language string // as BCP 47 has it; "" where that is not known
	Label    string
	Default  bool // it shows unless the viewer has it otherwise
}

// Way leads to what comes before or after, such as “Next episode”. The zero Way
// leads nowhere.
type Way struct {
	Href, Label, Name string
	AtOnce            bool // it plays as soon as what is before it is over
}

// TitleWay is the way to a title before or after: “Next episode”. The word is
// “Previous” or “Next”.
func TitleWay(word string, t store.Title) Way {
	if t.ID == 0 {
		return Way{}
	}
	one, _ := titleNoun(t.Kind)
	name := t.Name
	if number := numberText(t); number != "" && name != "Episode "+number {
		name = number + ". " + name
	}
	return Way{Href: TitleAddress(t.ID), Label: word + " " + one, Name: name, AtOnce: t.Kind == store.TitleTrack}
}

// There says whether the way leads somewhere.
func (w Way) There() bool { return w.Href != "" }

// source is where the bytes are, from where on they are wanted. The fragment has
// browsers begin there (https://www.w3.org/TR/media-frags/#naming-time).
func (p Player) source() string {
	source := p.Home + "/stream"
	if p.Part > 1 {
		source += "?part=" + strconv.Itoa(p.Part)
	}
	if p.At > 0 {
		source += "#t=" + strconv.Itoa(int(p.At/time.Second))
	}
	return source
}

// address is the page of a part of what is played, where it begins at its
// beginning.
func (p Player) address(part int) string {
	query := url.Values{"from": {"start"}}
	if p.Parts > 1 {
		query.Set("part", strconv.Itoa(part))
	}
	return p.Home + "?" + query.Encode()
}

// numbers are those of the parts.
func (p Player) numbers() []int {
	numbers := make([]int, p.Parts)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return numbers
}

// partAfter is the way to a part before or after the one that plays.
func (p Player) partAfter(step int) Way {
	part := p.Part + step
	if part < 1 || part > p.Parts {
		return Way{}
	}
	name := "Part " + strconv.Itoa(part)
	return Way{Href: p.address(part), Label: name, Name: p.Name, AtOnce: true}
}

// Onward is what plays after the part that plays now: the next part, or else
// what comes after all of it.
func (p Player) onward() Way {
	if part := p.partAfter(1); part.There() {
		return part
	}
	return p.Next
}

// backward is the way to what comes before.
func (p Player) backward() Way {
	if part := p.partAfter(-1); part.There() {
		return part
	}
	return p.Previous
}

// whereTo says where it goes on: “at 41:07”, “in part 2 at 41:07”.
func (p Player) whereTo() string {
	where := "at " + ClockTime(p.At)
	if p.Parts > 1 {
		where = "in part " + ui.Number(p.Part) + " " + where
	}
	return where
}

// stageClass is the class of the stage, by what it has to show.
func (p Player) stageClass() string {
	if p.Sound {
		return "stage sound"
	}
	return "stage"
}

// ClockTime is a time within something that plays: 41:07, 1:02:03.
func ClockTime(d time.Duration) string {
	seconds := int(d / time.Second)
	if hours := seconds / 3600; hours > 0 {
		return fmt.Sprintf("%d:%02d:%02d", hours, seconds/60%60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// key is what a key does while something plays.
type key struct{ keys, does string }

// keys are all of them.
func (p Player) keys() []key {
	keys := []key{
		{"Space or K", "play, pause"},
		{"← or J", "10 seconds back"},
		{"→ or L", "10 seconds on"},
		{"↑ and ↓", "louder, quieter"},
		{"M", "sound off and on"},
		{"0 to 9", "to that many tenths of it"},
	}
	if !p.Sound {
		keys = append(keys, key{"F", "full screen"}, key{"C", "subtitles, one after the other"})
	}
	return append(keys, key{"N and P", "what comes next, what came before"}, key{"?", "this list"})
}

// StartWay is the way to what somebody plays now who plays a series, a season, an
// artist or an album: “Play”, or “Continue with S1 E3” once they have seen some
// of it. What it lies in is its season, or the series itself.
func StartWay(first store.Viewed, in store.Title, seen bool) Way {
	way := Way{Href: TitleAddress(first.Title.ID) + "#play", Label: "Play", Name: first.Title.Name}
	seen = seen && first.Title.Kind == store.TitleEpisode && !first.Headway.Watched
	if seen || first.Headway.Begun() {
		way.Label = "Continue with " + inShort(first.Title, in)
	}
	return way
}

// inShort is an episode by its numbers, “S1 E3”, and else by its name.
func inShort(t, in store.Title) string {
	switch {
	case t.Kind != store.TitleEpisode || t.Number == 0:
		return t.Name
	case in.Kind != store.TitleSeason:
		return "E" + numberText(t)
	}
	return "S" + strconv.Itoa(in.Number) + " E" + numberText(t)
}
