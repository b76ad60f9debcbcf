package main

import (
	"strings"
	"testing"
)

func TestMailServerGiven(t *testing.T) {
	_, err := usher(t, "", "serve", "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--smtp-url", "smtps://mara:opensesame@mail.example:465")
	wantRefusal(t, err, "--smtp-url (USHER_SMTP_URL)", "which address the e-mails come from")
	if strings.Contains(explain(err), "opensesame") {
		t.Errorf("the password is told: %v", err)
	}
}
