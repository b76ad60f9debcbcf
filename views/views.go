// Package views has one typed page for each screen. A page gets a model with
// everything it shows; it asks nothing of the database.
package views

import (
	"strings"

	"usher/store"
	"usher/views/ui"
)

// Problems are what is wrong with a form that comes back.
type Problems []store.Problem

// At is what is wrong at a field, or "".
func (p Problems) At(field string) string {
	var messages []string
	for _, problem := range p {
		if problem.Field == field {
			messages = append(messages, problem.Message)
		}
	}
	return strings.Join(messages, " ")
}

// Summary is what stands at the head of the form.
func (p Problems) Summary() []ui.Problem {
	summary := make([]ui.Problem, len(p))
	for i, problem := range p {
		summary[i] = ui.Problem{Field: problem.Field, Text: problem.Message}
	}
	return summary
}

// orNone is a text, or a word for there being none.
func orNone(s string) string {
	if s == "" {
		return "None"
	}
	return s
}
