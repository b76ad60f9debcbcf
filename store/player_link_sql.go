package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// MakePlayerLink makes an address of which the token has this SHA-256, for the
// first player that comes, and says until when it works: PlayerLinkLife at the
// most, and never longer than the session. It answers ErrNotFound for what the
// user of the session does not see and for what cannot be played.
func (s *Store) MakePlayerLink(ctx context.Context, session Session, what What, part int, tokenHash []byte) (ends time.Time, err error) {
	if err := s.mustSeeWhat(ctx, session.User.ID, what); err != nil {
		return ends, err
	}
	if _, _, err := s.playable(ctx, session.User.ID, what); err != nil {
		return ends, fmt.Errorf("link to %+v: %w", what, err)
	}
	err = s.change(ctx, func(t *tx) error {
		ends = t.now.Add(PlayerLinkLife)
		if _, err := t.ExecContext(ctx, `DELETE FROM player_links WHERE session_id = ?1 AND (expires_at <= ?2
				OR id NOT IN (SELECT id FROM player_links WHERE session_id = ?1 AND expires_at > ?2 ORDER BY id DESC LIMIT ?3))`,
			session.ID, millis(t.now), maxPlayerLinks-1); err != nil {
			return fmt.Errorf("make room for a link: %w", err)
		}
		_, err := t.ExecContext(ctx, `INSERT INTO player_links (token_hash, session_id, title_id, entry_id, part, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			tokenHash, session.ID, nullID(what.Title), nullID(what.Entry), max(1, part), millis(t.now), millis(ends))
		return err
	})
	if err != nil {
		return ends, fmt.Errorf("make link for a player: %w", err)
	}
	return ends, nil
}

// PlayerLink is the address whose token has this SHA-256. It answers ErrNotFound
// when there is none, when its time is over, and when its session is. Whether its
// user still sees what it leads to is for VisibleTitle and VisibleEntry to say.
func (s *Store) PlayerLink(ctx context.Context, tokenHash []byte) (link PlayerLink, err error) {
	var title, entry, claimed sql.NullInt64
	var ends int64
	var session []byte
	stmt, err := s.statement(ctx, `SELECT l.id, l.title_id, l.entry_id, l.part, l.address, l.user_agent, l.claimed_at, l.expires_at, s.token_hash
		FROM player_links l JOIN sessions s ON s.id = l.session_id WHERE l.token_hash = ? AND l.expires_at > ?`)
	if err != nil {
		return link, err
	}
	err = stmt.QueryRowContext(brief(ctx), tokenHash, millis(s.now())).Scan(&link.ID, &title, &entry, &link.Part, &link.address, &link.userAgent, &claimed, &ends, &session)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return PlayerLink{}, fmt.Errorf("read link of a player: %w", err)
	}
	link.What, link.EndsAt, link.claimed = What{title.Int64, entry.Int64}, fromMillis(ends), claimed.Valid
	if link.Session, err = s.Session(ctx, session); err != nil {
		return PlayerLink{}, err
	}
	link.Session.ViewAs = 0
	return link, nil
}

// ClaimPlayerLink is PlayerLink for the player that comes first, and from then on
// for that player alone: for others it answers ErrNotFound.
func (s *Store) ClaimPlayerLink(ctx context.Context, tokenHash []byte, player Player) (PlayerLink, error) {
	player.UserAgent = clip(player.UserAgent, maxUserAgent)
	link, err := s.PlayerLink(ctx, tokenHash)
	if err != nil || link.is(player) {
		return link, err
	}
	if !link.claimed {
		err := s.change(ctx, func(t *tx) error {
			_, err := t.ExecContext(ctx, `UPDATE player_links SET address = ?, user_agent = ?, claimed_at = ? WHERE id = ? AND claimed_at IS NULL`,
				player.Address, player.UserAgent, millis(t.now), link.ID)
			return err
		})
		if err != nil {
			return PlayerLink{}, fmt.Errorf("claim link of a player: %w", err)
		}
		if link, err = s.PlayerLink(ctx, tokenHash); err != nil {
			return PlayerLink{}, err
		}
	}
	if !link.is(player) {
		return PlayerLink{}, fmt.Errorf("link %d is another player’s: %w", link.ID, ErrNotFound)
	}
	return link, nil
}
