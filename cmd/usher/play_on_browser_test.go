package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// evening is a season of three episodes.
func evening(j *journey) *disk {
	j.Helper()
	d := j.disk()
	for n, name := range []string{"Ebb", "Flood", "Slack"} {
		d.write(fmt.Sprintf("The Harbour Office/Season 1/The Harbour Office S01E%02d %s.mp4", n+1, name), j.reel("mp4", 12))
	}
	return d
}

// anEvening goes from episode to episode without leaving the player, by itself
// and by keyboard.
func anEvening(j *journey) {
	house := j.household(evening(j).library("Series", store.KindSeries), people(withPassword(j, "Elsa")))
	b := j.as(house, "Elsa", "/")
	b.scanned("The Harbour Office")
	b.open(b.leadsTo("The Harbour Office"))
	series := b.where()
	b.open(b.leadsTo("Season 1"))
	b.find("link", "Download")
	if zip := b.downloads(b.where()); strings.Count(zip, j.reel("mp4", 12)) != 3 {
		b.Errorf("the ZIP of %d bytes does not hold the three episodes", len(zip))
	}
	b.open(series)
	b.leaving()
	b.click("link", "Play")
	b.arrive("/titles/*")
	b.playsFrom(0).shows(b)
	b.find("heading", "Ebb")
	b.press("9")
	b.sees("2. Flood begins in")
	b.judge()
	b.click("button", "Play now")
	b.find("heading", "Flood")
	b.playsFrom(0).shows(b)
	b.press("n")
	b.find("heading", "Slack")
	b.playsFrom(0)
	b.press("p")
	b.find("heading", "Flood")
	b.playsFrom(0)

	b.press(" ")
	b.until("it pauses", func() bool { p, ok := b.plays(); return ok && p.Paused })
	before, _ := b.plays()
	b.press(kb.ArrowRight)
	b.until("it is ten seconds on", func() bool { p, ok := b.plays(); return ok && p.Time >= before.Time+5 })
	b.press("m")
	b.until("the sound is off", func() bool { off, ok := ask[bool](b, `document.querySelector("video").muted`); return ok && off })
	b.press("?")
	b.find("checkbox", "Use these keys in this browser")
	b.judge()
	b.open("/")
	b.sees("Next episodes")
	b.sees("Flood")
}

// subtitlesAndWhatDoesNotPlay shows the text beside a film, and says of one that
// no browser plays what can be done.
func subtitlesAndWhatDoesNotPlay(j *journey) {
	nils := withPassword(j, "Nils")
	nils.Restrictions.NoDownloads = true
	house := j.household(cinema(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa"), nils))
	b := j.as(house, "Elsa", "/")
	b.scanned("The Harbour")
	film, old := b.leadsTo("The Harbour"), b.leadsTo("Old Reel")
	b.open(film)
	b.click("button", "Play")
	b.playsFrom(0)
	shown := func() string {
		text, _ := ask[string](b, `[...document.querySelector("video").textTracks].find(t => t.mode === "showing")?.activeCues?.[0]?.text ?? ""`)
		return text
	}
	if shown() == "" {
		b.press("c")
	}
	b.until("the English subtitles show", func() bool { return shown() == "The tide is in." })
	b.press("c")
	b.until("no subtitles show", func() bool { return shown() == "" })

	b.open(old)
	b.sees("No browser plays AVI files.")
	b.find("link", "Download")
	if b.has("button", "Play") {
		b.Error("Playing is offered all the same.")
	}
	if want := j.reel("avi", 2); b.downloads(old) != want {
		b.Error("What is downloaded is not the file.")
	}
	b.follow("button", "Open in a player", old+"/player")
	address, ok := ask[string](b, `document.querySelector("#address").value`)
	if !ok {
		b.give("there is no address for a player")
	}
	his := j.as(house, "Nils", old)
	his.find("button", "Open in a player")
	his.lacks("link", "Download")

	player := j.player("mpv 0.35")
	player.opens(address, http.StatusOK)
	j.player("VLC/3.0").opens(address, http.StatusNotFound)
	b.signOut()
	player.opens(address, http.StatusNotFound)
}

// downloads is what comes when the page asks for a title to be kept, each byte as
// a letter of the same number.
func (b *tab) downloads(title string) string {
	b.Helper()
	content, ok := ask[string](b, `fetch("`+title+`/download").then(async answer => {
		if (!answer.headers.get("Content-Disposition").startsWith("attachment")) return "";
		return [...new Uint8Array(await answer.arrayBuffer())].map(byte => String.fromCharCode(byte)).join("");
	})`)
	if !ok {
		b.give("%s cannot be downloaded", title)
	}
	bytes := make([]byte, 0, len(content))
	for _, letter := range content {
		bytes = append(bytes, byte(letter))
	}
	return string(bytes)
}

// player is a program that plays addresses.
type player struct {
	*journey
	name string
}

func (j *journey) player(name string) player { return player{j, name} }

// opens fails unless Usher answers the player with this status.
func (p player) opens(address string, status int) {
	p.Helper()
	request, err := http.NewRequestWithContext(p.Context(), http.MethodGet, address, nil)
	p.must(err)
	request.Header.Set("User-Agent", p.name)
	response, err := http.DefaultClient.Do(request)
	p.must(err)
	p.must(response.Body.Close())
	if response.StatusCode != status {
		p.Errorf("%s is answered with %d, want %d", p.name, response.StatusCode, status)
	}
}

// onesOwn marks and forgets what was watched, and keeps favourites.
func onesOwn(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa")))
	b := j.as(house, "Elsa", "/")
	b.scanned("The Harbour")
	film, other := b.leadsTo("The Harbour"), b.leadsTo("Paper Boats")
	b.open("/history")
	b.sees("Nothing watched yet")
	b.open("/favourites")
	b.sees("No favourites yet")
	b.open(film)
	b.click("button", "Play")
	b.playsFrom(0)
	b.click("button", "Add to favourites")
	b.find("button", "Remove from favourites")
	b.playsFrom(0) // the mark does not end it
	b.click("button", "Mark as watched")
	b.find("button", "Mark as not watched")
	b.open(other)
	b.click("button", "Mark as watched")
	b.find("button", "Mark as not watched")

	b.open("/history")
	b.sees("The Harbour")
	b.click("searchbox", "Search in history")
	b.press("boats")
	b.arrive("/history?q=boats*")
	b.seesNo("The Harbour")
	b.open("/history")
	b.click("button", "More for Paper Boats")
	b.judge()
	b.follow("button", "Remove from history", "/history*")
	b.lacks("link", "Paper Boats")
	b.click("link", "Clear history…")
	b.find("dialog", "Clear your history?")
	b.judge()
	b.follow("button", "Clear history", "/history*")
	b.sees("Nothing watched yet")
	b.open("/favourites")
	b.find("link", "The Harbour")
}

// playingWithoutScripts begins a film with the browser’s own controls.
func playingWithoutScripts(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(named("Elsa")))
	b := j.visitUnscripted(house)
	b.wander("/", "/sign-in*")
	b.signIn("Elsa", "", "/")
	b.scanned("The Harbour")
	b.open(b.leadsTo("The Harbour"))
	if _, ok := ask[bool](b, `document.querySelector("video").focus(), true`); !ok {
		b.give("there is no film to play")
	}
	b.press(" ")
	b.playsFrom(0).shows(b)
}
