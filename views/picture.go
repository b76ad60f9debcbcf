package views

import "usher/store"

// Around is what is around a picture on the wall, and how it can be seen.
type Around struct {
	Previous, Next store.Title // the zero Title for none
	Original       bool        // the viewer may have the file itself, and a browser shows it
	Moves          bool        // it is to be seen as the file has it: small ones of it stand still
}

// preload is where the image of a neighbour is, so that the browser has it
// before it is asked for; "" for none.
func preload(t store.Title) string {
	if t.ID == 0 || t.Poster == "" {
		return ""
	}
	return pictureAddress(t)
}

// keys are what the keys do on the page of a picture.
func (Around) keys() []key {
	return []key{{"←", "the picture before"}, {"→", "the picture after"}, {"F", "full screen"}, {"Esc", "back to the wall"}, {"?", "this list"}}
}
