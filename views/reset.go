package views

// ResetPage sets a password with a one-time link.
type ResetPage struct {
	ServerName string
	Action     string // the address of the link itself
	Name       string // whose password it is
	Email      string
	HasOne     bool   // whether there is a password already
	Password   string // as typed
	Problems   Problems
}

func (p ResetPage) title() string {
	if p.HasOne {
		return "Set a new password"
	}
	return "Set your password"
}
