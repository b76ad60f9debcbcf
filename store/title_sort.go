package store

// Sorts are the orders in which titles of this kind can be listed: the first as
// the list opens, the others by choice.
func (k TitleKind) Sorts() []TitleSort {
	switch k {
	case TitlePicture:
		return []TitleSort{TitlesByDate, TitlesByAdded, TitlesByName}
	case TitleVideo:
		return []TitleSort{TitlesByName, TitlesByAdded, TitlesByDate}
	case TitleFilm, TitleSeries, TitleAlbum:
		return []TitleSort{TitlesByName, TitlesByAdded, TitlesByYear}
	case TitleSeason, TitleEpisode, TitleArtist, TitleTrack:
	}
	return []TitleSort{TitlesByName, TitlesByAdded}
}
