package main

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"usher/internal/letterbox"
)

// mailbox is a mail server that everyone's e-mail comes to.
type mailbox struct {
	*journey
	box *letterbox.Box
}

func (j *journey) mailbox() *mailbox {
	j.Helper()
	box, err := letterbox.Open(letterbox.Options{})
	j.must(err)
	j.Cleanup(box.Close)
	return &mailbox{j, box}
}

// serves is a preparation: the house sends its e-mail through this server.
func (m *mailbox) serves(p *preparation) { p.args = append(p.args, "--smtp-url", m.box.URL()) }

// letter waits for the letter with this subject to an address.
func (m *mailbox) letter(to, subject string) letterbox.Letter {
	m.Helper()
	for count := 1; ; count++ {
		letters, err := m.wait(count)
		for _, l := range letters {
			if slices.Contains(l.To, to) && l.Subject == subject {
				return l
			}
		}
		if err != nil {
			m.Fatalf("no letter %q to %s comes, but %d others: %v", subject, to, len(letters), err)
		}
		count = max(count, len(letters))
	}
}

func (m *mailbox) wait(count int) ([]letterbox.Letter, error) {
	ctx, cancel := context.WithTimeout(m.Context(), patience)
	defer cancel()
	return m.box.Wait(ctx, count)
}

var anyLink = regexp.MustCompile(`http://\S+`)

// openLetter opens the link of a letter, and arrives where that leads.
func (b *tab) openLetter(l letterbox.Letter, pattern string) {
	b.Helper()
	path, ours := strings.CutPrefix(anyLink.FindString(l.Text), b.house.address)
	if !ours || !strings.Contains(l.HTML, path) {
		b.give("the letter does not lead to %s:\n%s", b.house.address, l.Text)
	}
	b.wander(path, pattern)
}
