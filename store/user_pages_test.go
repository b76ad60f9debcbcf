package store_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// crowdHome is a home with so many made-up users besides Mara, and the model of them.
func crowdHome(t *testing.T, n int) (*home, *crowd) {
	t.Helper()
	h := newHome(t)
	c := &crowd{random: rand.New(rand.NewPCG(3, 5)), taken: make(map[string]bool)}
	c.members = append(c.members, &member{id: h.owner.ID, sort: "mara", words: []string{"mara"}, admin: true, password: true, created: h.Now().UnixMilli()})
	people := make([]store.Person, 0, n)
	for range n {
		p, m := c.person(h.Now())
		people, c.members = append(people, p), append(c.members, m)
	}
	added, err := h.AddHousehold(h.ctx, store.Household{People: people})
	if h.must(err); added[store.ListLocal] != n {
		t.Fatalf("added %v of %d", added, n)
	}
	for i, m := range c.members {
		m.id = h.owner.ID + int64(i)
	}
	return h, c
}

var (
	filters = []store.UserFilter{store.FilterEveryone, store.FilterAdministrators, store.FilterRestricted, store.FilterDisabled, store.FilterNoPassword}
	sorts   = []store.UserSort{store.SortName, store.SortSeen, store.SortNewest}
)

// wantPage compares one page with what the model says it holds.
func wantPage(t *testing.T, h *home, s *store.Store, q store.UserQuery, want []int64) {
	t.Helper()
	page, err := s.Users(h.ctx, q)
	h.must(err)
	if n, err := s.CountFound(h.ctx, q); err != nil || n != len(want) {
		t.Fatalf("%+v: %d are counted, want %d: %v", q, n, len(want), err)
	}
	pages := max(1, (len(want)+store.PageSize-1)/store.PageSize)
	number := min(max(q.Page, 1), pages)
	rows := want[(number-1)*store.PageSize : min(number*store.PageSize, len(want))]
	var got []int64
	for _, u := range page.Users {
		got = append(got, u.ID)
	}
	if page.Total != len(want) || page.Pages != pages || page.Page != number || !slices.Equal(got, rows) {
		t.Fatalf("%+v: page %d of %d, %d in all, %v\nwant page %d of %d, %d in all, %v",
			q, page.Page, page.Pages, page.Total, got, number, pages, len(want), rows)
	}
}

// compare asks for pages from both ends and the middle, under each filter and
// in each order.
func (c *crowd) compare(t *testing.T, h *home, s *store.Store, search string, terms []string) {
	t.Helper()
	for _, filter := range filters {
		for _, sort := range sorts {
			want := c.list(terms, filter, sort)
			last := max(1, (len(want)+store.PageSize-1)/store.PageSize)
			numbers := []int{0, 1, last/2 + 1, last, last + 1}
			slices.Sort(numbers)
			for _, n := range slices.Compact(numbers) {
				wantPage(t, h, s, store.UserQuery{Search: search, Filter: filter, Sort: sort, Page: n}, want)
			}
		}
		if n, err := s.CountUsers(h.ctx, store.ListLocal, filter); err != nil || n != len(c.list(nil, filter, "")) {
			t.Fatalf("%q leaves %d users: %v", filter, n, err)
		}
	}
}

// terms makes up a search from the words there are: whole or begun, one or
// more of them, or one that nobody has.
func (c *crowd) terms() []string {
	m := c.members[c.random.IntN(len(c.members))]
	var terms []string
	for range 1 + c.random.IntN(3) {
		word := []rune(m.words[c.random.IntN(len(m.words))])
		terms = append(terms, string(word[:1+c.random.IntN(len(word))]))
	}
	if c.random.IntN(5) == 0 {
		terms = append(terms, "zz")
	}
	return terms
}

// The list and the search find the same, in the same order, on the same pages
// as plain loops over a slice do.
func TestListAgreesWithModel(t *testing.T) {
	t.Parallel()
	h, c := crowdHome(t, 5000)
	c.compare(t, h, h.Store, "", nil)
	for range 12 {
		terms := c.terms()
		c.compare(t, h, h.Store, strings.Join(terms, " "), terms)
	}
}

