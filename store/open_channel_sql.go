package store

import (
	"context"
	"fmt"
)

// OpenChannels are the channels that a user may use, in their order.
func (s *Store) OpenChannels(ctx context.Context, viewer int64) ([]Channel, error) {
	channels, err := readEach(brief(ctx), prepared{s}, scanChannel, `SELECT c.id, c.name, c.address, c.created_at FROM channels c JOIN users u ON u.id = ?
		WHERE `+opensChannel+` ORDER BY c.position, c.id`, viewer)
	if err != nil {
		return nil, fmt.Errorf("read channels of user %d: %w", viewer, err)
	}
	return channels, nil
}
