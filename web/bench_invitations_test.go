package web_test

import (
	"fmt"
	"testing"
	"time"

	"usher/store"
)

// addInvitations has so many people invited, with all kinds of things happening
// to the invitations.
func (h *benchHouse) addInvitations(b *testing.B, n int) {
	b.Helper()
	people := make([]store.Person, n)
	for i := range people {
		at := h.store.Now().Add(-time.Duration(i) * time.Minute)
		life := store.InvitationLives[i%len(store.InvitationLives)]
		email := fmt.Sprintf("friend%d@box%d.example", i, i%10)
		people[i] = store.Person{NewUser: store.NewUser{Kind: store.KindInvited, Name: email, Email: email}, CreatedAt: at}
		people[i].Invitation = store.Invitation{
			Inviter: "Mara Lindqvist", Life: life, ExpiresAt: at.Add(life),
			Mail: []store.LetterState{"", store.LetterSent, store.LetterSent, store.LetterFailed}[i%4],
		}
	}
	if _, err := h.store.AddHousehold(b.Context(), store.Household{People: people}); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkInvitationsPage measures the list of 10,000 invitations against the
// Users page of 10,000 users in the same rounds: 1 is as fast.
func BenchmarkInvitationsPage(b *testing.B) {
	h := newBenchHouse(b, 10_000)
	h.addInvitations(b, 10_000)
	const users, invitations = "/admin/users", "/admin/invitations"
	paths := map[string]string{
		"users": users, "page1": invitations, "page150": invitations + "?page=150", "search1000": invitations + "?q=box3",
		"failed": invitations + "?filter=failed", "expired": invitations + "?filter=expired", "ends": invitations + "?sort=ends",
	}
	const each = 100
	took := make(map[string]time.Duration)
	for _, path := range paths {
		h.get(b, path, each) // warm
	}
	for b.Loop() {
		for name, path := range paths {
			took[name] += h.get(b, path, each)
		}
	}
	b.ReportMetric(0, "ns/op")
	for name := range paths {
		if name != "users" {
			b.ReportMetric(float64(took[name])/float64(took["users"]), name+"/users")
		}
	}
	b.ReportMetric(float64(len(h.fetch(b, invitations))), "page1-bytes")
}
