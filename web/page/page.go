// Package page is what every handler needs: the viewer, rendering, flashes and
// the decoding of forms.
package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/outside"
	"usher/playing"
	"usher/store"
	"usher/views"
	"usher/views/ui"
)

// Core is what handlers work with.
type Core struct {
	Store    *store.Store
	Hasher   *auth.Hasher
	Porter   *auth.Porter
	Sessions *auth.Sessions
	Connect  *auth.Connect
	Passkeys *auth.Passkeys
	Log      *slog.Logger
	Plays    *playing.Plays  // what plays now
	Outside  *outside.Client // asks what channels name

	networks  atomic.Pointer[parsedNetworks]
	streams   streams
	zones     sync.Map // time zones by name
	flows     *places  // by session
	userFlows *places  // by user
}

// NewCore wires what handlers work with around st, hasher, the server's key and
// client.
func NewCore(st *store.Store, hasher *auth.Hasher, key *auth.Key, client *outside.Client, log *slog.Logger) *Core {
	core := &Core{
		Store: st, Hasher: hasher, Porter: auth.NewPorter(st, hasher, key), Sessions: auth.NewSessions(st), Connect: auth.NewConnect(st), Passkeys: auth.NewPasskeys(st, key), Log: log,
		Plays: playing.New(st.Now), Outside: client, flows: newPlaces(maxFlows, maxAllFlows), userFlows: newPlaces(maxUserFlows, maxAllFlows),
		streams: streams{places: newPlaces(maxStreams, maxAllStreams), stopped: make(chan struct{})},
	}
	return core
}

// Viewer is who asks, and from where. User is the zero User for somebody who
// is not signed in.
type Viewer struct {
	Session  store.Session
	User     store.User
	Location auth.Location
	Settings store.Settings
	// Dormant is the session of a browser that is away now and counts at home
	// only, since it began without a password or its user may use Usher nowhere
	// else (AtHomeOnly); 0 for none.
	Dormant    int64
	AtHomeOnly bool

	now    time.Time  // of the request
	viewed store.User // as whom the viewer looks; the zero User for none
}

const viewerKey = "viewer"

// SignedIn says whether somebody is signed in.
func (v *Viewer) SignedIn() bool { return v.User.ID != 0 }

// NewSession is a session for the viewer's browser with a new token.
func (p *Core) NewSession(c echo.Context) (token string, session store.NewSession, err error) {
	browser, err := p.Sessions.Browser(c.Request())
	if err != nil {
		return "", session, err
	}
	viewer, agent := From(c), c.Request().UserAgent()
	token, hash := auth.NewToken()
	return token, store.NewSession{
		TokenHash: hash, Address: viewer.Location.Text(), AtHome: viewer.Location.Home, Browser: browser, UserAgent: agent, Device: auth.DeviceName(agent), Form: auth.DeviceForm(agent),
	}, nil
}

// From is the viewer of the request.
func From(c echo.Context) *Viewer {
	viewer, ok := c.Get(viewerKey).(*Viewer)
	if !ok {
		return &Viewer{}
	}
	return viewer
}

// Identify is the middleware that finds out who asks, before any guard.
func (p *Core) Identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		viewer, err := p.viewer(c.Request(), p.Sessions.Load)
		if err != nil {
			return err
		}
		if viewer.SignedIn() {
			p.noteSeen(c.Request().Context(), viewer)
		}
		c.Set(viewerKey, viewer)
		return next(c)
	}
}

func (p *Core) viewer(r *http.Request, load func(*http.Request) (store.Session, bool, error)) (*Viewer, error) {
	session, signedIn, err := load(r)
	if err != nil {
		return nil, err
	}
	viewer := &Viewer{}
	if viewer.Settings, err = p.Store.Settings(r.Context()); err != nil {
		return nil, err
	}
	viewer.Location = p.Locate(r, viewer.Settings)
	if !signedIn {
		return viewer, nil
	}
	barred := session.User.BarredFrom(viewer.Location.Home)
	if barred || session.Strength.HomeOnly() && !viewer.Location.Home {
		viewer.Dormant, viewer.AtHomeOnly = session.ID, barred
		return viewer, nil
	}
	viewer.Session, viewer.User, viewer.now = session, session.User, p.Store.Now()
	return viewer, p.findViewed(r.Context(), viewer)
}

// seenEvery is how often at the most a viewer's presence is written down.
const seenEvery = time.Minute

// noteSeen notes about once a minute that the viewer is here. A disk that is
// full must not keep people from reading, so a failure is only logged.
func (p *Core) noteSeen(ctx context.Context, v *Viewer) {
	if p.Store.Now().Sub(v.Session.LastSeenAt) < seenEvery {
		return
	}
	if err := p.Store.Seen(ctx, v.Session, v.Location.Text(), v.Location.Home); err != nil {
		p.Log.Warn("cannot note who is here", "user", v.User.ID, "error", err)
	}
}

// parsedNetworks are the networks and the name in the settings, parsed once for
// each text.
type parsedNetworks struct {
	home, trusted, address string
	networks               auth.Networks
}

