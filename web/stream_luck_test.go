package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"usher/auth"
	"usher/store"
)

// What happens to a file while it plays. Enough of it must be left on the disk
// when it does that no buffer on the way holds the rest.
func TestFilesThatChangeWhileTheyPlay(t *testing.T) {
	const size, begun = 48 << 20, 1 << 20
	film := noise(size)
	for _, test := range []struct {
		name   string
		change func(path string) error
		whole  bool
	}{
		{"shrinks", func(path string) error { return os.Truncate(path, 2<<20) }, false},
		{"vanishes", os.Remove, true},
		{"grows", func(path string) error {
			file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = file.Write(film[:begun])
			return errors.Join(err, file.Close())
		}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			th := newTheatre(t)
			title := th.film("Alien", film)
			b := th.signedIn("Mara", atHome)
			flow := th.begins(b, title)
			th.must(test.change(filepath.Join(th.folder, "Alien", "Alien 1.mp4")))
			rest, err := io.ReadAll(flow.Body)
			if whole := err == nil; whole != test.whole {
				t.Fatalf("it ends with %v", err)
			}
			if begun+len(rest) > size || !bytes.Equal(rest, film[begun:begun+len(rest)]) {
				t.Errorf("%d bytes came, others than those of the film", len(rest))
			}
			if test.name == "vanishes" {
				b.get(streamAddress(title)).want(http.StatusNotFound)
				return
			}
			again := th.ask(b, http.MethodGet, streamAddress(title), "Range", "bytes=100-", "If-Range", flow.Header.Get("ETag"))
			if again.StatusCode != http.StatusOK {
				t.Errorf("the rest of what is another file by now: %d", again.StatusCode)
			}
		})
	}
}

// TestAThousandSlowClients has a thousand clients read one byte of a film each,
// and no more: they cost little, keep nobody else waiting, and leave nothing
// behind.
func TestAThousandSlowClients(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand connections take a while")
	}
	th := newTheatre(t)
	alien, heat := th.long("Alien"), th.film("Heat", noise(3<<20))
	before, goroutines := heapInUse(), runtime.NumGoroutine()
	var flows []*http.Response
	var user store.User
	fresh := func() *browser {
		b := th.browser(atHome)
		token, err := newSession(t.Context(), th.store, user)
		th.must(err)
		b.header.Set("Cookie", "usher_session="+token)
		return b
	}
	refused := func(b *browser, what string) {
		answer := th.ask(b, http.MethodGet, streamAddress(alien))
		if answer.StatusCode != http.StatusTooManyRequests {
			t.Fatalf("%s: %d", what, answer.StatusCode)
		}
		th.all(answer)
	}
	for len(flows) < 1000 {
		if len(flows)%128 == 0 {
			if len(flows) > 0 {
				refused(fresh(), "another answer to a user who has many")
			}
			user = th.add(fmt.Sprintf("Viewer %d", len(flows)/128), goodPassword)
		}
		b := fresh()
		for range 8 {
			flow := th.ask(b, http.MethodGet, streamAddress(alien))
			if flow.StatusCode != http.StatusOK {
				t.Fatalf("client %d: %d", len(flows), flow.StatusCode)
			}
			if _, err := io.ReadFull(flow.Body, make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
			flows = append(flows, flow)
		}
		refused(b, "a ninth answer to one session")
	}
	// Both ends of each connection are counted, with their buffers.
	if each := (heapInUse() - before) / int64(len(flows)); each > 256<<10 {
		t.Errorf("each of them takes %d bytes", each)
	}
	if answer := th.ask(th.signedIn("Mara", atHome), http.MethodGet, streamAddress(heat)); len(th.all(answer)) != 3<<20 {
		t.Error("another viewer does not get a film")
	}
	for _, flow := range flows {
		_ = flow.Body.Close()
	}
	th.untilFree(user.ID)
	th.server.Client().CloseIdleConnections()
	for range 1000 {
		if runtime.NumGoroutine() <= goroutines+20 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left of %d", runtime.NumGoroutine(), goroutines)
}

// heapInUse is how much memory is used after what nobody needs was given back.
func heapInUse() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapInuse + stats.StackInuse)
}

// newSession is the token of a new session of a user, whose password nobody asks
// for.
func newSession(ctx context.Context, st *store.Store, user store.User) (string, error) {
	token, hash := auth.NewToken()
	known, err := st.CredentialsByID(ctx, user.ID)
	if err != nil {
		return "", err
	}
	in := store.NewSession{TokenHash: hash, UserID: user.ID, Strength: store.StrengthPassword, AtHome: true}
	_, err = st.SignIn(ctx, in, store.NewDoor(user.Name, ""), known, "", 0)
	return token, err
}
