package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Icon draws an icon of the sprite static/icons.svg in the colour of the text around it. Readers of the screen skip it,
// so the words beside it must say the same. The name is a constant of the program and is not escaped.
func Icon(name string) templ.Component {
	return icon(name)
}

type icon string

// Render is written by hand, as is Face's: a list draws these by the hundred, and templ's class expressions build a set
// for each.
func (i icon) Render(_ context.Context, w io.Writer) error {
	if _, err := io.WriteString(w, `<i class="i `); err != nil {
		return err
	}
	if _, err := io.WriteString(w, string(i)); err != nil {
		return err
	}
	_, err := io.WriteString(w, `"></i>`)
	return err
}
