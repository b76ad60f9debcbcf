package views

import (
	"slices"
	"strconv"
	"time"

	"usher/store"
)

// monthOfWall is a month with those of its pictures that are on the page.
type monthOfWall struct {
	heading string
	id      string // of the heading, to lead to
	posters Posters
}

// wall is the pictures of the page under the months in which they were taken.
func (p BrowsePage) wall() []monthOfWall {
	var months []monthOfWall
	for _, t := range p.Found.Titles {
		year, month := monthOf(t)
		id := monthID(year, month)
		if n := len(months); n == 0 || months[n-1].id != id {
			months = append(months, monthOfWall{heading: monthHeading(year, month), id: id})
		}
		last := &months[len(months)-1]
		last.posters.Titles = append(last.posters.Titles, t)
	}
	return months
}

// monthOf is the month in which a picture was taken, and the year 0 where that
// is not known.
func monthOf(t store.Title) (year int, month time.Month) {
	if t.Date.IsZero() {
		return 0, 0
	}
	return t.Date.Year(), t.Date.Month()
}

func monthID(year int, month time.Month) string {
	if year == 0 {
		return "undated"
	}
	return "m" + strconv.Itoa(year*100+int(month))
}

func monthHeading(year int, month time.Month) string {
	if year == 0 {
		return "Without a date"
	}
	return month.String() + " " + strconv.Itoa(year)
}

// jump leads to a month of the wall, or to the first month of a year.
type jump struct {
	label   string
	spoken  string // what is said after the label
	href    string
	current bool
}

// years lead to the years in which pictures were taken.
func (p BrowsePage) years() []jump {
	var years []jump
	at, _ := p.firstMonth()
	for i, m := range p.Months {
		if i > 0 && p.Months[i-1].Year == m.Year {
			continue
		}
		label := yearText(m.Year)
		if m.Year == 0 {
			label = "No date"
		}
		years = append(years, jump{label: label, href: p.monthAddress(m), current: m.Year == at})
	}
	return years
}

// months lead to the months of the year with which the page begins.
func (p BrowsePage) months() []jump {
	var months []jump
	year, month := p.firstMonth()
	for _, m := range p.Months {
		if m.Year == year && year != 0 {
			months = append(months, jump{label: m.Month.String()[:3], spoken: " " + strconv.Itoa(m.Year), href: p.monthAddress(m), current: m.Month == month})
		}
	}
	slices.Reverse(months)
	return months
}

// firstMonth is the month with which the page begins.
func (p BrowsePage) firstMonth() (year int, month time.Month) {
	if len(p.Found.Titles) == 0 {
		return 0, 0
	}
	return monthOf(p.Found.Titles[0])
}

func (p BrowsePage) monthAddress(m store.Month) string {
	return p.pageAddress(m.Page) + "#" + monthID(m.Year, m.Month)
}
