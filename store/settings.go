package store

import "time"

// Settings are the server's own settings, which only the owner changes.
type Settings struct {
	ServerName     string
	Address        string // where the server is reached, such as https://home.example; "" when not set
	HomeNetworks   string // as typed: networks with commas or spaces between
	TrustedProxies string
	UserLimit      int // local users besides the owner; 0 for no limit
	SessionIdle    time.Duration
	SessionMax     time.Duration
	ActivityKept   time.Duration
}

// Day is how long the durations in Settings are counted in.
const Day = 24 * time.Hour
