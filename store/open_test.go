package store_test

import (
	"context"
	"testing"

	"usher/store"
)

func TestOpenFresh(t *testing.T) {
	s, err := store.Open(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	u, err := s.MakeOwner(context.Background(), "Mara", "$x")
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Users(context.Background(), store.UserQuery{Search: "mar"})
	if err != nil || p.Total != 1 || p.Users[0].ID != u.ID {
		t.Fatalf("%+v %v", p, err)
	}
}
