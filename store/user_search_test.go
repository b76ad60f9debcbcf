package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// found are the names that a search finds, in order.
func (h *home) found(search string) []string {
	h.t.Helper()
	page, err := h.Users(h.ctx, store.UserQuery{Search: search})
	h.must(err)
	if page.Total != len(page.Users) {
		h.t.Errorf("%q: %d users on the page of %d", search, len(page.Users), page.Total)
	}
	names := make([]string, 0, len(page.Users))
	for _, u := range page.Users {
		names = append(names, u.Name)
	}
	return names
}

func TestSearch(t *testing.T) {
	h := newHome(t)
	people := []struct{ name, email string }{
		{"Elsa Lindqvist", "elsa@example.org"}, {"Else-Marie", ""}, {"Nils", "nils.elstad@example.net"},
		{"Åsa Öberg", ""}, {"Asar", ""}, {"Straße", ""}, {"José María", ""}, {"Łukasz", ""}, {"Søren", ""},
		{"王小明", ""}, {"田中 さくら", ""}, {"김민수", ""}, {"Ольга Ёлкина", ""}, {"Γιώργος", ""}, {"محمد علي", ""},
		{"🦊", ""}, {"Fox 🦊 Box", ""}, {"100% Oskar", ""}, {"O'Brien", ""}, {`"Bobby" Tables`, ""}, {"under_score", ""},
		{"a*b", ""}, {"++", ""}, {"R2D2", ""}, {"Ａｎｎａ", ""},
		{"a b c d e f g h i j k l m n o p q r s t u v w x y z", ""},
	}
	for _, p := range people {
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: p.name, Email: p.email})
		h.must(err)
	}
	everyone := len(people) + 1
	for search, want := range map[string][]string{
		"els":                   {"Elsa Lindqvist", "Else-Marie", "Nils"},
		"ELS":                   {"Elsa Lindqvist", "Else-Marie", "Nils"},
		" elsa ":                {"Elsa Lindqvist"},
		"lind":                  {"Elsa Lindqvist"},
		"lsa":                   {},
		"elsa lind":             {"Elsa Lindqvist"},
		"lind els":              {"Elsa Lindqvist"},
		"elsa nobody":           {},
		"elsa elsa":             {"Elsa Lindqvist"},
		"elsa elsa@":            {"Elsa Lindqvist"},
		"elsa@example.org":      {"Elsa Lindqvist"},
		"example.net":           {"Nils"},
		"elstad":                {"Nils"},
		"marie":                 {"Else-Marie"},
		"else-mar":              {"Else-Marie"},
		"åsa":                   {"Åsa Öberg", "Asar"},
		"asa":                   {"Åsa Öberg", "Asar"},
		"a\u030asa o":           {"Åsa Öberg"},
		"strasse":               {"Straße"},
		"STRASS":                {"Straße"},
		"jose mari":             {"José María"},
		"josé":                  {"José María"},
		"søren":                 {"Søren"},
		"łukasz":                {"Łukasz"},
		"王":                     {"王小明"},
		"小明":                    {},
		"田中":                    {"田中 さくら"},
		"さく":                    {"田中 さくら"},
		"김민":                    {"김민수"},
		"ольга":                 {"Ольга Ёлкина"},
		"елк":                   {"Ольга Ёлкина"},
		"ΓΙΩΡΓ":                 {"Γιώργος"},
		"γιώργος":               {"Γιώργος"},
		"محم":                   {"محمد علي"},
		"🦊":                     {"Fox 🦊 Box", "🦊"},
		"🦊 box":                 {"Fox 🦊 Box"},
		"100":                   {"100% Oskar"},
		"100%":                  {"100% Oskar"},
		"%":                     {},
		"_":                     {},
		"*":                     {},
		"els*":                  {"Elsa Lindqvist", "Else-Marie", "Nils"},
		"+":                     {"++"},
		"'":                     {},
		`"`:                     {},
		"o'brien":               {"O'Brien"},
		"o’brien":               {"O'Brien"},
		"' OR '1'='1":           {},
		`"bobby"`:               {`"Bobby" Tables`},
		"under_score":           {"under_score"},
		"sco":                   {"under_score"},
		"a*b":                   {"a*b", "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
		"r2":                    {"R2D2"},
		"d2":                    {},
		"anna":                  {"Ａｎｎａ"},
		"y z":                   {"a b c d e f g h i j k l m n o p q r s t u v w x y z"},
		"\u200b":                {},
		"els\x00":               {"Elsa Lindqvist", "Else-Marie", "Nils"},
		"\xff\xfe":              {},
		"\U0010ffff":            {},
		strings.Repeat("x", 99): {},
	} {
		want := slices.Clone(want)
		got := h.found(search)
		if slices.Sort(want); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
	for _, search := range []string{"", "  ", "\u3000"} {
		if got := h.found(search); len(got) != everyone {
			t.Errorf("%q finds %d users, want all %d", search, len(got), everyone)
		}
	}
	if got := h.found(strings.Repeat("elsa e ", 2000)); !slices.Equal(got, []string{"Elsa Lindqvist"}) {
		t.Errorf("a very long search finds %q", got)
	}
}

// A changed name or e-mail is found at once, and the old one no more.
func TestSearchFollowsChanges(t *testing.T) {
	h := newHome(t)
	elsa := h.add("Elsa", "")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Name, p.Email = "Freja", "freja@example.org" }))
	for search, want := range map[string]int{"elsa": 0, "freja": 1, "example": 1} {
		if got := h.found(search); len(got) != want {
			t.Errorf("%q finds %q", search, got)
		}
	}
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "" }))
	if got := h.found("example"); len(got) != 0 {
		t.Errorf("the e-mail that is gone finds %q", got)
	}
	h.must(h.DeleteUsers(h.ctx, h.mara(), elsa.ID))
	if got := h.found("freja"); len(got) != 0 {
		t.Errorf("found %q, deleted", got)
	}
}

