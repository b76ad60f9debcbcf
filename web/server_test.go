package web_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"usher/store"
)

func TestHeaders(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(atHome)
	for path, want := range map[string]map[string]string{
		"/sign-in": {
			"Content-Security-Policy":   "default-src 'self'",
			"X-Content-Type-Options":    "nosniff",
			"Referrer-Policy":           "same-origin",
			"Permissions-Policy":        "camera=()",
			"Cache-Control":             "no-store",
			"Content-Type":              "text/html",
			"Strict-Transport-Security": "",
		},
		"/reset/made-up": {"Referrer-Policy": "strict-origin"},
		"/setup?code=x":  {"Referrer-Policy": "strict-origin"},
		"/nothing/here":  {"Cache-Control": "no-store", "Content-Security-Policy": "frame-ancestors 'none'"},
	} {
		got := b.get(path).Header
		for name, value := range want {
			if value == "" && got.Get(name) != "" || !strings.Contains(got.Get(name), value) {
				t.Errorf("%s: %s is %q, want %q", path, name, got.Get(name), value)
			}
		}
		if strings.Contains(got.Get("Content-Security-Policy"), "unsafe") {
			t.Errorf("%s: the policy has an unsafe word", path)
		}
	}
}

func TestAssetsAreKept(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(atHome)
	b.header.Set("Accept-Encoding", "gzip")
	style, ok := b.get("/sign-in").doc().Find("link[rel=stylesheet]").Attr("href")
	if !ok {
		t.Fatal("the sign-in page has no style")
	}
	asset := b.get(style).want(http.StatusOK)
	if got := asset.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control of the style is %q", got)
	}
	if got := asset.Header.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("the style is sent as %q", got)
	}
}

func TestSecureAddress(t *testing.T) {
	h := newHousehold(t)
	settings, err := h.store.Settings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	settings.Address = "https://home.example"
	if err := h.store.SaveSettings(context.Background(), h.asOwner(), settings); err != nil {
		t.Fatal(err)
	}
	b := h.browser(away)
	answer := b.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusSeeOther)
	cookie := answer.Header.Values("Set-Cookie")[0]
	for _, part := range []string{"__Host-usher_session=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie %q has no %s", cookie, part)
		}
	}
	if got := answer.Header.Get("Strict-Transport-Security"); !strings.Contains(got, "max-age=") {
		t.Errorf("Strict-Transport-Security is %q", got)
	}
	plain := h.browser(away)
	plain.header.Set("Origin", "http://usher.example")
	plain.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusUnprocessableEntity).says("https://home.example")
}

func TestBadRequests(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(atHome)
	b.get("/nothing/here").want(http.StatusNotFound).says("There is nothing here")
	b.get("/static/made-up.css").want(http.StatusNotFound).says("There is nothing here")
	b.send(http.MethodPut, "/sign-in", "", nil).want(http.StatusNotFound).says("There is nothing here")
	b.send(http.MethodPost, "/sign-in", "application/json", strings.NewReader(`{"name":"Mara"}`)).want(http.StatusUnsupportedMediaType)
	b.send(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", strings.NewReader("name=%zz")).want(http.StatusBadRequest)
	huge := io.LimitReader(endless('a'), 50<<20)
	b.send(http.MethodPost, "/sign-in", "application/x-www-form-urlencoded", io.MultiReader(strings.NewReader("name="), huge)).
		want(http.StatusRequestEntityTooLarge).says("too much at once")
	b.get("/sign-in").want(http.StatusOK)
}

// endless is a reader of one byte for ever.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestFormsFromElsewhere(t *testing.T) {
	h := newHousehold(t)
	for _, header := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"},
		{"Origin": "https://evil.example"},
		{"Origin": "null"},
	} {
		b := h.signedIn("Mara", atHome)
		for name, value := range header {
			b.header.Set(name, value)
		}
		b.post("/sign-out", nil).want(http.StatusForbidden).says("came from elsewhere")
		b.header = http.Header{}
		b.get("/admin").want(http.StatusSeeOther)
		if got := b.get("/admin").Location; got != "/admin/users" {
			t.Errorf("after a form from elsewhere (%v) the owner is sent to %s", header, got)
		}
	}
}

