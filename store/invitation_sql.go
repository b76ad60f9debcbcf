package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// invitationColumns are what there is of an invitation, from invitationRows.
const invitationColumns = listColumns + `, u.created_at, i.greeting, i.life_days, i.expires_at,
	coalesce(i.invited_by, 0), i.inviter, coalesce(i.opened_at, 0), i.opened, i.mail, i.mail_error`

// The invitations with the users that they will make, and the same to be read
// along the index of when they expire, of which SQLite does not think itself.
const (
	invitationRows   = `users u JOIN invitations i ON i.user_id = u.id`
	invitationsByEnd = `invitations i CROSS JOIN users u ON u.id = i.user_id`
)

// invitationScan is one row of invitationColumns. It is made once for many
// rows.
type invitationScan struct {
	*userScan
	invitation            Invitation
	life, expires, opened int64
}

func newInvitationScan() *invitationScan {
	s := &invitationScan{userScan: newListScan()}
	i := &s.invitation
	s.into = append(s.into, &s.at, &i.Greeting, &s.life, &s.expires, &i.InviterID, &i.Inviter, &s.opened, &i.Opened, &i.Mail, &i.MailError)
	return s
}

func (s *invitationScan) read(row scanner) (Invitation, error) {
	u, err := s.userScan.read(row)
	if err != nil {
		return Invitation{}, err
	}
	i := s.invitation
	i.User, i.Life = u, time.Duration(s.life)*Day
	i.ExpiresAt, i.OpenedAt = fromMillis(s.expires), fromMillis(s.opened)
	return i, nil
}

// Invitation is the pending invitation with this id, or ErrNotFound, also for
// one that has been accepted.
func (s *Store) Invitation(ctx context.Context, id int64) (Invitation, error) {
	return readInvitation(ctx, s.reader, id)
}

func readInvitation(ctx context.Context, q querier, id int64) (Invitation, error) {
	row := q.QueryRowContext(ctx, `SELECT `+invitationColumns+` FROM `+invitationRows+` WHERE u.id = ? AND u.kind = 'invited'`, id)
	i, err := newInvitationScan().read(row)
	if errors.Is(err, sql.ErrNoRows) {
		return Invitation{}, fmt.Errorf("invitation %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return Invitation{}, fmt.Errorf("read invitation %d: %w", id, err)
	}
	return i, nil
}
