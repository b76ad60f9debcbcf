package views

import (
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// FacesPage shows who is there, to be picked.
type FacesPage struct {
	Doorway
	Search string
	Found  store.UserPage
}

func (p FacesPage) title() string {
	if p.switches() {
		return "Switch user"
	}
	return "Who’s there?"
}

// searches says whether there are so many that one may search.
func (p FacesPage) searches() bool { return p.Search != "" || p.Found.Pages > 1 }

func (p FacesPage) pager() ui.PagerProps {
	return ui.PagerProps{Page: p.Found.Page, Pages: p.Found.Pages, Href: func(page int) string {
		return p.to(parameter{"q", p.Search}, parameter{"page", pageNumber(page)})
	}}
}

// status is how many there are, for those who cannot see them.
func (p FacesPage) status() string {
	if p.Search == "" {
		return ui.Count(p.Found.Total, "person", "people")
	}
	return ui.Count(p.Found.Total, "person", "people") + " found"
}

// picks is the address that asks for what it takes to come in as u.
func (d Doorway) picks(u store.User, more ...parameter) string {
	return d.to(append([]parameter{{"user", userID(u)}}, more...)...)
}

func userID(u store.User) string { return strconv.FormatInt(u.ID, 10) }

// SignInFacePage asks somebody who was picked for what it takes.
type SignInFacePage struct {
	Doorway
	User  store.User
	Asks  store.Asking // what it takes
	Tried bool         // it did not work
	Typed store.Asking // with this, which may be another by now

	Named      bool   // by their name, whether their face shows or not
	PINProblem string // what is wrong with the PIN; "" for nothing
}

// wrong says at the field why it did not work; "" at first.
func (p SignInFacePage) wrong() string {
	name, asked, typed := p.User.Name, askingWords[p.Asks], askingWords[p.Typed]
	switch {
	case p.Asks == store.AsksPIN && p.Typed == p.Asks:
		return p.PINProblem
	case !p.Tried || p.Asks == store.AsksNothing:
		return ""
	case p.Typed == store.AsksNothing:
		return "Type the " + asked + " of " + name + "."
	case p.Typed != p.Asks:
		return name + " has no " + typed + " any more. Type the " + asked + "."
	}
	return "That is not the " + asked + " of " + name + ". Try again."
}

var askingWords = map[store.Asking]string{store.AsksPIN: "PIN", store.AsksPassword: "password"}

func (p SignInFacePage) title() string {
	if p.switches() {
		return "Switch to " + p.User.Name
	}
	return "Sign in as " + p.User.Name
}
