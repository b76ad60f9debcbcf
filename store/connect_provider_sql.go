package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

const providerColumns = `id, name, issuer, client_id, client_secret, fixed`

// Providers are all providers, by name.
func (s *Store) Providers(ctx context.Context) ([]Provider, error) {
	all, err := readEach(ctx, s.reader, scanProvider, `SELECT `+providerColumns+` FROM connect_providers ORDER BY name_key`)
	if err != nil {
		return nil, fmt.Errorf("read providers: %w", err)
	}
	return all, nil
}

func scanProvider(row scanner) (p Provider, err error) {
	err = row.Scan(&p.ID, &p.Name, &p.Issuer, &p.ClientID, &p.ClientSecret, &p.Fixed)
	return p, err
}

// Provider is the provider with this id, or ErrNotFound.
func (s *Store) Provider(ctx context.Context, id int64) (Provider, error) {
	return readProvider(ctx, s.reader, id)
}

func readProvider(ctx context.Context, q querier, id int64) (Provider, error) {
	p, err := scanProvider(q.QueryRowContext(ctx, `SELECT `+providerColumns+` FROM connect_providers WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fmt.Errorf("provider %d: %w", id, ErrNotFound)
	}
	if err != nil {
		return p, fmt.Errorf("read provider %d: %w", id, err)
	}
	return p, nil
}

// LinkedThrough is who signs in through the provider with this issuer, by name,
// and how many they are; limit bounds the names.
func (s *Store) LinkedThrough(ctx context.Context, issuer string, limit int) (names []string, total int, err error) {
	return linkedThrough(ctx, s.reader, issuer, limit)
}

func linkedThrough(ctx context.Context, q querier, issuer string, limit int) (names []string, total int, err error) {
	rows, err := q.QueryContext(ctx, `SELECT u.name, count(*) OVER () FROM connect_links l JOIN users u ON u.id = l.user_id
		WHERE l.issuer = ? ORDER BY u.sort_name LIMIT ?`, issuer, limit)
	if err != nil {
		return nil, 0, fmt.Errorf("read who is linked: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name, &total); err != nil {
			return nil, 0, fmt.Errorf("read who is linked: %w", err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		return nil, 0, fmt.Errorf("read who is linked: %w", err)
	}
	return names, total, nil
}

// AddProvider adds a provider and answers its id. It answers ErrForbidden for
// anyone but the owner, and Invalid with the fields name, issuer, client_id
// and client_secret, together with the problems that were found before, or
// ErrConfirm.
func (s *Store) AddProvider(ctx context.Context, actor Actor, in ProviderInput, found ...Problem) (id int64, err error) {
	err = s.change(ctx, func(t *tx) error {
		actor, err := t.settingsActor(ctx, actor)
		if err != nil {
			return err
		}
		p, err := t.checkProvider(ctx, Provider{}, in, found)
		if err != nil {
			return err
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		if id, err = t.insertProvider(ctx, p); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutProvider(ActionProviderAdded, p))
	})
	return id, err
}

// UpdateProvider changes a provider. It answers as AddProvider, ErrNotFound,
// and ErrForbidden also for one that is fixed.
func (s *Store) UpdateProvider(ctx context.Context, actor Actor, id int64, in ProviderInput, found ...Problem) error {
	return s.change(ctx, func(t *tx) error {
		actor, before, err := t.ownProvider(ctx, actor, id)
		if err != nil {
			return err
		}
		p, err := t.checkProvider(ctx, before, in, found)
		if err != nil || p == before {
			return err
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `UPDATE connect_providers SET name = ?, name_key = ?, issuer = ?, client_id = ?, client_secret = ? WHERE id = ?`,
			p.Name, nameKey(p.Name), p.Issuer, p.ClientID, p.ClientSecret, id)
		if err != nil {
			return fmt.Errorf("change provider %d: %w", id, err)
		}
		return t.record(ctx, actor, aboutProvider(ActionProviderChanged, p))
	})
}

// RemoveProvider takes a provider away. The links through it stay, for the day
// when it is added again: without them its guests would be lost for ever. It
// answers as UpdateProvider.
func (s *Store) RemoveProvider(ctx context.Context, actor Actor, id int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, p, err := t.ownProvider(ctx, actor, id)
		if err != nil {
			return err
		}
		if err := t.confirmed(actor); err != nil {
			return err
		}
		if err := t.deleteProvider(ctx, p); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutProvider(ActionProviderRemoved, p))
	})
}

// deleteProvider also ends the sessions that the provider has vouched for.
func (t *tx) deleteProvider(ctx context.Context, p Provider) error {
	for _, query := range []string{`DELETE FROM sessions WHERE provider_id = ?`, `DELETE FROM connect_providers WHERE id = ?`} {
		if _, err := t.ExecContext(ctx, query, p.ID); err != nil {
			return fmt.Errorf("remove provider %d: %w", p.ID, err)
		}
	}
	return nil
}

// FixProvider makes the provider that was given where Usher was started the
// fixed one, by its issuer, and removes one that was fixed before; nil is none
// given. It answers Invalid with what is wrong with the provider.
func (s *Store) FixProvider(ctx context.Context, given *ProviderInput) error {
	return s.change(ctx, func(t *tx) error {
		before, err := scanProvider(t.QueryRowContext(ctx, `SELECT `+providerColumns+` FROM connect_providers WHERE fixed = 1`))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read fixed provider: %w", err)
		}
		if before.ID != 0 && (given == nil || strings.TrimSpace(given.Issuer) != before.Issuer) {
			if err := t.deleteProvider(ctx, before); err != nil {
				return err
			}
			if err := t.record(ctx, Console(), aboutProvider(ActionProviderRemoved, before)); err != nil {
				return err
			}
		}
		if given == nil {
			return nil
		}
		return t.fixProvider(ctx, *given)
	})
}

func (t *tx) fixProvider(ctx context.Context, given ProviderInput) error {
	before, err := scanProvider(t.QueryRowContext(ctx, `SELECT `+providerColumns+` FROM connect_providers WHERE issuer = ?`, strings.TrimSpace(given.Issuer)))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read provider: %w", err)
	}
	if given.Name == "" {
		if given.Name, err = t.freeProviderName(ctx, before.ID, given.Issuer); err != nil {
			return err
		}
	}
	p, err := t.checkProvider(ctx, before, given, nil)
	if err != nil {
		return err
	}
	p.Fixed, p.ClientSecret = true, given.ClientSecret
	if p == before {
		return nil
	}
	action := ActionProviderChanged
	if before.ID == 0 {
		action = ActionProviderAdded
		if p.ID, err = t.insertProvider(ctx, p); err != nil {
			return err
		}
	}
	_, err = t.ExecContext(ctx, `UPDATE connect_providers SET name = ?, name_key = ?, client_id = ?, client_secret = ?, fixed = 1 WHERE id = ?`,
		p.Name, nameKey(p.Name), p.ClientID, p.ClientSecret, p.ID)
	if err != nil {
		return fmt.Errorf("fix provider: %w", err)
	}
	return t.record(ctx, Console(), aboutProvider(action, p))
}

// freeProviderName is the host of the issuer, with a number where another
// provider is called so already.
func (t *tx) freeProviderName(ctx context.Context, self int64, issuer string) (string, error) {
	name := "Connect"
	if u, err := url.Parse(strings.TrimSpace(issuer)); err == nil {
		name = ClaimedName(u.Hostname(), name)
	}
	return freeName(name, func(name string) (taken bool, err error) {
		err = t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM connect_providers WHERE name_key = ? AND id <> ?)`, nameKey(name), self).Scan(&taken)
		return taken, err
	})
}

// ownProvider is the provider that the actor may change.
func (t *tx) ownProvider(ctx context.Context, actor Actor, id int64) (Actor, Provider, error) {
	actor, err := t.settingsActor(ctx, actor)
	if err != nil {
		return actor, Provider{}, err
	}
	p, err := readProvider(ctx, t, id)
	if err == nil && p.Fixed {
		err = fmt.Errorf("change provider %d, which is fixed: %w", id, ErrForbidden)
	}
	return actor, p, err
}

func (t *tx) insertProvider(ctx context.Context, p Provider) (id int64, err error) {
	result, err := t.ExecContext(ctx, `INSERT INTO connect_providers (name, name_key, issuer, client_id, client_secret, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
		p.Name, nameKey(p.Name), p.Issuer, p.ClientID, p.ClientSecret, millis(t.now))
	if err != nil {
		return 0, fmt.Errorf("add provider: %w", err)
	}
	return result.LastInsertId()
}
