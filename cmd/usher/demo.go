package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"usher/auth"
	"usher/store"
)

type demoCommand struct {
	dataFlag
	Users int `help:"Add this many made-up people more." default:"0" placeholder:"N"`
}

// maxDemoUsers is as many different names as there are to make up.
const maxDemoUsers = len(firstNames) * len(lastNames) * (1 + len(middleLetters))

// Run adds a household with libraries and channels, and more people as asked.
// Where there is no owner yet it makes one and prints the password, which it
// has made up as well.
func (cmd *demoCommand) Run(ctx context.Context, io streams) (err error) {
	if cmd.Users < 0 || cmd.Users > maxDemoUsers/2 {
		return fmt.Errorf("--users takes a number up to %d", maxDemoUsers/2)
	}
	st, err := store.Open(ctx, cmd.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	password := passphrase()
	hash, err := auth.NewHasher().Hash(ctx, password)
	if err != nil {
		return err
	}
	owner, madeOwner, err := demoOwner(ctx, st, hash)
	if err != nil {
		return err
	}
	household, err := cmd.household(hash, st.Now())
	if err != nil {
		return err
	}
	added, err := st.AddHousehold(ctx, household)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "Added %d people, with libraries and channels.\n", added)
	if madeOwner {
		fmt.Fprintf(io.out, "The owner is %s.\n", owner.Name)
	}
	if added > 0 || madeOwner {
		fmt.Fprintf(io.out, "The password of everyone who was added and has one: %s\n", password)
	}
	return nil
}

// demoOwner makes the owner of a server that has none, and names the server
// after the family.
func demoOwner(ctx context.Context, st *store.Store, hash string) (owner store.User, made bool, err error) {
	owner, err = st.MakeOwner(ctx, "Mara Lindqvist", hash)
	if errors.Is(err, store.ErrSetUp) {
		return store.User{}, false, nil
	}
	if err != nil {
		return store.User{}, false, err
	}
	settings, err := st.Settings(ctx)
	if err != nil {
		return owner, true, err
	}
	settings.ServerName = "Lindqvist home"
	return owner, true, st.SaveSettings(ctx, store.Console(), settings)
}

// household is a believable one, and cmd.Users people more.
func (cmd *demoCommand) household(hash string, now time.Time) (store.Household, error) {
	libraries, err := cmd.libraries()
	if err != nil {
		return store.Household{}, err
	}
	return store.Household{
		Libraries: libraries,
		Channels: []store.ChannelInput{
			{Name: "Public broadcasters", Address: "https://channels.example/public.m3u"},
			{Name: "Podcasts", Address: "https://podcasts.example/feed.xml"},
		},
		People: append(family(hash, now), crowd(cmd.Users, hash, now)...),
	}, nil
}

// libraries have folders inside the data folder: a library's folders must be
// there.
func (cmd *demoCommand) libraries() ([]store.LibraryInput, error) {
	libraries := []store.LibraryInput{
		{Name: "Films", Kind: store.KindFilms},
		{Name: "Series", Kind: store.KindSeries},
		{Name: "Cartoons", Kind: store.KindSeries},
		{Name: "Music", Kind: store.KindMusic},
		{Name: "Family photos", Kind: store.KindPhotos},
	}
	for i, library := range libraries {
		folder, err := filepath.Abs(filepath.Join(cmd.Data, "demo-media", library.Name))
		if err != nil {
			return nil, fmt.Errorf("folder of %s: %w", library.Name, err)
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, fmt.Errorf("make a folder for %s: %w", library.Name, err)
		}
		libraries[i].Folders = []string{folder}
	}
	return libraries, nil
}

// passphrase is four words of the made-up names, hard enough to guess for a
// household that is made up too: about 80 bits with the letters behind them.
func passphrase() string {
	words := make([]string, 0, 5)
	for _, list := range [][]string{lastNames[:], firstNames[:]} {
		random := make([]byte, 2)
		rand.Read(random) //nolint:errcheck // never fails: the program ends instead
		for _, b := range random {
			words = append(words, strings.ToLower(list[int(b)%len(list)]))
		}
	}
	return strings.Join(append(words, strings.ToLower(rand.Text()[:10])), "-")
}
