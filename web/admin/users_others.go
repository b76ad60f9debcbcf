package admin

import (
	"context"

	"usher/store"
	"usher/views"
)

// firstFew is how many guests or invitations the Users page shows.
const firstFew = 8

// firstGuests are the first guests whom the query of the Users page finds. A
// page that is full of local users says only how many they are, so that it
// stays as small and as quick as it is without guests.
func (h *Handlers) firstGuests(ctx context.Context, local views.PeopleList) (store.UserPage, error) {
	query, full := local.Query, local.Found.Pages > 1
	query.List, query.Page = store.ListGuests, 1
	if query.Clean().Filter != query.Filter {
		return store.UserPage{}, nil // a filter that no guest passes
	}
	all, err := h.Store.CountUsers(ctx, query.List, query.Filter)
	if err != nil || all == 0 {
		return store.UserPage{}, err
	}
	if full && query.Search == "" {
		return store.UserPage{Total: all}, nil
	}
	found, err := h.Store.Users(ctx, query)
	if full {
		found.Users = nil
	}
	found.Users = found.Users[:min(len(found.Users), firstFew)]
	return found, err
}
