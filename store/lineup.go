package store

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"
)

// entry is a title in a line-up, with what decides whether it shows and is found.
// A title that holds others stands there once for each audience of those, side
// by side.
type entry struct {
	id, audience uint32
	year         int32
	month        int32 // of its date, months since the year 0; 0 when not known
}

// lineup is every title of one kind in a library, in one order, for everyone.
type lineup []entry

// idSet is a set of ids.
type idSet []uint64

const (
	wordBits  = 64
	wordBytes = wordBits / 8
)

func (s idSet) has(id uint32) bool {
	at := int(id / wordBits)
	return at < len(s) && s[at]&(1<<(id%wordBits)) != 0
}

func (s *idSet) add(id uint32) {
	at := int(id / wordBits)
	if at >= len(*s) {
		*s = append(*s, make(idSet, at+1-len(*s))...)
	}
	(*s)[at] |= 1 << (id % wordBits)
}

// count is how many ids the set holds.
func (s idSet) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// and is what both sets hold.
func (s idSet) and(o idSet) idSet {
	both := make(idSet, min(len(s), len(o)))
	for i := range both {
		both[i] = s[i] & o[i]
	}
	return both
}

func setOf(ids []uint32) idSet {
	if len(ids) == 0 {
		return nil
	}
	s := make(idSet, slices.Max(ids)/wordBits+1)
	for _, id := range ids {
		s.add(id)
	}
	return s
}

// parseIDs reads a group_concat of ids.
func parseIDs(text string) ([]uint32, error) {
	if text == "" {
		return nil, nil
	}
	ids := make([]uint32, 0, strings.Count(text, ",")+1)
	for part := range strings.SplitSeq(text, ",") {
		id, err := strconv.ParseUint(part, 10, 32)
		if err != nil {
			return nil, err
		}
		ids = append(ids, uint32(id))
	}
	return ids, nil
}

// parseLineup reads entries of four numbers each, with commas between: the
// title, the audience, the year, and the date in milliseconds. A title's second
// entry of the same audience is left out.
func parseLineup(text string) (lineup, error) {
	if text == "" {
		return nil, nil
	}
	entries := make(lineup, 0, strings.Count(text, ",")/4+1)
	var numbers [4]int64
	for text != "" {
		var one entry
		var err error
		if text, err = cutNumbers(text, numbers[:]); err != nil {
			return nil, err
		}
		one.id, one.audience = uint32(numbers[0]), uint32(numbers[1])
		one.year, one.month = int32(numbers[2]), monthOf(fromMillis(numbers[3]))
		if !entries.ends(one) {
			entries = append(entries, one)
		}
	}
	return entries, nil
}

// cutNumbers reads the first numbers of a text that has commas between them.
func cutNumbers(text string, into []int64) (rest string, err error) {
	for i := range into {
		var part string
		part, text, _ = strings.Cut(text, ",")
		if into[i], err = strconv.ParseInt(part, 10, 64); err != nil {
			return "", err
		}
	}
	return text, nil
}

// ends says whether the title stands at the end of the line-up with this audience
// already.
func (s lineup) ends(one entry) bool {
	for i := len(s) - 1; i >= 0 && s[i].id == one.id; i-- {
		if s[i].audience == one.audience {
			return true
		}
	}
	return false
}

func monthOf(at time.Time) int32 {
	if at.IsZero() {
		return 0
	}
	return int32(at.Year()*12) + int32(at.Month()) - 1
}

// byYear is the line-up with the newest first, and within a year as it was.
func (s lineup) byYear() lineup {
	sorted := slices.Clone(s)
	slices.SortStableFunc(sorted, func(a, b entry) int { return cmp.Compare(b.year, a.year) })
	return sorted
}

// narrow is what the entries on a list have in common; nil sets let everything
// through.
type narrow struct {
	seen   idSet  // audiences whose titles the user sees
	labels *idSet // audiences with the label
	genre  *idSet // titles of the genre
	found  *idSet // titles that were searched for
	year   int32  // 0 for any
}

// choose adds the titles that are left of the line-up to ids, each once.
func (n narrow) choose(ids []uint32, of lineup) []uint32 {
	last := uint32(0)
	for _, e := range of {
		if n.found != nil && !n.found.has(e.id) { // leaves few, so it comes first
			continue
		}
		if e.id == last || !n.seen.has(e.audience) || n.year != 0 && e.year != n.year {
			continue
		}
		if n.labels != nil && !n.labels.has(e.audience) || n.genre != nil && !n.genre.has(e.id) {
			continue
		}
		ids, last = append(ids, e.id), e.id
	}
	return ids
}

// months are the months of the titles, which are in the order of the line-up.
func (s lineup) months(ids []uint32) []Month {
	var months []Month
	at, last := 0, int32(-1)
	for _, e := range s {
		if at == len(ids) {
			break
		}
		if e.id != ids[at] {
			continue
		}
		if e.month != last {
			months = append(months, e.inMonth(at/TitlesAPage+1))
			last = e.month
		}
		months[len(months)-1].Titles++
		at++
	}
	return months
}

// inMonth is the month of the entry, which begins on this page.
func (e entry) inMonth(page int) Month {
	if e.month == 0 {
		return Month{Page: page}
	}
	return Month{Year: int(e.month / 12), Month: time.Month(e.month%12 + 1), Page: page}
}
