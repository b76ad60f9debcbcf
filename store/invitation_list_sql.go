package store

import (
	"context"
	"database/sql"
	"fmt"
)

// invitationFilters are the SQL of the filters of the list of invitations; a ?
// is the time now. Most e-mails are sent, so that walking along the names finds
// a page of them sooner than the index does.
var invitationFilters = map[UserFilter]string{
	FilterEveryone:    "",
	FilterMailWaiting: "i.mail = 'waiting'",
	FilterMailSent:    "+i.mail = 'sent'",
	FilterMailFailed:  "i.mail = 'failed'",
	FilterOpened:      "i.opened_at IS NOT NULL",
	FilterExpiring:    fmt.Sprintf("i.expires_at > ? AND i.expires_at <= ? + %d", expiringWithin.Milliseconds()),
	FilterExpired:     "i.expires_at <= ?",
}

var invitationSorts = map[UserSort]string{
	SortName:   sortTerms[SortName],
	SortNewest: sortTerms[SortNewest],
	SortEnds:   "i.expires_at, i.user_id",
}

// Invitations is a page of the pending invitations, those included that have
// expired. The query's list is always theirs.
func (s *Store) Invitations(ctx context.Context, q UserQuery) (InvitationPage, error) {
	q.List = ListInvited
	invitations, scan := make([]Invitation, 0, PageSize), newInvitationScan()
	page, err := s.readPage(ctx, q.Clean(), invitationColumns, func(row *sql.Rows) error {
		i, err := scan.read(row)
		invitations = append(invitations, i)
		return err
	})
	return InvitationPage{Invitations: invitations, Total: page.Total, Page: page.Page, Pages: page.Pages}, err
}
