package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// checkProvider is before with the input in it; the zero Provider is a new one.
func (t *tx) checkProvider(ctx context.Context, before Provider, in ProviderInput, found []Problem) (Provider, error) {
	var bad Invalid
	var message string
	p := before
	p.Name, message = CleanName(in.Name)
	bad.Add("name", message)
	p.Issuer, message = CleanIssuer(in.Issuer)
	bad.Add("issuer", message)
	bad.Problems = append(bad.Problems, found...)
	if p.ClientID, message = cleanClient(in.ClientID); p.ClientID == "" {
		message = "Type the client ID that this server has at the provider."
	}
	bad.Add("client_id", message)
	if in.ClientSecret != "" {
		p.ClientSecret, message = cleanClient(in.ClientSecret)
		bad.Add("client_secret", message)
	} else if p.ClientSecret != "" && p.Issuer != before.Issuer {
		// Another address could otherwise be named to get hold of it.
		bad.Add("client_secret", "Type the secret once more, since it was saved for another address.")
	}
	if err := t.checkProviderTaken(ctx, p, &bad); err != nil {
		return p, err
	}
	if before.ID != 0 && p.Issuer != before.Issuer {
		_, linked, err := linkedThrough(ctx, t, before.Issuer, 1)
		if err != nil {
			return p, err
		}
		if linked > 0 {
			bad.Add("issuer", "People sign in through "+before.Issuer+". Add another provider for the new address instead.")
		}
	}
	return p, bad.Err()
}

// checkProviderTaken notes that another provider has the name or the address.
func (t *tx) checkProviderTaken(ctx context.Context, p Provider, bad *Invalid) error {
	for _, unique := range []struct{ field, query, value string }{
		{"name", `SELECT name FROM connect_providers WHERE name_key = ? AND id <> ?`, nameKey(p.Name)},
		{"issuer", `SELECT name FROM connect_providers WHERE issuer = ? AND id <> ?`, p.Issuer},
	} {
		var other string
		err := t.QueryRowContext(ctx, unique.query, unique.value, p.ID).Scan(&other)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return fmt.Errorf("look for provider: %w", err)
		case unique.field == "name":
			bad.Add("name", "There is already a provider called "+other+".")
		default:
			bad.Add("issuer", "The provider "+other+" has this address already.")
		}
	}
	return nil
}

// cleanClient is a client ID or secret as it is stored.
func cleanClient(text string) (clean, message string) {
	clean = strings.TrimSpace(text)
	if len(clean) > maxClient || strings.ContainsFunc(clean, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return clean, "Copy this from the provider: it has up to 500 letters, numbers and signs on one line."
	}
	return clean, ""
}

// aboutProvider is an entry about a provider.
func aboutProvider(action Action, p Provider) Entry {
	return Entry{Action: action, SubjectKind: SubjectServer, SubjectID: p.ID, SubjectName: p.Name}
}
