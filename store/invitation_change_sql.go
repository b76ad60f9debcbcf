package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// changeInvitation is change for those who may invite, with the invitation as
// it is now; it answers ErrNotFound when there is none.
func (s *Store) changeInvitation(ctx context.Context, actor Actor, id int64, fn func(*tx, Actor, Invitation) error) error {
	return s.change(ctx, func(t *tx) error {
		actor, err := t.mayInvite(ctx, actor)
		if err != nil {
			return err
		}
		i, err := readInvitation(ctx, t, id)
		if err != nil {
			return err
		}
		return fn(t, actor, i)
	})
}

// ChangeInvitation changes what an invitation offers. A life of 0 leaves when it
// expires as it is; another one begins now. An e-mail that is not sent yet tells
// of the change; whoever has a link sees it there. It answers Invalid with the
// fields life, ends and greeting, together with the problems that were found
// before, ErrNotFound or ErrForbidden.
func (s *Store) ChangeInvitation(ctx context.Context, actor Actor, id int64, in InvitationTerms, found ...Problem) error {
	return s.changeInvitation(ctx, actor, id, func(t *tx, actor Actor, before Invitation) error {
		anew := in.Life != 0
		if !anew {
			in.Life = before.Life
		}
		var problems Invalid
		in = checkTerms(in, t.now, before.User.EndsAt, &problems)
		problems.Problems = append(problems.Problems, found...)
		if err := problems.Err(); err != nil {
			return err
		}
		expires := earlier(before.ExpiresAt, in.EndsAt)
		if anew {
			expires = earlier(t.now.Add(in.Life), in.EndsAt)
		}
		return t.writeTerms(ctx, actor, before, in, expires)
	})
}

func (t *tx) writeTerms(ctx context.Context, actor Actor, before Invitation, in InvitationTerms, expires time.Time) error {
	var changed []string
	note := func(differs bool, what string) {
		if differs {
			changed = append(changed, what)
		}
	}
	note(!in.Access.Equal(before.User.Access), "access: "+in.Access.summary())
	note(!expires.Equal(before.ExpiresAt), "when it expires")
	limits := before.User.Limits().changes(in.Limits)
	note(limits != "", limits)
	note(in.Greeting != before.Greeting, "greeting")
	if len(changed) == 0 {
		return nil
	}
	id := before.User.ID
	if err := t.setAccess(ctx, id, in.Access); err != nil {
		return err
	}
	if err := t.setLimits(ctx, id, in.Limits); err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, `UPDATE invitations SET greeting = ?, life_days = ?, expires_at = ? WHERE user_id = ?`,
		in.Greeting, int64(in.Life/Day), millis(expires), id)
	if err != nil {
		return fmt.Errorf("change invitation %d: %w", id, err)
	}
	return t.record(ctx, actor, aboutInvitation(ActionInvitationChanged, before, strings.Join(changed, ", ")))
}

// FreshLink makes a link that the actor is shown, and has the invitation live
// its whole life again. The links before it are void, and an e-mail that has
// not left yet is taken back. It answers ErrNotFound, ErrForbidden, or Invalid
// when the access that is offered has ended already.
func (s *Store) FreshLink(ctx context.Context, actor Actor, id int64, link []byte) (i Invitation, err error) {
	err = s.changeInvitation(ctx, actor, id, func(t *tx, actor Actor, before Invitation) error {
		if err := t.renew(ctx, before); err != nil {
			return err
		}
		if err := t.withdraw(ctx, LetterInvitation, id, ""); err != nil {
			return err
		}
		if before.Mail == LetterWaiting {
			if err := t.summarize(ctx, id, "", ""); err != nil {
				return err
			}
		}
		if err := t.showLink(ctx, actor, id, link); err != nil {
			return err
		}
		if i, err = readInvitation(ctx, t, id); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutInvitation(ActionInvitationLink, i, ""))
	})
	return i, err
}

// SendAgain queues the invitation's e-mail once more, and has the invitation
// live its whole life again. The links before it are void. It answers
// ErrNotFound, ErrForbidden, or Invalid when there is no address or no mail
// server, or the access that is offered has ended already.
func (s *Store) SendAgain(ctx context.Context, actor Actor, id int64, baseURL string) error {
	return s.changeInvitation(ctx, actor, id, func(t *tx, actor Actor, i Invitation) error {
		return t.sendAgain(ctx, actor, i, baseURL)
	})
}

func (t *tx) sendAgain(ctx context.Context, actor Actor, i Invitation, baseURL string) error {
	if err := t.checkMailServer(ctx); err != nil {
		return err
	}
	if err := t.renew(ctx, i); err != nil {
		return err
	}
	if err := t.enqueue(ctx, actor, letter{kind: LetterInvitation, userID: i.User.ID, baseURL: baseURL}); err != nil {
		return err
	}
	return t.record(ctx, actor, aboutInvitation(ActionInvitationSent, i, ""))
}

// renew voids the links of an invitation and has its life begin anew.
func (t *tx) renew(ctx context.Context, i Invitation) error {
	if i.User.Expired(t.now) {
		return Refuse("The access that " + i.User.Name + " is offered has ended already. Choose a later end first, or none.")
	}
	if _, err := t.ExecContext(ctx, `DELETE FROM invitation_links WHERE user_id = ?`, i.User.ID); err != nil {
		return fmt.Errorf("void links of invitation %d: %w", i.User.ID, err)
	}
	if _, err := t.ExecContext(ctx, `UPDATE invitations SET expires_at = ? WHERE user_id = ?`, millis(earlier(t.now.Add(i.Life), i.User.EndsAt)), i.User.ID); err != nil {
		return fmt.Errorf("renew invitation %d: %w", i.User.ID, err)
	}
	return nil
}

// RevokeInvitations takes invitations back with their links and e-mails, all
// or none. It answers ErrNotFound, also for one that has been accepted
// meanwhile, ErrForbidden, or Invalid for more than MaxSelected.
func (s *Store) RevokeInvitations(ctx context.Context, actor Actor, ids ...int64) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > MaxSelected {
		return Refuse(fmt.Sprintf("That is more than %d invitations at once. Choose fewer.", MaxSelected))
	}
	return s.change(ctx, func(t *tx) error {
		actor, err := t.mayInvite(ctx, actor)
		if err != nil {
			return err
		}
		for _, id := range ids {
			i, err := readInvitation(ctx, t, id)
			if err != nil {
				return err
			}
			if err := t.deleteUser(ctx, id); err != nil {
				return err
			}
			if err := t.record(ctx, actor, aboutInvitation(ActionInvitationRevoked, i, "")); err != nil {
				return err
			}
		}
		return nil
	})
}

// InvitationsByID are the invitations with these ids, in the order of the ids;
// those that are gone are left out.
func (s *Store) InvitationsByID(ctx context.Context, ids []int64) ([]Invitation, error) {
	return byID(ctx, ids, s.Invitation)
}
