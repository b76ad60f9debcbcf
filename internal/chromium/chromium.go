// Package chromium starts this machine's Chromium, to walk through Usher's pages
// in tests and to take their pictures.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// ErrNone is returned where there is no Chromium to start.
var ErrNone = errors.New("there is no Chromium on this machine: none of chromium, chromium-browser and google-chrome is in the PATH")

// Find is the path of the Chromium to start. It returns ErrNone where there is
// none.
func Find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNone
}

// leftOut are features of Chromium that cost more than the pages themselves: the
// pop-up of the address bar is a page of seventy scripts in every window, and a
// renderer is started in advance for each tab. The last two are those that
// chromedp leaves out by itself.
const leftOut = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess,Translate,BlinkGenPropertyTrees"

// Start starts the Chromium at path, without a window and with a profile of its
// own. Contexts made from the returned one with chromedp.NewContext are tabs of
// it; stop ends the process, waits for its end and removes the profile.
func Start(ctx context.Context, path string) (_ context.Context, stop func() error, err error) {
	profile, err := os.MkdirTemp("", "usher-chromium-")
	if err != nil {
		return nil, nil, fmt.Errorf("make a profile for the browser: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-features", leftOut),
	)
	ctx, letGo := chromedp.NewExecAllocator(ctx, options...)
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		letGo()
		return nil, nil, errors.Join(fmt.Errorf("start %s: %w", path, err), remove(profile))
	}
	stop = func() error {
		err := chromedp.Cancel(ctx)
		letGo()
		return errors.Join(err, remove(profile))
	}
	return ctx, stop, nil
}

// remove removes the profile. Children of the browser that outlive it for a
// moment may still write there, so that a first try may find new files.
func remove(profile string) (err error) {
	for range 50 {
		if err = os.RemoveAll(profile); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("remove the browser's profile: %w", err)
}

// Look is how a page is looked at.
type Look struct {
	Width, Height int64
	Dark          bool
	Scale         float64 // device pixels for each CSS pixel; 0 means 1
}

// String says what the look is, such as "390 px wide, dark".
func (l Look) String() string {
	return fmt.Sprintf("%d px wide, %s", l.Width, l.scheme())
}

func (l Look) scheme() string {
	if l.Dark {
		return "dark"
	}
	return "light"
}

// Apply has the tab of ctx look so from now on, with nothing moving.
func (l Look) Apply(ctx context.Context) error {
	_, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: l.Width, Height: l.Height, DeviceScaleFactor: max(l.Scale, 1),
	})
	if err != nil {
		return fmt.Errorf("set the size of the page: %w", err)
	}
	_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: l.scheme()},
			{Name: "prefers-reduced-motion", Value: "reduce"},
		},
	})
	if err != nil {
		return fmt.Errorf("set the colours of the page: %w", err)
	}
	return nil
}
