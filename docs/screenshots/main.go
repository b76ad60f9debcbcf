// Command screenshots takes the pictures that README.md shows: it builds Usher,
// sets it up as anyone would, moves the household of `usher demo` in, and looks
// at its pages in Chromium. `make screenshots` runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"usher/internal/chromium"
)

// folder is where the pictures go, seen from the root of the project.
const folder = "docs/screenshots"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) (err error) {
	place, err := os.MkdirTemp("", "usher-screenshots-")
	if err != nil {
		return fmt.Errorf("make a place to work in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(place)) }()
	house, err := open(ctx, place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, house.end()) }()
	path, err := chromium.Find()
	if err != nil {
		return err
	}
	browser, stop, err := chromium.Start(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	c := camera{house.address}
	if err := c.setUp(browser, house.setUp); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	password, err := house.moveIn(ctx)
	if err != nil {
		return err
	}
	for _, p := range pictures {
		if err := c.take(browser, p, password); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Println(filepath.Join(folder, p.name))
	}
	return nil
}