// Every page holds what it should after users came, went and changed their
// names, here and in another process on the same file.
func TestPagesStayRight(t *testing.T) {
	t.Parallel()
	h, c := crowdHome(t, 400)
	other := h.open()
	for round := range 2 * len(crowdChanges) {
		writer := []*store.Store{h.Store, other}[round%2]
		for range 3 {
			crowdChanges[round/2](h, c, writer)
			h.clock.pass(time.Minute)
		}
		for _, s := range []*store.Store{h.Store, other} {
			h.must(s.Refresh(h.ctx))
			for _, filter := range filters {
				want := c.list(nil, filter, store.SortName)
				for n := 1; n <= len(want)/store.PageSize+2; n++ {
					wantPage(t, h, s, store.UserQuery{Filter: filter, Page: n}, want)
				}
			}
			wantPage(t, h, s, store.UserQuery{Sort: store.SortSeen, Page: 2}, c.list(nil, "", store.SortSeen))
			terms := c.terms()
			wantPage(t, h, s, store.UserQuery{Search: strings.Join(terms, " ")}, c.list(terms, "", ""))
		}
	}
}

// pick is somebody besides the owner and administrators.
func (c *crowd) pick() *member {
	for {
		if m := c.members[c.random.IntN(len(c.members))]; !m.admin {
			return m
		}
	}
}

// crowdChanges are changes, each of one kind, made through a store and to the
// model in the same way.
var crowdChanges = []func(h *home, c *crowd, s *store.Store){
	func(h *home, c *crowd, s *store.Store) { // somebody comes
		written, read, words := c.name()
		u, err := s.CreateUser(h.ctx, h.mara(), store.NewUser{Name: written, Access: store.FullAccess()})
		h.must(err)
		c.members = append(c.members, &member{id: u.ID, sort: read, words: words, created: u.CreatedAt.UnixMilli()})
	},
	func(h *home, c *crowd, s *store.Store) { // somebody gets another name, and no e-mail
		m := c.pick()
		u := h.user(m.id)
		written, read, words := c.name()
		h.must(s.UpdateProfile(h.ctx, h.mara(), m.id, store.Profile{Name: written, Disabled: u.Disabled, EndsAt: u.EndsAt}))
		m.sort, m.words = read, words
	},
	func(h *home, c *crowd, s *store.Store) { // somebody goes
		gone := c.pick()
		h.must(s.DeleteUsers(h.ctx, h.mara(), gone.id))
		c.members = slices.DeleteFunc(c.members, func(m *member) bool { return m == gone })
	},
	func(h *home, c *crowd, s *store.Store) {
		m := c.pick()
		h.must(s.SetDisabled(h.ctx, h.mara(), !m.disabled, m.id))
		m.disabled = !m.disabled
	},
	func(h *home, c *crowd, s *store.Store) {
		m := c.pick()
		h.must(s.SetAccess(h.ctx, h.mara(), store.Access{AllLibraries: m.chosen, AllChannels: true}, m.id))
		m.chosen = !m.chosen
	},
	func(h *home, c *crowd, s *store.Store) {
		m := c.pick()
		p := h.profile(m.id)
		if p.EndsAt = h.Now().Add(store.Day); m.ends {
			p.EndsAt = time.Time{}
		}
		h.must(s.UpdateProfile(h.ctx, h.mara(), m.id, p))
		m.ends = !m.ends
	},
	func(h *home, c *crowd, s *store.Store) {
		m := c.pick()
		for m.password {
			m = c.pick()
		}
		h.must(s.ResetPassword(h.ctx, h.mara(), m.id, "$new"))
		m.password = true
	},
	func(h *home, c *crowd, s *store.Store) {
		m := c.pick()
		if h.must(s.ResetPassword(h.ctx, h.mara(), m.id, "$new")); m.disabled {
			h.must(s.SetDisabled(h.ctx, h.mara(), false, m.id))
		}
		p := h.profile(m.id)
		p.Administrator = true
		h.must(s.UpdateProfile(h.ctx, h.mara(), m.id, p))
		m.password, m.admin, m.disabled = true, true, false
	},
	func(h *home, c *crowd, s *store.Store) { // somebody is here, by which nothing but the order changes
		m := c.pick()
		h.must(s.Seen(h.ctx, store.Session{User: store.User{ID: m.id}}, "192.168.1.20", true))
		m.seen = h.Now().UnixMilli()
	},
}

// Pages, filters and orders that there are none of, which anyone can type into
// the address, are the nearest or the usual ones.
func TestUnknownPages(t *testing.T) {
	h := newHome(t)
	h.add("Elsa", "")
	for _, n := range []int{-1 << 63, -3, 1 << 62} {
		wantPage(t, h, h.Store, store.UserQuery{Page: n}, []int64{h.owner.ID + 1, h.owner.ID})
	}
	page, err := h.Users(h.ctx, store.UserQuery{Filter: "1; DROP TABLE users", Sort: "note", Search: " "})
	if h.must(err); page.Total != 2 || page.Users[0].Name != "Elsa" {
		t.Errorf("found %+v", page)
	}
	if _, err := h.CountUsers(h.ctx, store.ListLocal, "everyone"); err == nil {
		t.Error("an unknown filter was counted")
	}
}
