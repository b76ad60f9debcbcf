package store

// pageOf is the page that is nearest to the one asked for, from 1, where so many
// rows are shown so many to a page, and how many pages there are, at least 1.
func pageOf(asked, rows, toAPage int) (page, pages int) {
	pages = max(1, (rows+toAPage-1)/toAPage)
	return min(max(1, asked), pages), pages
}