// Locate tells where a request comes from by these settings.
func (p *Core) Locate(r *http.Request, settings store.Settings) auth.Location {
	parsed := p.networks.Load()
	if parsed == nil || parsed.home != settings.HomeNetworks || parsed.trusted != settings.TrustedProxies || parsed.address != settings.Address {
		parsed = &parsedNetworks{home: settings.HomeNetworks, trusted: settings.TrustedProxies, address: settings.Address}
		parsed.networks.Host = auth.HostOf(settings.Address)
		var err error
		if parsed.networks.Home, err = auth.ParseNetworks(settings.HomeNetworks); err != nil {
			p.Log.Error("the home networks cannot be read: nobody is at home", "error", err)
		}
		if parsed.networks.Trusted, err = auth.ParseProxies(settings.TrustedProxies); err != nil {
			p.Log.Error("the trusted proxies cannot be read: none is trusted", "error", err)
		}
		p.networks.Store(parsed)
	}
	return parsed.networks.Locate(r)
}

// Layout is the shell around a page of somebody who is signed in. It takes the
// flashes that were left for it.
func (p *Core) Layout(c echo.Context, title, section string) (ui.Layout, error) {
	if From(c).Admin() {
		return p.layout(c, title, section)
	}
	return p.Shell(c, title, section)
}

func (p *Core) layout(c echo.Context, title, section string) (ui.Layout, error) {
	viewer := From(c)
	layout := ui.Layout{
		Title: title, Section: section, ServerName: viewer.Settings.ServerName,
		Me: views.Face(viewer.User), MeRole: viewer.User.Role.Label(), Admin: viewer.Actor().IsAdministrator(),
		MayPassword: viewer.User.MayChangePassword, Look: string(viewer.User.Look), Here: here(c.Request()),
	}
	flashes, err := p.Sessions.TakeFlashes(c.Request(), c.Response())
	if err != nil {
		p.Log.Warn("cannot show what was just done", "error", err)
	}
	for _, flash := range flashes {
		layout.Flash = append(layout.Flash, ui.Flash(flash))
	}
	for _, ended := range p.Plays.Untold(viewer.Session.ID) {
		layout.Flash = append(layout.Flash, ui.Flash{Kind: "warn", Text: views.StoppedPlay(ended.Name, ended.Word)})
	}
	if layout.ViewAs = viewer.ViewAs(c); viewer.ViewingAs() && !layout.ViewAs.Area {
		layout.Admin = false // the shell is that of whom the viewer looks as
	}
	if !viewer.Admin() || !layout.Admin {
		return layout, nil
	}
	layout.Counts, err = p.counts(c.Request().Context())
	return layout, err
}

// maxHere is how long the address of a page may be that is come back to, in bytes:
// longer than any that Usher makes.
const maxHere = 2000

// here is the address of the page, for coming back to it.
func here(r *http.Request) string {
	address := r.URL.RequestURI()
	if r.Method != http.MethodGet && r.Method != http.MethodHead || len(address) > maxHere {
		return "/account"
	}
	return address
}

func (p *Core) counts(ctx context.Context) (ui.Counts, error) {
	counts := ui.Counts{}
	for _, of := range []struct {
		list store.List
		into *int
	}{{store.ListLocal, &counts.Users}, {store.ListGuests, &counts.Guests}, {store.ListInvited, &counts.Invitations}} {
		var err error
		if *of.into, err = p.Store.CountUsers(ctx, of.list, store.FilterEveryone); err != nil {
			return ui.Counts{}, err
		}
	}
	libraries, channels, err := p.Store.Media(ctx)
	counts.Libraries, counts.Channels = len(libraries), len(channels)
	return counts, err
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render draws the page into a buffer first, so that an error on the way is
// still answered as one, and sends it with its status.
func (p *Core) Render(c echo.Context, status int, component templ.Component) error {
	buffer, ok := buffers.Get().(*bytes.Buffer)
	if !ok {
		buffer = new(bytes.Buffer)
	}
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := component.Render(c.Request().Context(), buffer); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	c.Response().Header()[echo.HeaderContentLength] = []string{strconv.Itoa(buffer.Len())}
	return c.HTMLBlob(status, buffer.Bytes())
}

// Done answers a change that was made: it leaves the message for the next page
// and leads there.
func (p *Core) Done(c echo.Context, to, message string) error {
	return p.leave(c, to, auth.Flash{Text: message})
}

// DoneBut is Done with a message that stays on the page, since it asks for
// attention.
func (p *Core) DoneBut(c echo.Context, to, message string) error {
	return p.leave(c, to, auth.Flash{Kind: "warn", Text: message})
}

// NotDone leads on with a message about what could not be done.
func (p *Core) NotDone(c echo.Context, to, message string) error {
	return p.leave(c, to, auth.Flash{Kind: "bad", Text: message})
}

// leave leads on with a message. What was done is done even where the message
// cannot be kept, on a disk that has just become full: that is only logged.
func (p *Core) leave(c echo.Context, to string, flash auth.Flash) error {
	if flash.Text != "" {
		if err := p.Sessions.AddFlash(c.Request(), c.Response(), flash); err != nil {
			p.Log.Warn("cannot say what was just done", "error", err)
		}
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// Invalid is what is wrong with a form, where err says so. Other errors are
// returned by the handler as they are.
func Invalid(err error) (problems []store.Problem, ok bool) {
	var invalid *store.Invalid
	if !errors.As(err, &invalid) {
		return nil, false
	}
	return slices.Clone(invalid.Problems), true
}

// BaseURL is the address that links are made with: the configured one, or else
// the one that this request came to.
func BaseURL(c echo.Context) (address string, configured bool) {
	if address := From(c).Settings.Address; address != "" {
		return address, true
	}
	return (&url.URL{Scheme: "http", Host: c.Request().Host}).String(), false
}
