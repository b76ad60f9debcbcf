package admin

import (
	"context"

	"usher/store"
	"usher/views"
)

// firstFew is how many guests, invitations and registrations each the Users
// page shows.
const firstFew = 8

// glance is how the Users page looks at another list than that of local users:
// at its first rows, or at no more than how many there are.
type glance struct {
	query store.UserQuery // what the page asks for, of that list
	rows  bool
	total int // known where there are no rows
}

// glanceAt prepares to show others beside the local users on the page. Of a list
// that is empty there is nothing to read. A page that is full of local users
// says only how many others there are, so that it stays as small and as quick
// as it is without them.
func (h *Handlers) glanceAt(ctx context.Context, list store.List, local views.PeopleList) (g glance, err error) {
	asked := local.Query
	asked.List, asked.Page = list, 1
	g.query = asked.Clean()
	if g.query.Filter != asked.Filter {
		return g, nil // the filter is about local users
	}
	all, err := h.Store.CountUsers(ctx, list, g.query.Filter)
	if err != nil || all == 0 {
		return g, err
	}
	if g.rows = local.Found.Pages == 1; !g.rows {
		g.total, err = h.Store.CountFound(ctx, g.query)
	}
	return g, err
}

// firstUsers are the first of those on the list whom the Users page looks for.
func (h *Handlers) firstUsers(ctx context.Context, list store.List, local views.PeopleList) (store.UserPage, error) {
	g, err := h.glanceAt(ctx, list, local)
	if err != nil || !g.rows {
		return store.UserPage{Total: g.total}, err
	}
	found, err := h.Store.Users(ctx, g.query)
	found.Users = found.Users[:min(len(found.Users), firstFew)]
	return found, err
}

// firstInvitations are the first of the invitations that the Users page looks
// for.
func (h *Handlers) firstInvitations(ctx context.Context, local views.PeopleList) (store.InvitationPage, error) {
	g, err := h.glanceAt(ctx, store.ListInvited, local)
	if err != nil || !g.rows {
		return store.InvitationPage{Total: g.total}, err
	}
	found, err := h.Store.Invitations(ctx, g.query)
	found.Invitations = found.Invitations[:min(len(found.Invitations), firstFew)]
	return found, err
}

// firstWaiting are the first of those who wait for approval whom the Users page
// looks for. Whatever is done with them leads back to back.
func (h *Handlers) firstWaiting(ctx context.Context, local views.PeopleList, back string) (views.WaitingList, error) {
	found, err := h.firstUsers(ctx, store.ListWaiting, local)
	if err != nil || found.Total == 0 {
		return views.WaitingList{}, err
	}
	return h.waitingList(ctx, found, local.Now, back)
}
