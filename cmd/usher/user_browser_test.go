package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"usher/store"
)

// oneUser is made, changed in every tab, disabled, enabled and deleted.
func oneUser(j *journey) {
	b := j.asOwner(j.household(rooms), "/admin/users")
	b.follow("link", "Add somebody", "/admin/users/new")
	b.fill("Name", "Nils")
	b.click("radio", "No password")
	b.follow("button", "Create and add another", "/admin/users/new*")
	b.sees("Nils is added")
	b.holds("Name", "")
	b.ticked("radio", "No password", true)
	b.fill("Name", "mara")
	b.follow("button", "Create user", "/admin/users/new")
	b.sees("already")
	b.holds("Name", "mara")
	b.ticked("radio", "No password", true)
	b.fill("Name", "Elsa")
	b.click("checkbox", "All libraries")
	b.click("checkbox", "Films")
	b.follow("button", "Create user", "/admin/users*")
	b.sees("Elsa")
	b.open("/admin/users")
	b.follow("link", "Elsa", "/admin/users/*")

	b.fill("Name", "MARA")
	b.fill("Note (optional)", "Twelve in March.")
	b.follow("button", "Save profile", "/admin/users/*")
	b.sees("Nothing is saved yet.")
	b.holds("Note (optional)", "Twelve in March.")
	b.fill("Name", "Elsa Lindqvist")
	b.fill("E-mail (optional)", "elsa@lindqvist.example")
	b.set("#ends", "2099-12-31")
	b.follow("button", "Save profile", "/admin/users/*")
	b.sees("Elsa Lindqvist’s profile is saved.")
	b.holds("E-mail (optional)", "elsa@lindqvist.example")
	b.picture()

	b.follow("link", "Access", "/admin/users/*/access")
	b.ticked("checkbox", "All libraries", false)
	b.ticked("checkbox", "Films", true)
	b.click("checkbox", "Music")
	b.click("checkbox", "All channels")
	b.follow("button", "Save access", "/admin/users/*/access")
	b.sees("It counts at once.")
	b.ticked("checkbox", "Music", true)
	b.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	b.click("checkbox", "Sign in without the password on the home network")
	b.follow("button", "Save sign-in", "/admin/users/*/sign-in")
	b.ticked("checkbox", "Sign in without the password on the home network", true)
	b.followOn(".tabs a:last-child", "/admin/users/*/activity")
	b.sees("Elsa")

	b.follow("link", "Profile", "/admin/users/*")
	b.click("checkbox", "Disabled")
	b.follow("button", "Save profile", "/admin/users/*")
	b.ticked("checkbox", "Disabled", true)
	b.click("link", "Delete Elsa Lindqvist…")
	b.find("dialog", "Delete Elsa Lindqvist?")
	b.judge()
	b.follow("button", "Delete Elsa Lindqvist", "/admin/users")
	b.sees("Elsa Lindqvist is deleted.")
	b.lacks("link", "Elsa Lindqvist")
}

// rooms adds two libraries and a channel.
func rooms(p *preparation) {
	p.Helper()
	_, err := p.store.AddHousehold(p.Context(), store.Household{
		Libraries: []store.LibraryInput{
			{Name: "Films", Kind: store.KindFilms, Folders: []string{p.TempDir()}},
			{Name: "Music", Kind: store.KindMusic, Folders: []string{p.TempDir()}},
		},
		Channels: []store.ChannelInput{{Name: "Podcasts", Address: "https://podcasts.example/feed.xml"}},
	})
	p.must(err)
}

// picture gives the user on the page a picture, after one that is none, and
// takes it away again.
func (b *tab) picture() {
	b.Helper()
	text := filepath.Join(b.TempDir(), "notes.png")
	b.must(os.WriteFile(text, []byte("no picture at all"), 0o600))
	b.choose("#picture", text)
	b.follow("button", "Use this picture", "/admin/users/*/picture")
	b.sees("Nothing is saved yet.")

	b.choose("#picture", b.drawing())
	b.follow("button", "Use this picture", "/admin/users/*")
	b.sees("has a new picture.")
	b.until("the face is 256 px wide", func() bool {
		width, ok := ask[int](b, `document.querySelector(".person img").naturalWidth`)
		return ok && width == 256
	})
	b.follow("button", "Remove picture", "/admin/users/*")
	b.sees("is gone.")
}

// drawing is a picture in a file.
func (j *journey) drawing() string {
	j.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for x := range 400 {
		for y := range 300 {
			picture.Set(x, y, color.RGBA{R: uint8(x / 2), G: uint8(y / 2), B: 120, A: 255})
		}
	}
	name := filepath.Join(j.TempDir(), "face.png")
	file, err := os.Create(name)
	j.must(err)
	j.must(png.Encode(file, picture))
	j.must(file.Close())
	return name
}

