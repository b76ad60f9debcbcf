package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"usher/internal/chromium"
)

// myAccount changes what is one's own: the profile with its picture, the look,
// which another device has at once, and the time zone in which times are shown.
func myAccount(j *journey) {
	house := j.household(people(withPassword(j, "Elsa")))
	tablet := j.as(house, "Elsa", "/")
	b := j.as(house, "Elsa", "/account")
	b.follow("link", "Edit profile", "/account/profile")
	b.fill("Name", "Elsa Ek")
	b.fill("E-mail (optional)", "elsa@example.org")
	b.fill("Your password", "not this one")
	b.follow("button", "Save", "/account/profile")
	b.sees("This is not your password.")
	b.holds("Name", "Elsa Ek")
	b.fill("Your password", goodPassword)
	b.follow("button", "Save", "/account")
	b.sees("Elsa Ek")

	b.follow("link", "Edit profile", "/account/profile")
	b.chooses("#picture", drawn(j))
	b.follow("button", "Use this picture", "/account")
	b.until("the picture shows", func() bool {
		wide, _ := ask[int](b, `document.querySelector("main img.avatar")?.naturalWidth ?? 0`)
		return wide > 0
	})

	b.click("radio", "Dark")
	b.follow("button", "Save look", "/account")
	tablet.open("/history")
	if scheme, _ := ask[string](tablet, `getComputedStyle(document.documentElement).colorScheme`); scheme != "dark" {
		tablet.Errorf("the tablet is %q", scheme)
	}

	b.fill("Time zone (optional)", "Europe/Atlantis")
	b.follow("button", "Save time zone", "/account/time-zone")
	b.sees("is no time zone that Usher knows")
	b.fill("Time zone (optional)", "Asia/Tokyo")
	b.follow("button", "Save time zone", "/account")
	tablet.open("/account/devices")
	if at, _ := ask[string](tablet, `document.querySelector("main time").title`); !strings.HasSuffix(at, " JST") {
		tablet.Errorf("the device was seen %q", at)
	}
}

// chooses has a field for a file hold this one.
func (b *tab) chooses(selector, content string) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "picture")
	b.must(os.WriteFile(file, []byte(content), 0o600))
	field, err := chromedp.Call(b.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.querySelector(" + quoted(selector) + ")"})
	b.must(err)
	_, err = chromedp.Call(b.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, ObjectID: field.Result.ObjectID})
	b.must(err)
}

// withOneThumb goes to all that my account offers on a phone: in one column, with
// nothing beside the screen, and with targets for a thumb.
func withOneThumb(j *journey) {
	house := j.household(people(withPassword(j, "Elsa")))
	b := j.as(house, "Elsa", "/account")
	b.look = chromium.Look{Width: 390, Height: 844}
	b.must(b.look.Apply(b.ctx))
	b.hasRoomForAThumb()
	for row, address := range map[string]string{
		"Password": "/account/password", "PIN": "/account/pin", "Devices": "/account/devices", "Favourites": "/favourites",
	} {
		b.open("/account")
		b.follow("link", row, address)
		b.hasRoomForAThumb()
	}
	b.open("/account")
	b.clickOn(".me")
	b.hasRoomForAThumb()
	b.click("button", "Dark")
	b.open("/account")
	b.follow("link", "Switch user", "/switch")
	b.hasRoomForAThumb()
	b.open("/account")
	b.follow("button", "Sign out", "/sign-in*")
	b.hasRoomForAThumb()

	b = j.asOwner(house, "/admin/users")
	b.look = chromium.Look{Width: 390, Height: 844}
	b.must(b.look.Apply(b.ctx))
	b.follow("link", "Elsa", "/admin/users/*")
	b.clickOn(`.tabs a[href$="/devices"]`)
	b.until("the tab that is open shows", func() bool {
		shows, _ := ask[bool](b, `(() => {
			const tab = document.querySelector(".tabs [href$='/devices'][aria-current]")?.getBoundingClientRect();
			return tab !== undefined && tab.left >= 0 && tab.right <= innerWidth;
		})()`)
		return shows
	})
}

// hasRoomForAThumb fails for what is smaller than the 24 pixels of WCAG 2.2
// (criterion 2.5.8), for a button that is smaller than 44, and for what lies beside
// the screen.
func (b *tab) hasRoomForAThumb() {
	b.Helper()
	small, ok := ask[[]string](b, `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
		.filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".skip, .spoken") && getComputedStyle(e).display !== "inline")
		.map(e => [e, (e.matches("[type=checkbox], [type=radio]") ? e.closest(".check") : e.closest(".row, li") ?? e).getBoundingClientRect()])
		.filter(([e, box]) => box.right > innerWidth + 1 || box.width < 24 || box.height < (e.matches(".button:not(.icon-only, .small)") ? 44 : 24))
		.map(([e, box]) => e.outerHTML.slice(0, 120) + " has " + Math.round(box.width) + " x " + Math.round(box.height))`)
	if !ok || len(small) > 0 {
		b.Errorf("%s: too small for a thumb: %q", b.where(), small)
	}
	if wide, ok := ask[string](b, widest); !ok || wide != "" {
		b.Errorf("%s sticks out to the side: %s", b.where(), wide)
	}
}
