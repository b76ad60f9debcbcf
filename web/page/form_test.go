package page_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"usher/web/page"
)

// typed is a form of strings as handlers have them.
type typed struct {
	Name    string   `form:"name"`
	Library []string `form:"library"`
}

func bind(contentType, body string) (typed, error) {
	r := httptest.NewRequest(http.MethodPost, "/?name=query", strings.NewReader(body))
	r.Header.Set(echo.HeaderContentType, contentType)
	var form typed
	err := page.Bind(echo.New().NewContext(r, httptest.NewRecorder()), &form)
	return form, err
}

func TestBind(t *testing.T) {
	form, err := bind("application/x-www-form-urlencoded", "name=Elsa&library=1&library=2&is_admin=1&password_hash=x")
	if err != nil || form.Name != "Elsa" || len(form.Library) != 2 {
		t.Errorf("bound %+v, %v", form, err)
	}
	for contentType, want := range map[string]int{
		"application/json": http.StatusUnsupportedMediaType, "": http.StatusUnsupportedMediaType, "multipart/form-data": http.StatusUnsupportedMediaType,
	} {
		var answer *echo.HTTPError
		if _, err := bind(contentType, "name=Elsa"); !errors.As(err, &answer) || answer.Code != want {
			t.Errorf("%q is answered with %v, want %d", contentType, err, want)
		}
	}
}

// FuzzBind holds the reading of forms to no more than a refusal, whatever a
// client sends, and to never reading the query.
func FuzzBind(f *testing.F) {
	for _, body := range []string{"name=Elsa", "name=%zz", "name=a&name=b", "library.0=1&library.999999999=2", "name.x.y=1", "library=;", "\x00=\xff", strings.Repeat("&", 2000)} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		form, err := bind("application/x-www-form-urlencoded", body)
		var answer *echo.HTTPError
		if err != nil && (!errors.As(err, &answer) || answer.Code >= http.StatusInternalServerError) {
			t.Fatalf("%q is answered with %v", body, err)
		}
		if form.Name == "query" && !strings.Contains(body, "query") && !strings.Contains(body, "%") {
			t.Fatalf("%q is bound with the query's name", body)
		}
	})
}
