package main

import (
	"context"
	"sync"

	"usher/auth"
	"usher/internal/blankdata"
	"usher/store"
)

const goodPassword = "plum kettle orbit fence"

// empty serves from an empty data folder.
func (j *journey) empty() *program {
	j.Helper()
	return serveIn(j.T, j.TempDir())
}

// household serves a house with the owner Mara, whose password is goodPassword,
// and with what the owner adds before it opens.
func (j *journey) household(prepare ...func(*preparation)) *program {
	j.Helper()
	data := blankdata.Folder(j)
	st, err := store.Open(j.Context(), data)
	j.must(err)
	_, err = st.MakeOwner(j.Context(), "Mara", goodHash(j))
	j.must(err)
	p := &preparation{journey: j, store: st}
	for _, add := range prepare {
		add(p)
	}
	j.must(st.Close())
	return serveIn(j.T, data, p.args...)
}

// goodHash is goodPassword as the database keeps it.
func goodHash(j *journey) string {
	j.Helper()
	hash, err := hashOnce()
	j.must(err)
	return hash
}

var hashOnce = sync.OnceValues(func() (string, error) {
	return auth.NewHasher().Hash(context.Background(), goodPassword)
})

// preparation adds to a house before it is opened.
type preparation struct {
	*journey
	store *store.Store
	args  []string // of usher serve
}

// people is a preparation that adds them.
func people(people ...store.Person) func(*preparation) {
	return func(p *preparation) {
		p.Helper()
		_, err := p.store.AddHousehold(p.Context(), store.Household{People: people})
		p.must(err)
	}
}

// named is somebody without a password who may watch everything.
func named(name string) store.Person {
	return store.Person{NewUser: store.NewUser{Name: name, Access: store.FullAccess()}}
}

func (j *journey) must(err error) {
	j.Helper()
	if err != nil {
		j.Fatal(err)
	}
}
