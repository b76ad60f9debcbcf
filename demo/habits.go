package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"usher/store"
)

// withHabits is how many people have watched something, the household first:
// what others have watched nobody but themselves could see.
const withHabits = 100

// Habits makes up what people have watched and like, of the titles that there
// are by now, for those of the household that have just been added to st.
func Habits(ctx context.Context, st *store.Store, h store.Household) error {
	random := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // films, not secrets
	people := append([]store.Person{{NewUser: h.Owner}}, h.People[:min(len(h.People), withHabits)]...)
	for _, person := range people {
		known, err := st.Credentials(ctx, person.Name)
		if errors.Is(err, store.ErrNotFound) {
			continue // somebody who is only invited
		}
		if err != nil {
			return fmt.Errorf("find %s: %w", person.Name, err)
		}
		if !justMade(person, known) {
			continue
		}
		if err := habits(ctx, st, known.User, random); err != nil {
			return fmt.Errorf("make up what %s watched: %w", person.Name, err)
		}
	}
	return nil
}

// justMade says whether this is the person rather than somebody who has had the
// name before: each household has a hash of its own.
func justMade(person store.Person, known store.Credentials) bool {
	if person.PasswordHash == "" {
		return known.CreatedAt.UnixMilli() == person.CreatedAt.UnixMilli()
	}
	return known.PasswordHash == person.PasswordHash
}

// habits makes up what one user has watched and likes.
func habits(ctx context.Context, st *store.Store, user store.User, random *rand.Rand) error {
	chosen, err := choose(ctx, st, user.ID, random)
	if err != nil {
		return err
	}
	var past []store.Past
	for i, title := range chosen {
		if i%4 == 0 {
			if err := st.SetFavourite(ctx, store.Actor{ID: user.ID, Name: user.Name}, store.What{Title: title.ID}, true); err != nil {
				return err
			}
		}
		ids, err := inside(ctx, st, user.ID, title)
		if err != nil {
			return err
		}
		for _, id := range ids {
			past = append(past, store.Past{What: store.What{Title: id}, Headway: madeUpHeadway(title.Kind, random)})
		}
	}
	at := st.Now().Add(-3 * time.Hour)
	for i := len(past) - 1; i >= 0; i-- {
		past[i].Headway.SeenAt = at
		at = at.Add(-time.Duration(1+random.IntN(20)) * time.Hour)
	}
	return st.AddHistory(ctx, user.ID, past)
}

// choose are a third of the titles on the first shelves that are open to a user,
// in any order.
func choose(ctx context.Context, st *store.Store, user int64, random *rand.Rand) ([]store.Title, error) {
	libraries, err := st.OpenLibraries(ctx, user)
	if err != nil {
		return nil, err
	}
	var chosen []store.Title
	for _, library := range libraries {
		shelf, err := st.Titles(ctx, store.TitleQuery{Viewer: user, Library: library.ID})
		if err != nil {
			return nil, err
		}
		for _, title := range shelf.Titles {
			if random.IntN(3) == 0 {
				chosen = append(chosen, title)
			}
		}
	}
	random.Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	return chosen, nil
}

// inside is what of a title was watched: of a series or an album about half, of
// a picture nothing.
func inside(ctx context.Context, st *store.Store, user int64, title store.Title) (ids []int64, err error) {
	if !title.Kind.Holds() {
		if title.Kind != store.TitlePicture {
			ids = append(ids, title.ID)
		}
		return ids, nil
	}
	within, err := st.TitlesIn(ctx, user, title.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range within[:(len(within)+1)/2] {
		deeper, err := inside(ctx, st, user, one)
		if err != nil {
			return nil, err
		}
		ids = append(ids, deeper...)
	}
	return ids, nil
}

// madeUpHeadway is how far somebody has come: mostly to the end.
func madeUpHeadway(kind store.TitleKind, random *rand.Rand) store.Headway {
	length := time.Duration(80+random.IntN(60)) * time.Minute
	if kind == store.TitleAlbum || random.IntN(4) > 0 {
		return store.Headway{Watched: true}
	}
	return store.Headway{Position: length * time.Duration(10+random.IntN(80)) / 100, Length: length}
}