// choose puts a file into a field for one.
func (b *tab) choose(selector, file string) {
	b.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.SetUploadFiles(selector, []string{file})))
}

// set gives a field a value that is not simply typed, such as a date.
func (b *tab) set(selector, value string) {
	b.Helper()
	_, ok := ask[bool](b, `(() => {
		const field = document.querySelector(`+quoted(selector)+`);
		field.value = `+quoted(value)+`;
		field.dispatchEvent(new Event("input", { bubbles: true }));
		field.dispatchEvent(new Event("change", { bubbles: true }));
		return true;
	})()`)
	if !ok {
		b.give("%s cannot be set", selector)
	}
}

// rowMenu opens the menu of a row and the dialog from it: Cancel and Esc keep
// the user and give the focus back, and the owner cannot be deleted.
func rowMenu(j *journey) {
	b := j.asOwner(j.household(people(named("Elsa"), named("Nils"))), "/admin/users")
	b.click("button", "More for Mara")
	b.find("link", "Edit profile")
	b.lacks("link", "Delete…")
	b.press(kb.Escape)
	b.lacks("link", "Edit profile")

	b.click("button", "More for Elsa")
	b.find("link", "Delete…")
	b.judge()
	b.follow("button", "Disable", "/admin/users")
	b.sees("Elsa is disabled, and signed out everywhere.")
	b.click("button", "More for Elsa")
	b.follow("button", "Enable", "/admin/users")
	b.sees("Elsa may sign in again.")

	for _, leave := range []func(){
		func() { b.click("link", "Cancel") },
		func() { b.press(kb.Escape) },
	} {
		b.click("button", "More for Elsa")
		b.click("link", "Delete…")
		b.find("dialog", "Delete Elsa?")
		b.judge()
		leave()
		b.lacks("dialog", "Delete Elsa?")
		b.focusOn("button", "More for Elsa")
		b.find("link", "Elsa")
	}
	b.click("button", "More for Elsa")
	b.click("link", "Delete…")
	b.follow("button", "Delete Elsa", "/admin/users")
	b.sees("Elsa is deleted.")
	b.lacks("link", "Elsa")
	b.find("link", "Nils")
}

// focusOn waits until the element has the focus.
func (b *tab) focusOn(role, name string) {
	b.Helper()
	b.until("the focus is on "+role+" "+name, func() bool {
		here, ok := onElement[bool](b, b.find(role, name), `function() { return document.activeElement === this }`)
		return ok && here
	})
}

// handingOver makes an administrator of somebody, and then the owner.
func handingOver(j *journey) {
	b := j.asOwner(j.household(household(j)), "/admin/users")
	b.follow("link", "Elsa", "/admin/users/*")
	b.click("checkbox", "Administrator")
	b.follow("button", "Save profile", "/admin/users/*")
	b.ticked("checkbox", "Administrator", true)
	b.click("link", "Hand over ownership…")
	b.find("dialog", "Hand ownership over to Elsa?")
	b.judge()
	b.follow("button", "Hand over ownership", "/admin/users/*")
	b.sees("Elsa is the owner now")
	b.lacks("button", "Save profile")
}

// pagesThatOnlyLook are those of the owner for another administrator, and those
// that a dialog usually takes the place of.
func pagesThatOnlyLook(j *journey) {
	house := j.household(household(j))
	b := j.as(house, "Jonas Berg", "/account")
	for _, page := range []string{
		"/", "/admin/users/1", "/admin/users/1/access", "/admin/users/1/sign-in", "/admin/users/1/activity",
		"/admin/users/3/delete", "/admin/users/3/picture", "/users/3/password/remove",
		"/admin/libraries/1/delete", "/admin/channels/1", "/admin/channels/1/delete", "/admin/nothing",
	} {
		b.open(page)
	}
}

// lightAndDark is chosen in the menu, and stays so on the next page.
func lightAndDark(j *journey) {
	b := j.asOwner(j.household(), "/account")
	ground := func() string {
		colour, _ := ask[string](b, `getComputedStyle(document.body.parentElement).colorScheme`)
		return colour
	}
	for name, want := range map[string]string{"Dark": "dark", "Light": "light", "System": "light dark"} {
		b.clickOn(".me")
		b.click("button", name)
		b.until(name+" is chosen", func() bool { return ground() == want })
		b.until(name+" stays", func() bool {
			b.open("/")
			return ground() == want
		})
	}
}
