package store

import "strconv"

// Label is what a highest rating is called: the American one for its age, or
// the age alone.
func (a Age) Label() string {
	for _, level := range Levels() {
		if a.Known && level.Age == a.Years {
			return level.Name
		}
	}
	return strconv.Itoa(a.Years)
}

// Level is a step of the highest rating.
type Level struct {
	Age  int
	Name string
}

// Levels are the steps that a form offers.
func Levels() []Level {
	return []Level{{0, "G"}, {6, "6"}, {7, "TV-Y7"}, {10, "PG"}, {12, "12"}, {13, "PG-13"}, {14, "TV-14"}, {16, "16"}, {17, "R"}, {18, "NC-17"}}
}
