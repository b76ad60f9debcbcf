package main

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// podcast is a feed of one episode, a minute long, and the episode.
func podcast(j *journey) http.Handler {
	j.Helper()
	episode := j.reel("mp3", 60)
	pages := http.NewServeMux()
	pages.HandleFunc("GET /feed.xml", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Tide Tables</title><description>What the sea does.</description>
			<item><title>Neap and spring</title><guid>1</guid><pubDate>Mon, 02 Jun 2025 08:00:00 +0000</pubDate><description>Why it differs.</description>
			<enclosure url="http://%s/neap.mp3" length="%d" type="audio/mpeg"/></item></channel></rss>`, r.Host, len(episode))
	})
	pages.HandleFunc("GET /neap.mp3", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "neap.mp3", time.Time{}, strings.NewReader(episode))
	})
	return pages
}

// aPodcast is added by an administrator, and heard by somebody who is never told
// where it comes from.
func aPodcast(j *journey) {
	source := elsewhere(j.T, podcast(j))
	house := j.household(people(withPassword(j, "Elsa")))
	mara, elsa := j.asOwner(house, "/admin/channels/new"), j.as(house, "Elsa", "/")
	mara.fill("Name", "Tides")
	mara.fill("Address", source.URL+"/feed.xml")
	mara.follow("button", "Add channel", "/admin/channels")
	elsa.until("the feed is read", func() bool {
		elsa.must(chromedp.Do(elsa.ctx, chromedp.Navigate(house.address+"/channels/1")))
		elsa.arrive("/channels/1")
		return elsa.has("link", "Neap and spring")
	})
	elsa.sees("What the sea does.")
	elsa.judge()
	elsa.knowsNothingOf(source.URL)
	elsa.follow("link", "Neap and spring", "/channels/1/entries/*")
	episode := elsa.where()
	elsa.sees("Why it differs.")
	elsa.click("button", "Play")
	elsa.playsFrom(0)
	elsa.judge()
	elsa.knowsNothingOf(source.URL)
	mara.open("/admin/activity/playing")
	mara.sees("Tides")
	mara.knowsNothingOf("Neap")

	elsa.press("5")
	elsa.playsFrom(30)
	elsa.open("/")
	elsa.sees("Continue watching")
	phone := j.as(house, "Elsa", "/history")
	phone.follow("link", "Neap and spring", episode)
	phone.clickOn(".actions [data-play]")
	phone.playsFrom(30)
}
