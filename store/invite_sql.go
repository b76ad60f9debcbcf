package store

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Invite makes the invitations, all or none, and queues their e-mails unless
// it is given links. It answers Invalid with the fields emails, name, life, ends
// and greeting, together with the problems that were found before, or
// ErrForbidden where Actor.MayInvite says no.
func (s *Store) Invite(ctx context.Context, actor Actor, in NewInvitations, found ...Problem) (made []Invitation, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, err := t.mayInvite(ctx, actor)
		if err != nil {
			return err
		}
		var problems Invalid
		people, err := t.checkInvited(ctx, in, &problems)
		if err != nil {
			return err
		}
		in.InvitationTerms = checkTerms(in.InvitationTerms, t.now, time.Time{}, &problems)
		problems.Problems = append(problems.Problems, found...)
		if err := problems.Err(); err != nil {
			return err
		}
		if err := t.checkSending(ctx, in, len(people)); err != nil {
			return err
		}
		t.keepStatements()
		for n, person := range people {
			var link []byte
			if in.Links != nil {
				link = in.Links[n]
			}
			i, err := t.invite(ctx, actor, person, in, link)
			if err != nil {
				return fmt.Errorf("invite %q: %w", person.Name, err)
			}
			made = append(made, i)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// mayInvite is the actor, who must be allowed to invite.
func (t *tx) mayInvite(ctx context.Context, actor Actor) (Actor, error) {
	actor, err := t.actor(ctx, actor)
	if err == nil && !actor.MayInvite() {
		err = fmt.Errorf("actor %d invites: %w", actor.ID, ErrForbidden)
	}
	return actor, err
}

// checkSending refuses e-mails without a mail server, which may have gone while
// the form was open, and links that are not one for each.
func (t *tx) checkSending(ctx context.Context, in NewInvitations, people int) error {
	if in.Links != nil {
		if len(in.Links) != people {
			return fmt.Errorf("invite %d people with %d links", people, len(in.Links))
		}
		return nil
	}
	return t.checkMailServer(ctx)
}

func (t *tx) checkMailServer(ctx context.Context) error {
	settings, err := t.settings(ctx)
	if err == nil && !settings.SendsMail() {
		return Refuse(noMailServer)
	}
	return err
}

// checkInvited are those to invite, as they will stand in the list.
func (t *tx) checkInvited(ctx context.Context, in NewInvitations, problems *Invalid) ([]NewUser, error) {
	if in.Emails == nil {
		return t.checkInvitedName(ctx, in.Name, problems)
	}
	if len(in.Emails) > MaxInvited {
		problems.Add("emails", fmt.Sprintf("There are %d addresses. Invite at most %d at once.", len(in.Emails), MaxInvited))
		return nil, nil
	}
	people := make([]NewUser, 0, len(in.Emails))
	var keys, doubles []string
	for _, email := range in.Emails {
		clean, message := CleanEmail(email)
		key := nameKey(clean)
		switch {
		case message != "":
			problems.Add("emails", Quote(clean)+": "+message)
		case clean == "" || slices.Contains(doubles, key):
		case slices.Contains(keys, key):
			problems.Add("emails", Quote(clean)+" stands in the list more than once.")
			doubles = append(doubles, key)
		default:
			other, err := t.identityTaken(ctx, 0, clean)
			if err != nil {
				return nil, err
			}
			if other.ID != 0 {
				problems.Problems = append(problems.Problems, Problem{Field: "emails", Message: Quote(clean) + ": " + other.emailTaken(), Holder: other})
			}
			keys = append(keys, key)
			people = append(people, NewUser{Name: clean, Email: clean})
		}
	}
	if len(people) == 0 && len(problems.Problems) == 0 {
		problems.Add("emails", "Type at least one e-mail address.")
	}
	return people, nil
}

func (t *tx) checkInvitedName(ctx context.Context, name string, problems *Invalid) ([]NewUser, error) {
	clean, message := CleanName(name)
	if message != "" {
		problems.Add("name", message)
		return nil, nil
	}
	other, err := t.identityTaken(ctx, 0, clean)
	if err == nil && other.ID != 0 {
		problems.Problems = append(problems.Problems, Problem{Field: "name", Message: other.nameTaken(), Holder: other})
	}
	return []NewUser{{Name: clean}}, err
}

// invite makes one invitation, with the link that the actor is shown, or with
// an e-mail.
func (t *tx) invite(ctx context.Context, actor Actor, person NewUser, in NewInvitations, link []byte) (Invitation, error) {
	person.Kind, person.Access, person.Limits = KindInvited, in.Access, in.Limits
	id, err := t.writeUser(ctx, person, RoleUser)
	if err != nil {
		return Invitation{}, err
	}
	_, err = t.ExecContext(ctx, `INSERT INTO invitations (user_id, greeting, life_days, expires_at, invited_by, inviter) VALUES (?, ?, ?, ?, ?, ?)`,
		id, in.Greeting, int64(in.Life/Day), millis(earlier(t.now.Add(in.Life), in.EndsAt)), nullID(actor.ID), actor.Name)
	if err != nil {
		return Invitation{}, fmt.Errorf("insert invitation: %w", err)
	}
	how := "by e-mail"
	if link != nil {
		how = "by link"
		err = t.showLink(ctx, actor, id, link)
	} else {
		err = t.enqueue(ctx, actor, letter{kind: LetterInvitation, userID: id, baseURL: in.BaseURL})
	}
	if err != nil {
		return Invitation{}, err
	}
	i, err := readInvitation(ctx, t, id)
	if err != nil {
		return Invitation{}, err
	}
	return i, t.record(ctx, actor, aboutInvitation(ActionInvited, i, how+", for "+lifeInDays(in.Life)))
}

// earlier is when an invitation expires: with its life, or with the access that
// it offers where that ends before.
func earlier(life, ends time.Time) time.Time {
	if !ends.IsZero() && ends.Before(life) {
		return ends
	}
	return life
}

// showLink makes a link that the actor is shown.
func (t *tx) showLink(ctx context.Context, actor Actor, id int64, link []byte) error {
	_, err := t.ExecContext(ctx, `INSERT INTO invitation_links (token_hash, user_id, shown_to, created_at) VALUES (?, ?, ?, ?)`,
		link, id, nullID(actor.ID), millis(t.now))
	if err != nil {
		return fmt.Errorf("make link of invitation %d: %w", id, err)
	}
	return nil
}
