package main

import (
	"context"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"usher/auth"
	"usher/store"
)

const goodPassword = "plum kettle orbit fence"

// patience is how long a journey waits for what ought to happen at once. It only
// shows when something is broken.
const patience = 30 * time.Second

// house is a running Usher.
type house struct {
	address string
	setUp   string // the path of the set-up link, while there is no owner
}

var (
	addressLine = regexp.MustCompile(`Usher is at (http://\S+)\n`)
	setUpLine   = regexp.MustCompile(`(/setup\?code=\S+)\n`)
)

// empty serves from an empty data folder.
func (j *journey) empty() *house {
	j.Helper()
	return j.serve(j.TempDir(), setUpLine)
}

// household serves a house with the owner Mara, whose password is goodPassword,
// and with what the owner adds before it opens.
func (j *journey) household(prepare ...func(*preparation)) *house {
	j.Helper()
	data := j.TempDir()
	st, err := store.Open(j.Context(), data)
	j.must(err)
	_, err = st.MakeOwner(j.Context(), "Mara", goodHash(j))
	j.must(err)
	for _, add := range prepare {
		add(&preparation{journey: j, store: st})
	}
	j.must(st.Close())
	return j.serve(data, addressLine)
}

// goodHash is goodPassword as the database keeps it.
func goodHash(j *journey) string {
	j.Helper()
	hash, err := auth.NewHasher().Hash(j.Context(), goodPassword)
	j.must(err)
	return hash
}

// preparation adds to a house before it is opened.
type preparation struct {
	*journey
	store *store.Store
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

// serve runs the program until the journey ends. It is open once what it prints
// holds the line.
func (j *journey) serve(data string, line *regexp.Regexp) *house {
	j.Helper()
	ctx, stop := context.WithCancel(context.Background())
	said, ended := &printed{}, make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--data", data}, streams{in: strings.NewReader(""), out: said, err: io.Discard})
	}()
	j.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			j.Errorf("usher serve: %v", err)
		}
	})
	for deadline := time.Now().Add(patience); !line.MatchString(said.String()); time.Sleep(time.Millisecond) {
		select {
		case err := <-ended:
			ended <- nil
			j.Fatalf("usher serve ended: %v\n%s", err, said)
		default:
		}
		if time.Now().After(deadline) {
			j.Fatalf("usher serve does not open:\n%s", said)
		}
	}
	return &house{address: firstGroup(addressLine, said.String()), setUp: firstGroup(setUpLine, said.String())}
}

func firstGroup(pattern *regexp.Regexp, text string) string {
	match := pattern.FindStringSubmatch(text)
	if match == nil {
		return ""
	}
	return match[1]
}

// printed is what a program has written so far.
type printed struct {
	mu   sync.Mutex
	text strings.Builder
}

func (p *printed) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(text)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}
