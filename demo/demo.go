// Package demo makes up a household, to try Usher out or to try its scale.
package demo

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"usher/store"
)

// MaxPeople is how many people more than the household can be made up: half of
// the names there are.
const MaxPeople = names / 2

// Household is a believable one, with n users more, and guests and invitations
// in proportion; whoever has a password has the one with this hash. The folders of its libraries are made inside the
// data folder, since a library's folders must be there.
func Household(data string, n int, hash string, now time.Time) (store.Household, error) {
	libraries, err := libraries(data)
	if err != nil {
		return store.Household{}, err
	}
	return store.Household{
		Owner: store.NewUser{Name: "Mara Lindqvist", PasswordHash: hash}, ServerName: "Lindqvist home",
		Libraries: libraries,
		Channels: []store.ChannelInput{
			{Name: publicChannel, Address: "https://channels.example/public.m3u"},
			{Name: podcastChannel, Address: "https://podcasts.example/feed.xml"},
		},
		People: withDevices(slices.Concat(family(hash, now), visitors(hash, now), crowd(n, hash, now)), now),
	}, nil
}

func libraries(data string) ([]store.LibraryInput, error) {
	libraries := []store.LibraryInput{
		{Name: "Films", Kind: store.KindFilms},
		{Name: "Series", Kind: store.KindSeries},
		{Name: "Cartoons", Kind: store.KindSeries},
		{Name: "Music", Kind: store.KindMusic},
		{Name: "Family photos", Kind: store.KindPhotos},
	}
	for i, library := range libraries {
		folder, err := mediaFolder(data, library.Name)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, fmt.Errorf("make a folder for %s: %w", library.Name, err)
		}
		libraries[i].Folders = []string{folder}
	}
	return libraries, nil
}

// PIN is four digits.
func PIN() string {
	random := make([]byte, 2)
	rand.Read(random)
	return fmt.Sprintf("%04d", int(binary.BigEndian.Uint16(random))%10_000)
}

// Passphrase is four words of the made-up names, hard enough to guess for a
// household that is made up too: about 80 bits with the letters behind them.
func Passphrase() string {
	words := make([]string, 0, 5)
	for _, list := range [][]string{lastNames[:], firstNames[:]} {
		random := make([]byte, 2)
		rand.Read(random)
		for _, b := range random {
			words = append(words, strings.ToLower(plain.Replace(list[int(b)%len(list)])))
		}
	}
	return strings.Join(append(words, strings.ToLower(rand.Text()[:10])), "-")
}
