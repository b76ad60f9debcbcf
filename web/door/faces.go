package door

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/auth"
	"usher/store"
	"usher/views"
	"usher/web/page"
)

// Where people come in, and where they let somebody else in.
const (
	signInPath = "/sign-in"
	switchPath = "/switch"
)

// maxSearch is how many bytes of a search are looked at: the longest name has no
// more.
const maxSearch = 256

// doorway is what the pages have in common at which people come in.
func (h *Handlers) doorway(c echo.Context, path, next string) (views.Doorway, error) {
	viewer := page.From(c)
	providers, err := h.Store.Providers(c.Request().Context())
	if err != nil {
		return views.Doorway{}, err
	}
	doorway := views.Doorway{
		ServerName: viewer.Settings.ServerName, Path: path, Next: next, AtHome: viewer.Location.Home,
		Away: viewer.Dormant != 0, AtHomeOnly: viewer.AtHomeOnly, SignedOut: c.QueryParam("signed-out") != "",
		Passkeys: auth.PasskeySite(c.Request(), viewer.Settings) != "",
		Current:  viewer.User.ID, Recovers: viewer.Settings.MailsStrangers(),
	}
	if viewer.SignedIn() {
		return doorway, nil
	}
	doorway.Register = viewer.Settings.RegistrationShut() == ""
	doorway.Providers = views.SignInChoices(providers, next)
	if farewell, offered := h.Connect.Farewell(c.Request()); offered && doorway.SignedOut {
		for _, provider := range providers {
			if provider.ID == farewell.Provider {
				doorway.Farewell = provider.Name
			}
		}
	}
	return doorway, nil
}

// askWho shows the faces at home, or the one that was picked. Away, where there
// are none, and for those who would rather type, it asks for a name and a
// password.
func (h *Handlers) askWho(c echo.Context, path, next string) error {
	doorway, err := h.doorway(c, path, next)
	if err != nil {
		return err
	}
	picked := signInForm{User: c.QueryParam("user")}.picked(page.From(c))
	switch {
	case !doorway.AtHome || c.QueryParam("by") == views.ByName:
		return h.Render(c, http.StatusOK, views.SignIn(views.SignInPage{Doorway: doorway}))
	case picked != 0:
		return h.askFace(c, http.StatusOK, doorway, face{id: picked, typed: store.Asking(c.QueryParam("by"))})
	}
	return h.showFaces(c, http.StatusOK, doorway)
}

// face is somebody who was picked.
type face struct {
	id    int64
	tried bool         // and was not let in
	pin   string       // what is wrong with the PIN, if anything
	typed store.Asking // with this, or would type this rather than what is asked for
}

// askFace asks whoever was picked for what it takes, or shows the faces where
// there is nobody like that any more.
func (h *Handlers) askFace(c echo.Context, status int, doorway views.Doorway, f face) error {
	user, err := h.Porter.Face(c.Request().Context(), f.id, page.From(c).Location)
	if errors.Is(err, auth.ErrNoFace) {
		doorway.Problem = "Whoever you chose cannot be chosen here any more. Choose who is there."
		return h.showFaces(c, http.StatusNotFound, doorway)
	}
	if err != nil {
		return err
	}
	model := views.SignInFacePage{Doorway: doorway, User: user, Asks: user.Asks(), Tried: f.tried, Typed: f.typed, PINProblem: f.pin}
	if f.typed == store.AsksPassword && user.HasPassword {
		model.Asks = store.AsksPassword
	}
	if f.tried && model.Asks == store.AsksNothing {
		model.Problem = user.Name + " comes in without anything by now."
	}
	return h.Render(c, status, views.SignInFace(model))
}

// askNamed asks whoever has typed a name for the PIN where that is how they come
// in at home, whether their face shows or not, and else for name and password
// again.
func (h *Handlers) askNamed(c echo.Context, status int, doorway views.Doorway, form signInForm, why error) error {
	model := views.SignInPage{Doorway: doorway, Name: form.Name}
	if form.PIN == "" && !errors.Is(why, auth.ErrAsksPIN) {
		return h.Render(c, status, views.SignIn(model))
	}
	known, err := h.Store.Credentials(c.Request().Context(), form.Name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err != nil || !h.Porter.TypesPIN(known.User, page.From(c).Location) {
		return h.Render(c, status, views.SignIn(model))
	}
	model.Problem = ""
	return h.Render(c, status, views.SignInFace(views.SignInFacePage{
		Doorway: model.Doorway, User: known.User, Named: true, Asks: store.AsksPIN, Typed: store.AsksPIN, PINProblem: page.PINProblem(why),
	}))
}

// showFaces shows who is there. Where nobody is to be seen, it asks for a name.
func (h *Handlers) showFaces(c echo.Context, status int, doorway views.Doorway) error {
	query := c.QueryParams()
	search := page.SearchText(query, maxSearch)
	found, err := h.Store.Faces(c.Request().Context(), search, page.Number(query))
	if err != nil {
		return err
	}
	if found.Total == 0 && search == "" {
		return h.Render(c, status, views.SignIn(views.SignInPage{Doorway: doorway}))
	}
	return h.Render(c, status, views.Faces(views.FacesPage{Doorway: doorway, Search: search, Found: found}))
}
