package ui_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"usher/views/ui"
)

func pager(page, pages int) ui.PagerProps {
	return ui.PagerProps{Page: page, Pages: pages, Href: func(n int) string { return "/admin/users?page=" + strconv.Itoa(n) }}
}

func TestPager(t *testing.T) {
	for _, c := range []struct {
		page, pages int
		want        string
	}{
		{1, 2, "Page 1 of 2 1 2"},
		{1, 200, "Page 1 of 200 1 2 … 200"},
		{3, 200, "Page 3 of 200 1 2 3 4 … 200"},
		{4, 200, "Page 4 of 200 1 2 3 4 5 … 200"},
		{5, 200, "Page 5 of 200 1 … 4 5 6 … 200"},
		{200, 200, "Page 200 of 200 1 … 199 200"},
		{2, 2000, "Page 2 of 2,000 1 2 3 … 2,000"},
	} {
		doc := draw(t, ui.Pager(pager(c.page, c.pages)))
		parts := doc.Find("nav > :not([rel])").Map(func(_ int, part *goquery.Selection) string { return text(part) })
		if got := strings.Join(parts, " "); got != c.want {
			t.Errorf("page %d of %d: %q, want %q", c.page, c.pages, got, c.want)
		}
		if got := one(t, doc, "[aria-current=page]").Text(); got != ui.Number(c.page) {
			t.Errorf("current is %q", got)
		}
	}
	doc := draw(t, ui.Pager(pager(3, 9)))
	attr(t, one(t, doc, "a[rel=prev][aria-label='Previous page']"), "href", "/admin/users?page=2")
	attr(t, one(t, doc, "a[rel=next][aria-label='Next page']"), "href", "/admin/users?page=4")
}

func TestPagerEnds(t *testing.T) {
	if draw(t, ui.Pager(pager(1, 1))).Find("nav").Length() != 0 {
		t.Error("a single page has a pager")
	}
	if draw(t, ui.Pager(pager(1, 3))).Find("[rel=prev]").Length() != 0 {
		t.Error("there is nothing before the first page")
	}
	if draw(t, ui.Pager(pager(3, 3))).Find("[rel=next]").Length() != 0 {
		t.Error("there is nothing after the last page")
	}
}
