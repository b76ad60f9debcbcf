package page

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gorilla/schema"
	"github.com/labstack/echo/v4"
)

// How many bytes a form may have, and one with a long list in it.
const (
	maxForm = 256 << 10
	maxLong = 1 << 20
)

var decoder = newDecoder()

// newDecoder reads the tag "form" and passes over fields that are not there. One
// is made for all forms, since it keeps what it has learnt about each.
func newDecoder() *schema.Decoder {
	d := schema.NewDecoder()
	d.SetAliasTag("form")
	d.IgnoreUnknownKeys(true)
	return d
}

// Bind reads the form in the request's body into form, a pointer to a struct
// of strings and lists of strings with the tag "form". Fields that the struct
// does not have are ignored, and so is the query: a link cannot fill a form.
// It answers an echo.HTTPError: 413 for a body that is too large, 415 for one
// that is no form, 400 for one that cannot be read.
func Bind(c echo.Context, form any) error { return bind(c, form, maxForm) }

// BindLong is Bind for a form into which somebody may paste a long list, so that
// a list that is much too long still comes back with a message at its field.
func BindLong(c echo.Context, form any) error { return bind(c, form, maxLong) }

func bind(c echo.Context, form any, most int64) error {
	r := c.Request()
	media, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil && r.ContentLength == 0 {
		return nil
	}
	if err != nil || media != echo.MIMEApplicationForm {
		return echo.NewHTTPError(http.StatusUnsupportedMediaType, "send a form")
	}
	r.Body = http.MaxBytesReader(c.Response(), r.Body, most)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return echo.NewHTTPError(http.StatusRequestEntityTooLarge).SetInternal(err)
		}
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return Decode(r.PostForm, form)
}

// Decode is Bind for the values of a form that came in another way. It answers
// an echo.HTTPError 400 for values that cannot be read.
func Decode(values url.Values, form any) error {
	if err := decoder.Decode(form, values); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return nil
}

// Checked says whether a checkbox was ticked: browsers send its value, "on" if
// it has none, and nothing when it is not.
func Checked(value string) bool { return value != "" }

// ID is the number named name in the route, or a 404.
func ID(c echo.Context, name string) (int64, error) {
	id, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, echo.ErrNotFound
	}
	return id, nil
}

// IDs are the numbers among values; what is none is left out.
func IDs(values []string) []int64 {
	ids := make([]int64, 0, len(values))
	for _, value := range values {
		if id, err := strconv.ParseInt(value, 10, 64); err == nil && id > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}
