package mail

import (
	"context"
	"fmt"
	"strings"
)

// renderText is the letter for whoever reads plain text.
func renderText(c content) string {
	var b strings.Builder
	paragraph := func(text string) { b.WriteString(text + "\n\n") }
	for _, text := range c.Paragraphs {
		paragraph(text)
	}
	for _, line := range c.Quote {
		b.WriteString(strings.TrimRight("> "+line, " ") + "\n")
	}
	if len(c.Quote) > 0 {
		b.WriteString("\n")
	}
	for _, f := range c.Facts {
		b.WriteString(f.Label + ": " + f.Value + "\n")
	}
	if len(c.Facts) > 0 {
		b.WriteString("\n")
	}
	if c.Link != "" {
		paragraph(c.Button + ":\n" + c.Link)
	}
	for _, text := range c.Closing {
		paragraph(text)
	}
	b.WriteString("-- \n" + c.Server + "\n")
	return b.String()
}

// renderHTML is the letter in the look of Usher.
func renderHTML(ctx context.Context, c content) (string, error) {
	var b strings.Builder
	if err := letterPage(c).Render(ctx, &b); err != nil { //nolint:contextcheck // the page gets it here
		return "", fmt.Errorf("render letter: %w", err)
	}
	return b.String(), nil
}
