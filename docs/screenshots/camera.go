package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"

	"usher/internal/chromium"
)

// owner is who sets the house up.
const (
	owner         = "Mara Lindqvist"
	ownerPassword = "plum kettle orbit fence"
)

// picture is a page as somebody sees it.
type picture struct {
	name string
	look chromium.Look
	who  string // "" for somebody who is not signed in
	path string
	// then is done on the page before the picture is taken.
	then []chromedp.Action[chromedp.Void]
}

var pictures = []picture{
	{
		name: "users.png", look: chromium.Look{Width: 1280, Height: 760}, who: owner, path: "/admin/users",
		then: steps(chromedp.Click(`[aria-label="More for Elsa"]`), chromedp.WaitVisible(`.menu-list:popover-open`)),
	},
	{
		name: "library.png", look: chromium.Look{Width: 1280, Height: 900}, who: owner, path: "/",
		then: steps(chromedp.Click(chromedp.Search(`//nav//a[normalize-space()="Films"]`)), chromedp.WaitVisible(`select[name="genre"]`), postersDrawn),
	},
	{
		name: "film.png", look: chromium.Look{Width: 1280, Height: 900}, who: owner, path: "/search?q=quiet+season",
		then: steps(chromedp.Click(chromedp.Search(`//main//a[contains(., "The Quiet Season")]`)), chromedp.WaitVisible(`video`), postersDrawn),
	},
	{
		name: "restrictions.png", look: chromium.Look{Width: 1280, Height: 900}, who: owner, path: "/admin/users",
		then: steps(openUser("Elsa"), chromedp.Click(`.tabs a[href$="/restrictions"]`), chromedp.WaitVisible(`h3[data-summary]`)),
	},
	{name: "users-phone-dark.png", look: chromium.Look{Width: 390, Height: 700, Dark: true, Scale: 2}, who: owner, path: "/admin/users"},
	{
		name: "password.png", look: chromium.Look{Width: 1280, Height: 900}, who: "Grandma Ingrid", path: "/account/password",
		then: steps(
			chromedp.SendKeys(`#current`, "her old one"),
			chromedp.SendKeys(`#password`, "seven herons over the lake"),
			chromedp.WaitVisible(`.strength.m4`),
		),
	},
}

// postersDrawn waits for the posters that can be seen.
var postersDrawn = chromedp.Evaluate[chromedp.Void](`Promise.all([...document.images]
	.filter(image => image.getBoundingClientRect().top < innerHeight && !image.complete)
	.map(image => new Promise(done => image.onload = image.onerror = done)))`, chromedp.EvalAwaitPromise)

func steps(actions ...chromedp.Action[chromedp.Void]) []chromedp.Action[chromedp.Void] {
	return actions
}

// openUser follows the name of a user in the list.
func openUser(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.Search(`//a[text()="` + name + `"]`))
}

// camera looks at one house.
type camera struct{ address string }

// setUp makes the owner with the link that Usher has printed.
func (c camera) setUp(ctx context.Context, link string) error {
	return chromedp.Do(ctx,
		chromedp.Navigate(c.address+link),
		chromedp.SendKeys(`#name`, owner),
		chromedp.SendKeys(`#email`, "mara@lindqvist.example"),
		chromedp.SendKeys(`#password`, ownerPassword),
		chromedp.SetValue(`#server_name`, "Lindqvist home"),
		chromedp.Click(`button.primary`),
		chromedp.WaitVisible(`.me`),
	)
}

// take takes the picture in a tab of the browser of ctx and writes it into the folder.
func (c camera) take(ctx context.Context, p picture, password string) error {
	if p.who == owner {
		password = ownerPassword
	}
	ctx, leave := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	defer leave()
	if err := chromedp.Do(ctx); err != nil {
		return fmt.Errorf("open a tab: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := p.look.Apply(ctx); err != nil {
		return err
	}
	if err := chromedp.Do(ctx, c.way(p, password)...); err != nil {
		return err
	}
	taken, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return fmt.Errorf("take the picture: %w", err)
	}
	return write(filepath.Join(folder, p.name), taken)
}

// way leads to what the picture shows.
func (c camera) way(p picture, password string) []chromedp.Action[chromedp.Void] {
	way := steps(chromedp.Navigate(c.address + p.path))
	if p.who != "" {
		way = append(way,
			chromedp.SendKeys(`#name`, p.who), chromedp.SendKeys(`#password`, password),
			chromedp.Click(`button.primary`), chromedp.WaitNotPresent(`form[action="/sign-in"]`),
		)
	}
	return append(way, p.then...)
}

// write makes the picture as small as PNG can be.
func write(name string, taken []byte) error {
	picture, err := png.Decode(bytes.NewReader(taken))
	if err != nil {
		return fmt.Errorf("read the picture: %w", err)
	}
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, picture); err != nil {
		return fmt.Errorf("make the picture smaller: %w", err)
	}
	return os.WriteFile(name, small.Bytes(), 0o644) //nolint:gosec // to be read by everyone
}
