package views

// SetUpPage is the first page of all: it makes the owner.
type SetUpPage struct {
	ServerName string // as typed
	Code       string
	Name       string
	Email      string
	Password   string
	Problems   Problems
}
