package ui

// Tab is one of the pages that belong together.
type Tab struct {
	Label, Href string
	Count       int // beside the label; 0 is not shown
	Current     bool
}

// noteIcon is the icon of a kind of note.
func noteIcon(kind string) string {
	switch kind {
	case "warn", "bad":
		return "alert"
	case "good":
		return "tick"
	}
	return "info"
}

// ConfirmProps describes the question that is asked before something that cannot be taken back.
type ConfirmProps struct {
	Title  string
	Action string // where the form is sent
	Button string // what the button does, in words: "Delete Elsa"
	Cancel string // the address to go back to
	Danger bool
	Hidden []Hidden
}

// Hidden is a value that the form carries along.
type Hidden struct {
	Name, Value string
}
