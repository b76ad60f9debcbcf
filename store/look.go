package store

// Look is whether somebody wants pages light or dark.
type Look string

// The looks: as the system has it, light, dark.
const (
	LookSystem Look = ""
	LookLight  Look = "light"
	LookDark   Look = "dark"
)
