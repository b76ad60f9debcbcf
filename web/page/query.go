package page

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"

	"usher/auth"
)

// SearchText is what the query of an address searches for, without what cannot
// be seen: no more of it than most bytes, since nothing that can be found is
// longer.
func SearchText(values url.Values, most int) string {
	search := strings.TrimSpace(strings.Map(seen, strings.ToValidUTF8(values.Get("q"), "")))
	if len(search) > most {
		search = strings.ToValidUTF8(search[:most], "")
	}
	return search
}

func seen(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// ComeBack is the address on this server that a form returns to, or else the list.
func ComeBack(back, list string) string {
	if back = auth.SafeNext(back); back != "/" {
		return back
	}
	return list
}

// CameFrom is the page of this server from which somebody followed a link. A
// browser that does not tell costs only the place in the list.
func CameFrom(c echo.Context, list string) string {
	from, err := url.Parse(c.Request().Referer())
	if err != nil || from.Host != c.Request().Host {
		return list
	}
	return ComeBack(from.RequestURI(), list)
}

// Number is the page of a list that an address asks for; what cannot be read is
// taken as not given.
func Number(values url.Values) int {
	number, err := strconv.Atoi(values.Get("page"))
	if err != nil {
		return 1
	}
	return number
}

// WantsJSON says whether a script asks, which wants an answer that it can read
// rather than a page. What a browser shows or plays asks for something else.
func WantsJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderAccept), echo.MIMEApplicationJSON)
}
