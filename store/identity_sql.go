package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// checkIdentity cleans name and e-mail and finds who else has them. A name
// may not be another user's e-mail either: both are for signing in.
func (t *tx) checkIdentity(ctx context.Context, self int64, name, email string) (cleanName, cleanEmail string, problems Invalid, err error) {
	return t.identity(ctx, self, name, email, Holder.nameTaken, Holder.emailTaken)
}

// checkOwnIdentity is checkIdentity for those who come from outside and choose
// for themselves: they are not told who it is that has a name or an e-mail.
func (t *tx) checkOwnIdentity(ctx context.Context, self int64, name, email string) (cleanName, cleanEmail string, problems Invalid, err error) {
	return t.identity(ctx, self, name, email,
		func(Holder) string { return "Somebody here has this name already. Choose another." },
		func(Holder) string {
			return "Somebody here has this e-mail address already. Use another, or leave it empty."
		})
}

func (t *tx) identity(ctx context.Context, self int64, name, email string, nameTaken, emailTaken func(Holder) string) (cleanName, cleanEmail string, problems Invalid, err error) {
	cleanName, message := CleanName(name)
	problems.Add("name", message)
	if message == "" {
		other, err := t.identityTaken(ctx, self, cleanName)
		if err != nil {
			return "", "", problems, err
		}
		if other.ID != 0 {
			problems.Add("name", nameTaken(other))
		}
	}
	cleanEmail, message = CleanEmail(email)
	problems.Add("email", message)
	if message == "" && cleanEmail != "" {
		other, err := t.identityTaken(ctx, self, cleanEmail)
		if err != nil {
			return "", "", problems, err
		}
		if other.ID != 0 {
			problems.Add("email", emailTaken(other))
		}
	}
	return cleanName, cleanEmail, problems, nil
}

// nameTaken says that the holder has the name; "" for nobody.
func (h Holder) nameTaken() string {
	switch h.Kind {
	case KindLocal, KindGuestAccount:
		return "There is already a user called " + h.Name + "."
	case KindGuest:
		return "There is already a guest called " + h.Name + "."
	case KindInvited:
		return "There is an invitation for " + h.Name + " already."
	case KindWaiting:
		return h.Name + " has registered and waits for approval."
	}
	return ""
}

// emailTaken says that the holder has the e-mail; "" for nobody.
func (h Holder) emailTaken() string {
	switch h.Kind {
	case KindInvited:
		return "This e-mail address is invited already."
	case KindWaiting:
		return h.Name + " has registered with this e-mail address and waits for approval."
	case KindLocal, KindGuestAccount, KindGuest:
		return h.Name + " has this e-mail address already."
	}
	return ""
}

// identityTaken is the other user who signs in with text, or will.
func (t *tx) identityTaken(ctx context.Context, self int64, text string) (other Holder, err error) {
	key := nameKey(text)
	err = t.QueryRowContext(ctx, `SELECT id, name, kind FROM users WHERE (name_key = ? OR email_key = ?) AND id <> ? LIMIT 1`, key, key, self).
		Scan(&other.ID, &other.Name, &other.Kind)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Holder{}, fmt.Errorf("look for %q: %w", key, err)
	}
	return other, nil
}
