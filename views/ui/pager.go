package ui

// PagerProps describes the pages of a long list. Href gives the address of a page, counted from 1.
type PagerProps struct {
	Page, Pages int
	Href        func(page int) string
}

// gap stands among page numbers for those that are left out.
const gap = 0

// numbers are the pages to offer: the first, the last, and those next to the current one.
func (p PagerProps) numbers() []int {
	var numbers []int
	last := 0
	for page := 1; page <= p.Pages; page++ {
		if page != 1 && page != p.Pages && (page < p.Page-1 || page > p.Page+1) {
			continue
		}
		if page == last+2 {
			numbers = append(numbers, last+1) // One number takes no more room than the gap.
		} else if page > last+1 {
			numbers = append(numbers, gap)
		}
		numbers = append(numbers, page)
		last = page
	}
	return numbers
}