func TestQueryFillsNoForm(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(atHome)
	b.post("/sign-in?"+signInForm("Mara", goodPassword).Encode(), nil).want(http.StatusUnprocessableEntity)
}

func TestForgedHome(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP"} {
		b := h.browser(away)
		b.header.Set(header, "192.168.1.2")
		b.post("/sign-in", signInForm("Nils", "")).want(http.StatusUnprocessableEntity)
		near := h.browser(atHome)
		near.header.Set(header, "192.168.1.2")
		near.post("/sign-in", signInForm("Nils", "")).want(http.StatusUnprocessableEntity)
	}
}

// TestHomeSessionAway holds a session without a password to the house.
func TestHomeSessionAway(t *testing.T) {
	h := newHousehold(t)
	h.add("Nils", "")
	b := h.browser(atHome)
	b.post("/sign-in", signInForm("Nils", "")).want(http.StatusSeeOther)
	b.address = away
	if got := b.get("/account").want(http.StatusSeeOther).Location; !strings.HasPrefix(got, "/sign-in") {
		t.Errorf("away, a session without a password is sent to %s", got)
	}
	b.get("/sign-in").says("works at home only")
	b.address = atHome
	b.get("/account").want(http.StatusOK)
}

// TestHomeSessionIsReplaced holds a session without a password to its end when
// its browser signs in away from home.
func TestHomeSessionIsReplaced(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	if err := h.store.UpdateSignInRules(context.Background(), h.asOwner(), elsa.ID, store.SignInRules{LocalAccess: true}); err != nil {
		t.Fatal(err)
	}
	b := h.browser(atHome)
	b.post("/sign-in", signInForm("Elsa", "")).want(http.StatusSeeOther)
	old := h.browser(atHome)
	old.header.Set("Cookie", "usher_session="+b.cookie())
	b.address = away
	b.post("/sign-in", signInForm("Elsa", goodPassword)).want(http.StatusSeeOther)
	if got := old.get("/account").want(http.StatusSeeOther).Location; !strings.HasPrefix(got, "/sign-in") {
		t.Errorf("the session without a password still leads to %s", got)
	}
}

func TestNextStaysHere(t *testing.T) {
	h := newHousehold(t)
	for next, want := range map[string]string{
		"/admin/users?q=a": "/admin/users?q=a", "//evil.example": "/", "https://evil.example": "/", "/\\evil.example": "/", "": "/",
	} {
		form := signInForm("Mara", goodPassword)
		form.Set("next", next)
		if got := h.browser(away).post("/sign-in", form).want(http.StatusSeeOther).Location; got != want {
			t.Errorf("next=%q leads to %q, want %q", next, got, want)
		}
	}
}

func TestThrottle(t *testing.T) {
	h := newHousehold(t)
	b := h.browser(away)
	for range 5 {
		b.post("/sign-in", signInForm("Mara", "not it at all")).want(http.StatusUnprocessableEntity)
	}
	slowed := b.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusTooManyRequests).says("Try again in one second")
	if got := slowed.Header.Get("Retry-After"); got != "1" {
		t.Errorf("Retry-After is %q, want 1", got)
	}
	if got, _ := slowed.doc().Find("#name").Attr("value"); got != "Mara" {
		t.Errorf("the name typed is %q after a 429", got)
	}
	elsewhere := h.browser("198.51.100.7:40000")
	elsewhere.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusSeeOther)
	h.clock.pass(2 * time.Second)
	b.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusSeeOther)
}

func TestNewTokenAtEverySignIn(t *testing.T) {
	h := newHousehold(t)
	b := h.signedIn("Mara", atHome)
	old := b.cookie()
	b.post("/sign-in", signInForm("Mara", goodPassword)).want(http.StatusSeeOther)
	if b.cookie() == old {
		t.Error("the token is the same after signing in again")
	}
	thief := h.browser(atHome)
	thief.header.Set("Cookie", "usher_session="+old)
	if got := thief.get("/admin").Location; !strings.HasPrefix(got, "/sign-in") {
		t.Errorf("the old token still leads to %s", got)
	}
}
