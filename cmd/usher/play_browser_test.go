package main

import (
	"net/http"
	"strings"

	"usher/store"
)

const filmLength = 80 // seconds

// subtitles stand beside the film from its first second to its last.
const subtitles = "1\n00:00:00,000 --> 00:01:20,000\nThe tide is in.\n"

// cinema is a folder with a film that plays everywhere, one for this browser, and
// one that none plays.
func cinema(j *journey) *disk {
	j.Helper()
	d := j.disk()
	d.write("The Harbour (2003)/The Harbour (2003).mp4", j.reel("mp4", filmLength))
	d.write("The Harbour (2003)/The Harbour (2003).en.srt", subtitles)
	d.write("Paper Boats (2010)/Paper Boats (2010).webm", j.reel("webm", 20))
	d.write("Old Reel (1999)/Old Reel (1999).avi", j.reel("avi", 2))
	return d
}

// watchingAFilm plays one with picture and sound, leaves it in the middle, and
// goes on there on another device; nobody else learns of it.
func watchingAFilm(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa")))
	elsa, mara := j.as(house, "Elsa", "/"), j.asOwner(house, "/admin/activity/playing")
	mara.sees("Nothing plays now")
	elsa.scanned("The Harbour")
	film := elsa.leadsTo("The Harbour")
	elsa.open(film)
	elsa.click("button", "Play")
	elsa.playsFrom(0).shows(elsa)
	elsa.judge()
	mara.sees("Elsa")
	mara.find("link", "Stop what Elsa is playing on Headless Chrome on Linux")
	mara.judge()
	mara.knowsNothingOf("The Harbour")

	elsa.press("5")
	elsa.playsFrom(filmLength / 2)
	elsa.open("/")
	elsa.sees("Continue watching")

	phone := j.as(house, "Elsa", "/")
	phone.sees("Continue watching")
	phone.open(film)
	phone.until("it can go on where it was", func() bool { return strings.Contains(phone.text(), "Resume at 0:4") })
	phone.judge()
	phone.clickOn(".actions [data-play]")
	phone.playsFrom(filmLength / 2).shows(phone)
	phone.press("9")
	phone.playsFrom(filmLength * 9 / 10)
	phone.until("it is over", func() bool { p, ok := phone.plays(); return ok && p.Ended })
	phone.open("/history")
	phone.sees("The Harbour")
	phone.open("/")
	phone.seesNo("Continue watching")
	mara.sees("Nothing plays now")
	for _, address := range []string{"/admin/activity", "/admin/activity/jobs", "/admin/users/2", "/admin/users/2/activity", "/history"} {
		mara.open(address)
		mara.knowsNothingOf("The Harbour")
	}
}

// knowsNothingOf fails where the page, shown or not, holds the words.
func (b *tab) knowsNothingOf(words string) {
	b.Helper()
	holds, ok := ask[bool](b, `document.documentElement.outerHTML.includes(`+quoted(words)+`)`)
	if !ok || holds {
		b.Errorf("%s tells of %s", b.where(), words)
	}
}

// theStreamTooMany is refused, says what plays where, and begins once that has
// been left.
func theStreamTooMany(j *journey) {
	elsa := withPassword(j, "Elsa")
	elsa.Restrictions.Streams = 1
	house := j.household(cinema(j).library("Films", store.KindFilms), people(elsa))
	first, second := j.as(house, "Elsa", "/"), j.as(house, "Elsa", "/")
	first.scanned("The Harbour")
	film, other := first.leadsTo("The Harbour"), first.leadsTo("Paper Boats")
	first.open(film)
	second.open(other)
	first.click("button", "Play")
	first.playsFrom(0)
	second.click("button", "Play")
	second.sees("“The Harbour” plays on Headless Chrome on Linux. Your account may play one thing at once.")
	second.refuses(http.StatusTooManyRequests)
	second.judge()
	first.playsFrom(0)
	first.open("/")
	second.click("button", "Try again")
	second.playsFrom(0).shows(second)
}

// revokedWhilePlaying ends what plays for somebody who is disabled, and for
// somebody who may no longer watch the library.
func revokedWhilePlaying(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa"), withPassword(j, "Nils")))
	mara := j.asOwner(house, "/admin/users")
	var watching []*tab
	for _, name := range []string{"Elsa", "Nils"} {
		b := j.as(house, name, "/")
		b.scanned("The Harbour")
		b.open(b.leadsTo("The Harbour"))
		b.click("button", "Play")
		b.playsFrom(0)
		watching = append(watching, b)
	}
	elsa, nils := watching[0], watching[1]
	mara.click("button", "More for Elsa")
	mara.follow("button", "Disable", "/admin/users")
	elsa.sees("You are signed out. Sign in to go on where you were.")
	elsa.refuses(http.StatusUnauthorized)
	elsa.judge()
	nils.playsFrom(0)
	mara.follow("link", "Nils", "/admin/users/*")
	mara.follow("link", "Access", "/admin/users/*/access")
	mara.click("checkbox", "All libraries")
	mara.follow("button", "Save access", "/admin/users/*/access")
	nils.sees("This is no longer here, or no longer open to you.")
	for _, b := range watching {
		if p, ok := b.plays(); !ok || !p.Paused || p.Length != 0 {
			b.Errorf("it is still there: %+v", p)
		}
	}
}

// stoppedWithAWord is ended by an administrator, and reads why.
func stoppedWithAWord(j *journey) {
	house := j.household(cinema(j).library("Films", store.KindFilms), people(withPassword(j, "Elsa")))
	elsa, mara := j.as(house, "Elsa", "/"), j.asOwner(house, "/admin/activity/playing")
	elsa.scanned("Paper Boats")
	elsa.open(elsa.leadsTo("Paper Boats"))
	elsa.click("button", "Play")
	elsa.playsFrom(0).shows(elsa)
	mara.click("link", "Stop what Elsa is playing on Headless Chrome on Linux")
	mara.find("dialog", "Stop what Elsa is playing?")
	mara.judge()
	mara.fill("A word to Elsa (optional)", "Dinner is ready")
	mara.follow("button", "Stop it", "/admin/activity/playing")
	elsa.sees("An administrator has stopped this. They say: “Dinner is ready”")
	elsa.lacks("button", "Play")
	mara.open("/admin/activity")
	mara.sees("Elsa")
	mara.knowsNothingOf("Paper Boats")
	mara.knowsNothingOf("Dinner")
}