// syllables are what the names of the crowd are made of, each with how it
// reads without case and accents, in the order of what they read.
var syllables = []struct{ written, read string }{
	{"a", "a"}, {"Å", "a"}, {"an", "an"}, {"Bé", "be"}, {"ß", "ss"}, {"el", "el"}, {"ELS", "els"}, {"İ", "i"}, {"Öl", "ol"},
	{"ø", "ø"}, {"ma", "ma"}, {"Ñu", "nu"}, {"Жа", "жа"}, {"Σ", "σ"}, {"王", "王"}, {"か", "か"}, {"한", "한"}, {"🦊", "🦊"}, {"7", "7"},
}

// member is somebody of the crowd, as the naive model knows them.
type member struct {
	id              int64
	sort            string
	words           []string
	admin, disabled bool
	ends, ended     bool
	chosen          bool
	password        bool
	created, seen   int64
}

// crowd is a naive model of the list of users: a slice, and plain loops.
type crowd struct {
	random  *rand.Rand
	members []*member
	taken   map[string]bool
}

// word is a made-up word as written and as read.
func (c *crowd) word() (written, read string) {
	for range 1 + c.random.IntN(3) {
		s := syllables[c.random.IntN(len(syllables))]
		written, read = written+s.written, read+s.read
	}
	return written, read
}

// name is a name nobody has, as written, as read, and its words.
func (c *crowd) name() (written, read string, words []string) {
	for {
		var writtens, reads []string
		for range 1 + c.random.IntN(3) {
			w, r := c.word()
			writtens, reads = append(writtens, w), append(reads, r)
		}
		between := []string{" ", "-", "_", "'", "%", "."}[c.random.IntN(6)]
		written, read = strings.Join(writtens, between), strings.Join(reads, between)
		if !c.taken[read] {
			c.taken[read] = true
			return written, read, reads
		}
	}
}

// person is somebody new, as the store takes them and as the model knows them.
func (c *crowd) person(now time.Time) (store.Person, *member) {
	written, read, words := c.name()
	chance := func(n int) bool { return c.random.IntN(n) == 0 }
	m := &member{sort: read, words: words, admin: chance(40), disabled: chance(15), ends: chance(20), ended: chance(25), chosen: chance(5), password: !chance(10)}
	m.password = m.password || m.admin
	m.created = now.Add(-time.Duration(c.random.IntN(500)) * time.Hour).UnixMilli()
	if !chance(4) {
		m.seen = now.Add(-time.Duration(c.random.IntN(500)) * time.Hour).UnixMilli()
	}
	p := store.Person{
		NewUser:       store.NewUser{Name: written, Access: store.Access{AllLibraries: !m.chosen, AllChannels: true}},
		Administrator: m.admin, Disabled: m.disabled, CreatedAt: time.UnixMilli(m.created),
	}
	if m.seen != 0 {
		p.LastSeenAt = time.UnixMilli(m.seen)
	}
	if m.password {
		p.PasswordHash = "$x"
	}
	if m.ends {
		p.EndsAt = now.Add(store.Day)
	}
	if m.ended {
		p.EndsAt = now
	}
	if chance(3) {
		p.Email = fmt.Sprintf("mail%d@box.example", len(c.members))
		m.words = append(m.words, fmt.Sprintf("mail%d", len(c.members)), "box", "example")
	}
	return p, m
}

func (m *member) passes(filter store.UserFilter) bool {
	switch filter {
	case store.FilterAdministrators:
		return m.admin
	case store.FilterRestricted:
		return m.chosen || m.ends || m.ended
	case store.FilterDisabled:
		return m.disabled
	case store.FilterNoPassword:
		return !m.password
	default:
		return true
	}
}

func (m *member) hasAll(terms []string) bool {
	for _, term := range terms {
		if !slices.ContainsFunc(m.words, func(word string) bool { return strings.HasPrefix(word, term) }) {
			return false
		}
	}
	return true
}

// list is what a query ought to find, in order.
func (c *crowd) list(terms []string, filter store.UserFilter, sort store.UserSort) []int64 {
	var hits []*member
	for _, m := range c.members {
		if m.passes(filter) && m.hasAll(terms) {
			hits = append(hits, m)
		}
	}
	slices.SortFunc(hits, func(a, b *member) int {
		switch sort {
		case store.SortSeen:
			return cmp.Or(cmp.Compare(b.seen, a.seen), cmp.Compare(b.id, a.id))
		case store.SortNewest:
			return cmp.Or(cmp.Compare(b.created, a.created), cmp.Compare(b.id, a.id))
		default:
			return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.id, b.id))
		}
	})
	ids := make([]int64, len(hits))
	for i, m := range hits {
		ids[i] = m.id
	}
	return ids
}
