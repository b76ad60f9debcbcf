package main

import (
	"errors"
	"hash/crc32"
	"io/fs"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"usher/internal/chromium"
)

var (
	desk = chromium.Look{Width: 1280, Height: 900}
	// looks are the two ways in which a page is looked at: each has both widths
	// and both schemes of colour, one of each together.
	looks = [][]chromium.Look{
		{{Width: 390, Height: 844}, {Width: 1280, Height: 900, Dark: true}},
		{{Width: 390, Height: 844, Dark: true}, desk},
	}
)

// axeFile is where `make tools` puts axe-core.
const axeFile = "../../.tools/node_modules/axe-core/axe.min.js"

// readAxe is the source of axe-core, or "" where it has not been fetched and
// need not be.
func readAxe(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(axeFile)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Log("Without axe-core: accessibility is not checked. `make tools` fetches it.")
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// judge holds the page, as it is now, to what is asked of every page: axe-core
// finds nothing, on a desk and on a phone, once in light and once in dark (which
// goes with which is for the page's build to say); nothing sticks out sideways;
// and the console has nothing to complain of. The side bar is judged apart from
// the rest, since it is the same on most pages. What differs only in its words
// from what was judged before, or in how many rows it has, is not looked at again.
func (b *tab) judge() {
	b.Helper()
	for _, complaint := range b.heard() {
		b.Errorf("%s: %s", b.where(), complaint)
	}
	built, ok := ask[struct{ Page, Side string }](b, builds)
	if !ok {
		b.give("there is no page to judge")
	}
	within := `document`
	_, sideKnown := b.judged.LoadOrStore(built.Side, true)
	switch _, pageKnown := b.judged.LoadOrStore(built.Page, true); {
	case pageKnown && (sideKnown || built.Side == ""):
		return
	case pageKnown:
		within = `{ include: [".side"] }`
	case sideKnown:
		within = `{ exclude: [".side"] }`
	}
	defer func() { b.must(b.look.Apply(b.ctx)) }()
	for _, look := range looks[crc32.ChecksumIEEE([]byte(built.Page))%2] {
		b.must(look.Apply(b.ctx))
		if wide, ok := ask[string](b, widest); !ok || wide != "" {
			b.give("%s: sticks out to the side: %s", look, wide)
		}
		for _, finding := range b.findings(within, look) {
			b.Errorf("%s, %s: axe: %s", b.where(), look, finding)
		}
	}
}

func (b *tab) where() string {
	where, _ := ask[string](b, `location.pathname + location.search`)
	return where
}

// builds are how the side bar and the rest of the page are built: their elements
// with their classes and the names of their attributes, what stands several times
// in a row once, without a word of its text.
const builds = `(() => {
	const side = document.querySelector(".side");
	const of = e => {
		const attributes = [...e.attributes].map(a => ["class", "role", "type"].includes(a.name) ? a.value.replace(/\d+/g, "0") : a.name);
		const parts = [...e.children].filter(c => c.type !== "hidden" && c !== side).map(of).filter((part, i, all) => part !== all[i - 1]);
		return "<" + e.tagName + " " + attributes.sort().join(" ") + (e.childElementCount || !e.textContent.trim() ? "" : " …") + ">" + parts.join("") + "</>";
	};
	return { Page: of(document.body), Side: side ? of(side) : "" };
})()`

// widest names what makes the page wider than the screen; "" when nothing does.
const widest = `(() => {
	const room = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= room) return "";
	const over = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > room);
	return document.documentElement.scrollWidth + " px: " + over.map(e => e.tagName + "." + e.className).slice(-5).join(", ");
})()`

// findings are what axe-core finds within a part of the page. Dark differs from light in its
// colours alone, so only the rules about those are asked again.
func (b *tab) findings(within string, look chromium.Look) []string {
	b.Helper()
	if b.axe == "" {
		return nil
	}
	if b.unscripted {
		b.scripts(true)
		defer b.scripts(false)
	}
	if there, ok := ask[bool](b, `"axe" in window`); !ok || !there {
		if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](b.axe)); err != nil {
			b.give("put axe-core into the page: %v", err)
		}
	}
	rules := `{ rules: { "target-size": { enabled: true } } }`
	if look.Dark {
		rules = `{ runOnly: ["color-contrast", "link-in-text-block"] }`
	}
	findings, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](axeRun+"("+within+", "+rules+")", chromedp.EvalAwaitPromise))
	if err != nil {
		b.give("run axe-core: %v", err)
	}
	return findings
}

func (b *tab) scripts(allowed bool) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !allowed})
	b.must(err)
}

// axeRun asks axe-core for every rule that is not experimental or beyond level
// AA, unless the options say otherwise. By itself it leaves out the size of
// targets.
const axeRun = `((within, options) => axe.run(within, { resultTypes: ["violations"], preload: false, ...options })
	.then(result => result.violations.flatMap(rule => rule.nodes.map(node =>
		rule.id + ": " + node.html + " " + node.failureSummary.replace(/\s+/g, " ")))))`
