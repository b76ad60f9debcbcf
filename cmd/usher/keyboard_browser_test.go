package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// byKeyboard goes the main path without a pointer: set-up, a new user, the menu
// of the row, an edit, disabling, the dialog before a deletion, out and in.
func byKeyboard(j *journey) {
	b := j.visit(j.empty())
	b.open(b.house.setUp)
	b.focusOn("textbox", "Your name")
	b.typeInto("Mara")
	b.tabTo("textbox", "Password")
	b.typeInto(goodPassword)
	b.enter("button", "Make my account", "/admin/users")

	b.enter("link", "New user", "/admin/users/new")
	b.focusOn("textbox", "Name")
	b.tabTo("textbox", "E-mail (optional)")
	b.press(kb.Tab, kb.ModifierShift)
	b.onFocus("textbox", "Name")
	b.typeInto("Elsa")
	b.tabTo("radio", "Copy a one-time link to set a password")
	b.press(kb.ArrowDown)
	b.press(kb.ArrowDown)
	b.ticked("radio", "No password", true)
	b.enter("button", "Create user", "/admin/users*")

	b.openMenu("Elsa")
	b.going("/admin/users/*", kb.Enter)
	b.tabTo("textbox", "Note (optional)")
	b.typeInto("Twelve in March.")
	b.enter("button", "Save profile", "/admin/users/*")
	b.holds("Note (optional)", "Twelve in March.")
	b.enter("link", "Users", "/admin/users")

	b.openMenu("Elsa")
	b.arrowTo("button", "Disable")
	b.going("/admin/users", kb.Enter)
	b.sees("Elsa is disabled, and signed out everywhere.")

	b.openMenu("Elsa")
	b.press(kb.Escape)
	b.onFocus("button", "More for Elsa")
	for _, leave := range []string{kb.Enter, kb.Escape} {
		b.askToDelete("Elsa")
		b.onFocus("link", "Cancel")
		b.press(leave)
		b.lacks("dialog", "Delete Elsa?")
		b.onFocus("button", "More for Elsa")
	}
	b.askToDelete("Elsa")
	b.enter("button", "Delete Elsa", "/admin/users")
	b.lacks("link", "Elsa")

	b.tabPast(func(role, name string) bool { return strings.Contains(name, "You are signed in as") }, "the menu in the corner")
	b.press(kb.Enter)
	b.arrowTo("button", "Sign out")
	b.going("/sign-in*", kb.Enter)
	b.tabTo("link", byName)
	b.going("/sign-in*", kb.Enter)
	b.focusOn("textbox", "Name or e-mail")
	b.typeInto("Mara")
	b.tabTo("textbox", "Password")
	b.typeInto(goodPassword)
	b.going("/", kb.Enter)
	b.sees("Hello, Mara")
}

// openMenu opens the menu of a row with Space.
func (b *tab) openMenu(name string) {
	b.Helper()
	b.tabTo("button", "More for "+name)
	b.press(" ")
	b.onFocus("link", "Edit profile")
}

// askToDelete opens the dialog that asks before a deletion, from the menu.
func (b *tab) askToDelete(name string) {
	b.Helper()
	b.openMenu(name)
	b.press(kb.End)
	b.onFocus("link", "Delete…")
	b.press(kb.Enter)
	b.find("dialog", "Delete "+name+"?")
}

// typeInto presses the keys of the text, in the place of what the field holds.
func (b *tab) typeInto(text string) {
	b.Helper()
	b.press("a", kb.ModifierCtrl)
	b.press(text)
}

// enter walks to a link or button and presses it, which leads to another page.
func (b *tab) enter(role, name, pattern string) {
	b.Helper()
	b.tabTo(role, name)
	b.going(pattern, kb.Enter)
}

// going presses a key that leads to another page.
func (b *tab) going(pattern, key string) {
	b.Helper()
	b.leaving()
	b.press(key)
	b.at(pattern)
}

// mostStops is more than the longest page has.
const mostStops = 80

// tabTo presses Tab until the element has the focus, and sees at each stop that
// one can tell where the focus is.
func (b *tab) tabTo(role, name string) {
	b.Helper()
	b.tabPast(func(hereRole, hereName string) bool { return hereRole == role && hereName == name }, role+" "+name)
}

func (b *tab) tabPast(there func(role, name string) bool, what string) {
	b.Helper()
	var passed []string
	for range mostStops {
		role, name := b.focused()
		if there(role, name) {
			return
		}
		b.press(kb.Tab)
		b.showsFocus()
		passed = append(passed, role+" "+strconv.Quote(name))
	}
	b.give("Tab does not come to %s, but past %q", what, passed)
}

// arrowTo presses the arrow down until the element has the focus.
func (b *tab) arrowTo(role, name string) {
	b.Helper()
	for range mostStops {
		if hereRole, hereName := b.focused(); hereRole == role && hereName == name {
			return
		}
		b.press(kb.ArrowDown)
		b.showsFocus()
	}
	b.give("the arrows do not come to the %s %q", role, name)
}

// onFocus waits for the element to have the focus, visibly.
func (b *tab) onFocus(role, name string) {
	b.Helper()
	b.until(fmt.Sprintf("the focus is on the %s %q", role, name), func() bool {
		hereRole, hereName := b.focused()
		return hereRole == role && hereName == name
	})
	b.showsFocus()
}

// focused is the role and the name of what has the focus.
func (b *tab) focused() (role, name string) {
	active, err := chromedp.Call(b.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement"})
	if err != nil || active.Result == nil || active.Result.ObjectID == "" {
		return "", ""
	}
	alone := false
	tree, err := chromedp.Call(b.ctx, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{
		ObjectID: active.Result.ObjectID, FetchRelatives: &alone,
	})
	if err != nil || len(tree.Nodes) == 0 {
		return "", ""
	}
	return said(tree.Nodes[0].Role), said(tree.Nodes[0].Name)
}

// said is a value of the accessibility tree that is a text.
func said(value *accessibility.Value) string {
	if value == nil {
		return ""
	}
	text, err := strconv.Unquote(string(value.Value))
	if err != nil {
		return ""
	}
	return text
}

// showsFocus fails the journey unless what has the focus lies on the screen,
// under nothing else, with a ring around it.
func (b *tab) showsFocus() {
	b.Helper()
	wrong, ok := ask[string](b, `(() => {
		const e = document.activeElement;
		if (!e || e === document.body) return "nothing has the focus";
		const box = e.getBoundingClientRect();
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		const name = e.outerHTML.slice(0, 150);
		if (box.width < 1 || box.height < 1) return "nothing to see of " + name;
		if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "off the screen: " + name;
		const top = document.elementFromPoint(x, y);
		if (!(e.contains(top) || top?.contains(e))) return "under " + top?.outerHTML.slice(0, 100) + ": " + name;
		const { outlineStyle, outlineWidth } = getComputedStyle(e);
		if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return "no ring around " + name;
		return "";
	})()`)
	if !ok || wrong != "" {
		b.give("the focus: %s", wrong)
	}
}
