// Package auth answers who is asking: passwords, sessions, the home network,
// and how often somebody may try. It speaks plain net/http and knows nothing
// of the pages drawn on top of it.
package auth
