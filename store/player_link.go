package store

import "time"

const (
	// PlayerLinkLife is how long the address of a player works: an evening.
	PlayerLinkLife = 6 * time.Hour
	// maxPlayerLinks is how many of them a session may have at once. Another one
	// takes the place of the oldest.
	maxPlayerLinks = 20
)

// PlayerLink is an address under which a player, which knows no cookies, plays
// one thing for whoever has made it. It is worth no more than their session.
type PlayerLink struct {
	ID      int64
	What    What
	Part    int // of a title in several files: the one that was asked for, from 1
	EndsAt  time.Time
	Session Session // that made it, as it is now; never viewing as somebody else

	address, userAgent string // of the player that has come first
	claimed            bool
}

// Player is what plays under such an address.
type Player struct {
	Address   string
	UserAgent string
}

// maxUserAgent is how much of a User-Agent is kept, in bytes.
const maxUserAgent = 500

// is says whether the link has been claimed by this player.
func (l PlayerLink) is(player Player) bool {
	return l.claimed && l.address == player.Address && l.userAgent == player.UserAgent
}
