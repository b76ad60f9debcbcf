package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"usher/auth"
	"usher/demo"
	"usher/media/scan"
	"usher/store"
	"usher/views/ui"
)

type demoCommand struct {
	dataFlag
	Users int `help:"Add this many made-up users more, and guests and invitations in proportion." default:"0" placeholder:"N"`
}

// Run adds a household with libraries and channels, and more people as asked.
// Where there is no owner yet it makes one and prints the password, which it
// has made up as well.
func (cmd *demoCommand) Run(ctx context.Context, io streams) (err error) {
	if cmd.Users < 0 || cmd.Users > demo.MaxPeople {
		return fmt.Errorf("--users takes a number up to %d", demo.MaxPeople)
	}
	st, err := store.Open(ctx, cmd.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	password := demo.Passphrase()
	hash, err := auth.NewHasher().Hash(ctx, password)
	if err != nil {
		return err
	}
	household, err := demo.Household(cmd.Data, cmd.Users, hash, st.Now())
	if err != nil {
		return err
	}
	withoutOwner, err := st.NeedsSetUp(ctx)
	if err != nil {
		return err
	}
	if err := demo.Media(cmd.Data, st.Now()); err != nil {
		return err
	}
	pin := demo.PIN()
	var withPIN []string
	if err := cmd.givePIN(ctx, st, household.People, pin, &withPIN); err != nil {
		return err
	}
	added, err := st.AddHousehold(ctx, household)
	if err != nil {
		return err
	}
	if err := cmd.watch(ctx, st, household); err != nil {
		return err
	}
	fmt.Fprintf(io.out, "Added %s, %s and %s, with libraries and channels.\n", ui.CountOf(added[store.ListLocal], "user", "users"),
		ui.CountOf(added[store.ListGuests], "guest", "guests"), ui.CountOf(added[store.ListInvited], "invitation", "invitations"))
	if withoutOwner {
		fmt.Fprintf(io.out, "The owner is %s.\n", household.Owner.Name)
	}
	if len(added) > 0 || withoutOwner {
		fmt.Fprintf(io.out, "The password of everyone who was added and has one: %s\n", password)
	}
	if len(withPIN) > 0 {
		fmt.Fprintf(io.out, "The PIN of %s, to be picked at home: %s\n", strings.Join(withPIN, " and "), pin)
	}
	return nil
}

// givePIN lets those who have a PIN get this one when they are added, and then
// names them in given.
func (*demoCommand) givePIN(ctx context.Context, st *store.Store, people []store.Person, pin string, given *[]string) error {
	key, _, err := auth.OpenKey(ctx, st)
	if err != nil {
		return err
	}
	porter := auth.NewPorter(st, auth.NewHasher(), key)
	for i := range people {
		name := people[i].Name
		if name != "Jonas" && name != "Elsa" {
			continue
		}
		people[i].HashPIN = func(id int64) (string, error) {
			*given = append(*given, name)
			return porter.HashPIN(ctx, id, pin)
		}
	}
	return nil
}

// watch fills the libraries and channels, and has people watch some of it.
func (cmd *demoCommand) watch(ctx context.Context, st *store.Store, household store.Household) error {
	if err := cmd.scan(ctx, st); err != nil {
		return err
	}
	if err := demo.Channels(ctx, st); err != nil {
		return err
	}
	return demo.Habits(ctx, st, household)
}

// scan finds the made-up media, so that they are there at once. Beside a running
// server it is that one's work.
func (cmd *demoCommand) scan(ctx context.Context, st *store.Store) error {
	release, err := store.Lock(cmd.Data)
	var busy *store.DataError
	if errors.As(err, &busy) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(scan.NewWorker(st, slog.New(slog.DiscardHandler)).Finish(ctx), release())
}
