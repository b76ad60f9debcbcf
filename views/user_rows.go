package views

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"

	"usher/store"
	"usher/views/ui"
)

// userRows draws the rows of local users and of guests. It is written by hand, to be quick
// and small: a page has fifty rows of some forty pieces, which cost three times
// as much through a template. Attributes whose value needs no quotes have none
// (https://html.spec.whatwg.org/multipage/syntax.html#unquoted), and list items
// no end tag (#optional-tags there). Whatever
// somebody has typed goes through templ.EscapeString into quotes or text.
type userRows struct {
	PeopleList
	media mediaWords
}

func newUserRows(p PeopleList) *userRows {
	return &userRows{PeopleList: p, media: newMediaWords(p.Libraries, p.Channels)}
}

// usualRow is room for the markup of one row, more than most take.
const usualRow = 2 << 10

// Render draws the rows.
func (r *userRows) Render(_ context.Context, w io.Writer) error {
	b := make([]byte, 0, usualRow)
	for i := range r.Found.Users {
		b = r.row(b[:0], &r.Found.Users[i])
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func (r *userRows) row(b []byte, u *store.User) []byte {
	id, name := strconv.FormatInt(u.ID, 10), templ.EscapeString(u.Name)
	b = add(b, `<li class=row><input type=checkbox class=pick name=id value=`, id, ` aria-label="Select `, name, `"`)
	if !r.Actor.MayDisable(*u) {
		b = append(b, ` disabled`...) // most of what is done to several would be refused
	}
	b = append(b, '>')
	b = ui.AppendAvatar(b, ui.Face{ID: u.ID, Name: u.Name, Picture: u.Picture}, "")
	b = add(b, `<div><div class=name><a href=/admin/users/`, id, `>`, name, `</a>`)
	b = r.badges(b, u)
	email := "No e-mail"
	switch {
	case u.Email != "":
		email = templ.EscapeString(u.Email)
	case u.Kind == store.KindGuestAccount:
		email = "Signs in at home only"
	}
	b = add(b, `</div><div class="small muted clip">`, email, `</div></div><div class=small><div class=clip>`)
	b = r.media.watches(b, u.Watches())
	b = add(b, `</div><div class="muted clip">`)
	b = r.limits(b, u)
	b = add(b, `</div></div><div class="small muted">`, ui.Ago(u.LastSeenAt, r.Now), `</div>`)
	return r.menu(b, u, id, name)
}

func (r *userRows) badges(b []byte, u *store.User) []byte {
	if u.HasPIN {
		b = add(b, `<i class="i lock closed"></i><span class=spoken>PIN set</span>`)
	}
	switch u.Role {
	case store.RoleOwner:
		b = add(b, `<i class="i crown"></i><span class=spoken>Owner</span>`)
	case store.RoleAdministrator:
		b = add(b, `<span class="badge accent">Administrator</span>`)
	case store.RoleUser:
	}
	if u.Connects() {
		b = add(b, `<i class="i cloud"></i><span class=spoken>Signs in with an account of their own</span>`)
	}
	if u.Kind == store.KindGuestAccount {
		b = add(b, `<span class=badge>Guest account</span>`)
	} else if u.HomeOnly() {
		b = add(b, `<span class="badge warn">No password: home only</span>`)
	}
	if u.Disabled {
		b = add(b, `<span class="badge bad">Disabled</span>`)
	}
	if u.Expired(r.Now) {
		b = add(b, `<span class="badge bad">Ended</span>`)
	}
	return b
}

// menu offers what the actor may do to u; where that is nothing, there is no
// menu. The button in it belongs to a form of its own, since Enter on a tick
// presses the first button of the form around it.
func (r *userRows) menu(b []byte, u *store.User, id, name string) []byte {
	edit, restrict, disable := r.Actor.MayEdit(*u), r.Actor.MayRestrict(*u), r.Actor.MayDisable(*u)
	if !edit && !restrict && !disable {
		return b
	}
	b = add(b, `<button type=button class=more popovertarget=m`, id, ` aria-label="More for `, name, `"></button><div popover id=m`, id, ` class=menu-list>`)
	if edit {
		b = add(b, `<a class=pencil href=/admin/users/`, id, `>Edit profile</a>`)
	}
	if restrict {
		b = add(b, `<a class=film href=/admin/users/`, id, `/access>Library access</a>`)
	}
	if r.Actor.MayChangeSignIn(*u) {
		b = add(b, `<a class=key href=/admin/users/`, id, `/sign-in>Password and sign-in</a>`)
		b = r.configure(b, u, id)
	}
	if disable {
		icon, verb, label := "pause", "disable", "Disable"
		if u.Disabled {
			icon, verb, label = "play", "enable", "Enable"
		}
		b = add(b, `<hr><button form=one class=`, icon, ` formaction=/admin/users/`, id, `/`, verb, `>`, label, `</button>`)
	}
	if r.Actor.MayDelete(*u) {
		b = add(b, `<a class="trash danger" href=/admin/users/`, id, `/delete data-dialog>Delete…</a>`)
	}
	return add(b, `</div>`)
}

// configure leads to where u's password is set: for one's own, to the page that
// asks for the current one.
func (r *userRows) configure(b []byte, u *store.User, id string) []byte {
	if r.Actor.MayResetPassword(*u) {
		return add(b, `<a class=lock href=/users/`, id, `/password>Configure password</a>`)
	}
	if u.ID == r.Actor.ID {
		return add(b, `<a class=lock href=/account/password>Configure password</a>`)
	}
	return b
}

// limits tells what holds u back besides access.
func (r *userRows) limits(b []byte, u *store.User) []byte {
	return add(b, templ.EscapeString(RestrictionWords(u.Limits(), r.Now.Location())))
}
