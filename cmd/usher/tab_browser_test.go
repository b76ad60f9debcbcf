package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"usher/internal/chromium"
)

// tab is somebody's browser, which shares no cookies with any other.
type tab struct {
	*journey
	house *program
	ctx   context.Context

	unscripted bool
	look       chromium.Look // between judgements

	mu         sync.Mutex
	complaints []string                   // what the browser's console says is wrong
	pages      map[network.RequestID]bool // what was asked for as a page
}

// visit opens a browser at a house.
func (j *journey) visit(h *program) *tab {
	j.Helper()
	b := &tab{journey: j, house: h, look: desk, pages: map[network.RequestID]bool{}}
	ctx, cancel := chromedp.NewContext(j.browser, chromedp.WithNewBrowserContext(), chromedp.WithListener(b.hear))
	j.Cleanup(cancel)
	b.ctx = ctx
	b.must(chromedp.Do(ctx))
	// Only one window of the machine has the focus; each of these is to behave as if it were that one.
	_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.must(err)
	b.must(desk.Apply(ctx))
	return b
}

// visitUnscripted opens a browser in which no page may run a script.
func (j *journey) visitUnscripted(h *program) *tab {
	j.Helper()
	b := j.visit(h)
	b.unscripted = true
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.must(err)
	return b
}

// hear keeps what the console complains of: exceptions, errors, and what the
// Content-Security-Policy kept from happening.
func (b *tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complain("exception: " + e.ExceptionDetails.Text + " " + describe(e.ExceptionDetails.Exception))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeAssert || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.complain(fmt.Sprintf("console: %s %s", e.Type, describe(e.Args...)))
		}
	case *network.EventRequestWillBeSent:
		b.mu.Lock()
		b.pages[e.RequestID] = e.Type == network.ResourceTypeDocument
		b.mu.Unlock()
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && !b.isPage(e.Entry.NetworkRequestID) {
			b.complain(fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	}
}

// isPage holds for what was asked for as a page. To the console a refusal is an
// error; here the journey says what page it wants to see.
func (b *tab) isPage(request network.RequestID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pages[request]
}

// refuses expects that Usher has refused with this status what the page asked
// for by itself, of which the console complains.
func (b *tab) refuses(status int) {
	b.Helper()
	refusal := fmt.Sprintf("status of %d ", status)
	b.until("the console tells of the "+refusal, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		before := len(b.complaints)
		b.complaints = slices.DeleteFunc(b.complaints, func(c string) bool { return strings.Contains(c, refusal) })
		return len(b.complaints) < before
	})
}

func describe(objects ...*runtime.RemoteObject) string {
	var words []string
	for _, o := range objects {
		if o != nil {
			words = append(words, o.Description+string(o.Value))
		}
	}
	return strings.Join(words, " ")
}

func (b *tab) complain(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, text)
}

// heard is what the console has complained of since the last time.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	complaints := b.complaints
	b.complaints = nil
	return complaints
}

// ask evaluates a script in the page; ok is false while the page is not there
// to answer.
func ask[T any](b *tab, script string) (answer T, ok bool) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	return answer, err == nil
}

// until waits for something to be so, and fails the journey when it never is.
func (b *tab) until(what string, yes func() bool) {
	b.Helper()
	for deadline := time.Now().Add(patience); !yes(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.give("never so: %s", what)
		}
	}
}

// give ends the journey, and says what was on the screen. With
// `go test -artifacts` a picture of it is kept.
func (b *tab) give(format string, args ...any) {
	b.Helper()
	where, _ := ask[string](b, `location.href`)
	text, _ := ask[string](b, `document.body.innerText`)
	if picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot()); err == nil {
		_ = os.WriteFile(filepath.Join(b.ArtifactDir(), "screen.png"), picture, 0o600)
	}
	b.Fatalf("%s\nat %s\nconsole: %q\n%s\nthe log:\n%s", fmt.Sprintf(format, args...), where, b.heard(), text, b.house.err)
}

// open goes to an address of the house, and judges the page.
func (b *tab) open(address string) {
	b.Helper()
	b.wander(address, address)
}

// wander goes to an address, and arrives where that leads.
func (b *tab) wander(address, pattern string) {
	b.Helper()
	b.must(chromedp.Do(b.ctx, chromedp.Navigate(b.house.address+address)))
	b.at(pattern)
}

// back goes back as the browser's button does.
func (b *tab) back() error { return chromedp.Do(b.ctx, chromedp.NavigateBack()) }

// at waits until the page with this address is there, and judges it. The
// address may be a pattern, as of path.Match.
func (b *tab) at(pattern string) {
	b.Helper()
	b.arrive(pattern)
	b.judge()
}

func (b *tab) arrive(pattern string) {
	b.Helper()
	b.until("at "+pattern, func() bool {
		here, ok := ask[string](b, `document.readyState === "complete" && !document.body.left ? location.pathname + location.search : ""`)
		if !ok || here == "" {
			return false
		}
		matched, err := path.Match(pattern, here)
		return err == nil && matched || here == pattern
	})
}

// leaving marks the page that is there as the old one, so that at waits for the
// next even when that has the same address.
func (b *tab) leaving() {
	b.Helper()
	if _, ok := ask[bool](b, `document.body.left = true`); !ok {
		b.give("the page cannot be marked")
	}
}

// sees waits until the page shows the words.
func (b *tab) sees(words string) {
	b.Helper()
	b.until("the page says "+words, func() bool { return strings.Contains(b.text(), words) })
}

// seesNo waits until the page does not show the words.
func (b *tab) seesNo(words string) {
	b.Helper()
	b.until("the page no longer says "+words, func() bool {
		text := b.text()
		return text != "" && !strings.Contains(text, words)
	})
}

// text is what the page shows, and its messages, which leave the screen after a
// while.
func (b *tab) text() string {
	text, _ := ask[string](b, `[document.body, ...document.querySelectorAll(".toast")].map(e => e.innerText || e.textContent).join("\n")`)
	return text
}
