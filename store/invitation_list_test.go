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

// The filters and orders of the list of invitations, as its page offers them.
var (
	invitationFilters = []store.UserFilter{
		store.FilterEveryone, store.FilterMailWaiting, store.FilterMailSent, store.FilterMailFailed,
		store.FilterOpened, store.FilterExpiring, store.FilterExpired,
	}
	invitationSorts = []store.UserSort{store.SortName, store.SortNewest, store.SortEnds}
)

// invitationPasses is what each filter says, in plain words.
func invitationPasses(filter store.UserFilter, i store.Invitation, now time.Time) bool {
	switch filter {
	case store.FilterMailWaiting:
		return i.Mail == store.LetterWaiting
	case store.FilterMailSent:
		return i.Mail == store.LetterSent
	case store.FilterMailFailed:
		return i.Mail == store.LetterFailed
	case store.FilterOpened:
		return i.Opened > 0
	case store.FilterExpiring:
		return i.Expiring(now)
	case store.FilterExpired:
		return i.Expired(now)
	default:
		return true
	}
}

// invitationOrder is what each order says, in plain words.
func invitationOrder(sort store.UserSort) func(a, b store.Invitation) int {
	return func(a, b store.Invitation) int {
		switch sort {
		case store.SortNewest:
			return cmp.Or(b.User.CreatedAt.Compare(a.User.CreatedAt), cmp.Compare(b.User.ID, a.User.ID))
		case store.SortEnds:
			return cmp.Or(a.ExpiresAt.Compare(b.ExpiresAt), cmp.Compare(a.User.ID, b.User.ID))
		default:
			return cmp.Or(cmp.Compare(a.User.Name, b.User.Name), cmp.Compare(a.User.ID, b.User.ID))
		}
	}
}

// crowdOfInvited invites so many, and has all kinds of things happen to them.
func crowdOfInvited(t *testing.T, n int) (*home, []store.Invitation) {
	h := newHome(t)
	random := rand.New(rand.NewPCG(7, 11))
	names := []string{"anna", "bert", "carla", "dora", "emil"}
	var all []store.Invitation
	for len(all) < n {
		in := store.NewInvitations{InvitationTerms: terms()}
		in.Life = store.InvitationLives[random.IntN(3)]
		for range min(20, n-len(all)) {
			in.Emails = append(in.Emails, fmt.Sprintf("%s%d@box%d.example", names[random.IntN(5)], len(all)+len(in.Emails), random.IntN(3)))
			in.Links = append(in.Links, hash(in.Emails[len(in.Emails)-1]))
		}
		made, err := h.Invite(h.ctx, h.mara(), in)
		h.must(err)
		all = append(all, made...)
		h.clock.pass(time.Duration(random.IntN(30)) * time.Hour)
	}
	db := h.raw()
	for _, i := range all {
		mail := []string{"", "waiting", "sent", "failed"}[random.IntN(4)]
		_, err := db.ExecContext(h.ctx, `UPDATE invitations SET mail = ? WHERE user_id = ?`, mail, i.User.ID)
		h.must(err)
		if random.IntN(3) == 0 {
			h.must(h.NoteOpened(h.ctx, i.User.ID))
		}
	}
	for n := range all {
		all[n] = h.invitation(all[n].User.ID)
	}
	return h, all
}

// listOfInvitations are the ids on all pages of what q asks for.
func (h *home) listOfInvitations(q store.UserQuery) (ids []int64) {
	h.t.Helper()
	for q.Page = 1; ; q.Page++ {
		page, err := h.Invitations(h.ctx, q)
		h.must(err)
		for _, i := range page.Invitations {
			ids = append(ids, i.User.ID)
		}
		if len(page.Invitations) > store.PageSize || page.Page != q.Page {
			h.t.Fatalf("page %d of %d has %d invitations", page.Page, page.Pages, len(page.Invitations))
		}
		if q.Page == page.Pages {
			if page.Total != len(ids) {
				h.t.Fatalf("%d on all pages, but the total is %d", len(ids), page.Total)
			}
			return ids
		}
	}
}

// The list finds, filters and orders invitations as their plain definitions
// say, also as time goes by.
func TestInvitationsAgreeWithPlainDefinitions(t *testing.T) {
	t.Parallel()
	h, all := crowdOfInvited(t, 240)
	for range 3 {
		for _, search := range []string{"", "a", "bert", "box1 c", "ann exam", "nobody", "%"} {
			for _, filter := range invitationFilters {
				for _, sort := range invitationSorts {
					want := []int64{}
					for _, i := range slices.SortedFunc(slices.Values(all), invitationOrder(sort)) {
						if invitationPasses(filter, i, h.Now()) && hasWords(i.User.Email, search) {
							want = append(want, i.User.ID)
						}
					}
					got := h.listOfInvitations(store.UserQuery{Search: search, Filter: filter, Sort: sort})
					if !slices.Equal(got, want) && len(got)+len(want) > 0 {
						t.Fatalf("%q, %q, %q: %d found, %d wanted\n%v\n%v", search, filter, sort, len(got), len(want), got, want)
					}
				}
			}
		}
		h.clock.pass(2 * store.Day)
	}
}

// hasWords says whether every word that is searched for begins one of the
// address.
func hasWords(email, search string) bool {
	words := strings.FieldsFunc(email, func(r rune) bool { return r == '@' || r == '.' })
	for _, term := range strings.Fields(search) {
		if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, term) }) {
			return false
		}
	}
	return true
}

func TestPageOfInvitationsHoldsWhatIsKnownOfThem(t *testing.T) {
	h, all := crowdOfInvited(t, 3)
	page, err := h.Invitations(h.ctx, store.UserQuery{Sort: store.SortNewest})
	h.must(err)
	slices.SortFunc(all, invitationOrder(store.SortNewest))
	if fmt.Sprint(page.Invitations) != fmt.Sprint(all) {
		t.Errorf("the page has\n%v, one by one\n%v", page.Invitations, all)
	}
}

func TestListsKeepTheirOwnFilters(t *testing.T) {
	for _, filter := range invitationFilters[1:] {
		if q := (store.UserQuery{Filter: filter, Sort: store.SortEnds}).Clean(); q.Filter != "" || q.Sort != store.SortName {
			t.Errorf("users are listed by %+v", q)
		}
	}
	if q := (store.UserQuery{List: store.ListInvited, Filter: store.FilterDisabled, Sort: store.SortSeen}).Clean(); q.Filter != "" || q.Sort != store.SortName {
		t.Errorf("invitations are listed by %+v", q)
	}
}
