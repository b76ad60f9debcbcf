package views

import (
	"net/url"
	"strconv"
)

// parameter is one of an address.
type parameter struct{ name, value string }

// addressWith is a path with those parameters that have a value.
func addressWith(path string, parameters ...parameter) string {
	separator := "?"
	for _, p := range parameters {
		if p.value != "" {
			path, separator = path+separator+p.name+"="+url.QueryEscape(p.value), "&"
		}
	}
	return path
}

// pageNumber is a number of a page as addresses have it: the first needs none.
func pageNumber(page int) string {
	if page <= 1 {
		return ""
	}
	return strconv.Itoa(page)
}
