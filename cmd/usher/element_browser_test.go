package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Elements are found the way a screen reader names them: by role and accessible
// name. What has no name, or the wrong one, is not found.

// find waits for the one element with this role and name.
func (b *tab) find(role, name string) cdp.BackendNodeID {
	b.Helper()
	var found []cdp.BackendNodeID
	b.until(fmt.Sprintf("there is one %s called %q", role, name), func() bool {
		found = b.all(role, name)
		return len(found) == 1
	})
	return found[0]
}

// has says whether there is such an element now.
func (b *tab) has(role, name string) bool { return len(b.all(role, name)) > 0 }

// lacks waits until there is no such element.
func (b *tab) lacks(role, name string) {
	b.Helper()
	b.until(fmt.Sprintf("there is no %s called %q", role, name), func() bool { return !b.has(role, name) })
}

func (b *tab) all(role, name string) []cdp.BackendNodeID {
	document, err := chromedp.Call(b.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document"})
	if err != nil || document.Result == nil {
		return nil
	}
	tree, err := chromedp.Call(b.ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{
		ObjectID: document.Result.ObjectID, Role: role, AccessibleName: name,
	})
	if err != nil {
		return nil
	}
	var found []cdp.BackendNodeID
	for _, node := range tree.Nodes {
		if !node.Ignored && !slices.Contains(found, node.BackendDOMNodeID) {
			found = append(found, node.BackendDOMNodeID)
		}
	}
	return found
}

// onElement calls a function of JavaScript with the element as its this.
func onElement[T any](b *tab, element cdp.BackendNodeID, function string, args ...any) (answer T, ok bool) {
	resolved, err := chromedp.Call(b.ctx, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: element})
	if err != nil {
		return answer, false
	}
	answer, err = chromedp.Run(b.ctx, chromedp.CallFunctionOn[T](function, func(p *runtime.CallFunctionOnParams) {
		p.ObjectID = resolved.Object.ObjectID
	}, args...))
	return answer, err == nil
}

// click clicks the element where it is on the screen. It waits for it to come
// out from under whatever covers it.
func (b *tab) click(role, name string) {
	b.Helper()
	b.clickWhen(role+" "+name, b.named(role, name))
}

// named finds the one element with this role and name.
func (b *tab) named(role, name string) func() (cdp.BackendNodeID, bool) {
	return func() (cdp.BackendNodeID, bool) {
		b.Helper()
		return b.find(role, name), true
	}
}

// clickOn clicks what the selector of CSS finds.
func (b *tab) clickOn(selector string) {
	b.Helper()
	b.clickWhen(selector, func() (cdp.BackendNodeID, bool) {
		found, err := chromedp.Call(b.ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.querySelector(" + quoted(selector) + ")"})
		if err != nil || found.Result == nil || found.Result.ObjectID == "" {
			return 0, false
		}
		node, err := chromedp.Call(b.ctx, dom.DescribeNode, dom.DescribeNodeParams{ObjectID: found.Result.ObjectID})
		if err != nil {
			return 0, false
		}
		return node.Node.BackendNodeID, true
	})
}

func (b *tab) clickWhen(what string, find func() (cdp.BackendNodeID, bool)) {
	b.Helper()
	x, y := b.reach(what, find)
	b.mouse(input.DispatchMouseEventTypeMousePressed, x, y)
	b.mouse(input.DispatchMouseEventTypeMouseReleased, x, y)
}

// mouse does something with the left button of the mouse.
func (b *tab) mouse(kind input.DispatchMouseEventType, x, y float64) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{
		Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1,
	})
	b.must(err)
}

// reach waits until the element can be clicked, and is where.
func (b *tab) reach(what string, find func() (cdp.BackendNodeID, bool)) (x, y float64) {
	b.Helper()
	b.until(what+" can be clicked", func() bool {
		element, ok := find()
		if !ok {
			return false
		}
		_, _ = chromedp.Call(b.ctx, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: element})
		shape, err := chromedp.Call(b.ctx, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: element})
		if err != nil || len(shape.Quads) == 0 {
			return false
		}
		quad := shape.Quads[0]
		x, y = (quad[0]+quad[4])/2, (quad[1]+quad[5])/2
		hit, _ := onElement[bool](b, element, `function(x, y) {
			const there = document.elementFromPoint(x, y);
			return this.contains(there) || !!there?.closest("label")?.contains(this);
		}`, x, y)
		return hit
	})
	return x, y
}

// follow clicks a link or a button that leads to another page, and waits for
// it.
func (b *tab) follow(role, name, pattern string) {
	b.Helper()
	b.pass(role, name, pattern)
	b.judge()
}

// pass is follow without a judgement, which takes its time.
func (b *tab) pass(role, name, pattern string) {
	b.Helper()
	b.leaving()
	b.click(role, name)
	b.arrive(pattern)
}

// followOn is follow for what the selector of CSS finds.
func (b *tab) followOn(selector, pattern string) {
	b.Helper()
	b.leaving()
	b.clickOn(selector)
	b.at(pattern)
}

// fill types into the field with this label, in the place of what it held.
func (b *tab) fill(label, text string) {
	b.Helper()
	element := b.field(label)
	if _, err := chromedp.Call(b.ctx, dom.Focus, dom.FocusParams{BackendNodeID: element}); err != nil {
		b.give("focus on %q: %v", label, err)
	}
	if _, ok := onElement[bool](b, element, `function() { this.select(); return true }`); !ok {
		b.give("%q cannot be filled", label)
	}
	if text == "" {
		b.press(kb.Delete)
		return
	}
	b.write(text)
}

// field is the field with this label.
func (b *tab) field(label string) (found cdp.BackendNodeID) {
	b.Helper()
	b.until(fmt.Sprintf("there is one field called %q", label), func() bool {
		all := slices.Concat(b.all("textbox", label), b.all("searchbox", label), b.all("spinbutton", label), b.all("combobox", label))
		if len(all) != 1 {
			return false
		}
		found = all[0]
		return true
	})
	return found
}

// holds waits until the field has this value.
func (b *tab) holds(label, want string) {
	b.Helper()
	b.until(fmt.Sprintf("%q holds %q", label, want), func() bool {
		value, ok := onElement[string](b, b.field(label), `function() { return this.value }`)
		return ok && value == want
	})
}

// ticked waits until the checkbox or radio button is ticked, or is not.
func (b *tab) ticked(role, name string, want bool) {
	b.Helper()
	b.until(fmt.Sprintf("the %s %q is ticked: %t", role, name, want), func() bool {
		checked, ok := onElement[bool](b, b.find(role, name), `function() { return this.checked }`)
		return ok && checked == want
	})
}

// write puts text in at the caret, all at once, as from the clipboard.
func (b *tab) write(text string) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text})
	b.must(err)
}

// press presses keys, one after the other, as a keyboard does: chromedp.KeyEvent
// sends keyDown, after which a page cannot keep the character from coming.
func (b *tab) press(keys string, modifiers ...kb.Modifier) {
	b.Helper()
	for _, key := range keys {
		for _, event := range kb.Encode(key) {
			if event.Type == kb.KeyDown {
				event.Type = input.DispatchKeyEventTypeRawKeyDown
			}
			for _, modifier := range modifiers {
				event.Modifiers |= int64(modifier)
			}
			if event.Type == kb.KeyChar && len(modifiers) > 0 {
				continue
			}
			_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *event)
			b.must(err)
		}
	}
}

// quoted is the text as a literal of JavaScript.
func quoted(text string) string {
	literal, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always can
	}
	return string(literal)
}
