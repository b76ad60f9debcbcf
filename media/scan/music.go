package scan

import (
	"context"
	"os"
	"strings"

	"usher/media/metadata"
	"usher/media/naming"
	"usher/store"
)

// readPicture and readMusic read what files say about themselves.
func readPicture(file *os.File) (metadata.Picture, error) { return metadata.ReadPicture(file) }
func readMusic(file *os.File) (metadata.Music, error)     { return metadata.ReadMusic(file) }

// variousArtists is by whom an album is that has many artists.
const variousArtists = "Various artists"

// track reads a track, and the artist and album that it lies in.
func (r *reader) track(ctx context.Context, found *store.Found, item naming.Item, at string, main store.FoundFile) error {
	var tags metadata.Music
	r.inside(at, func(file *os.File) (err error) {
		tags, err = readMusic(file)
		return err
	})
	found.Name, found.Number = orElse(tags.Title, found.Name), item.Track
	if tags.Track != 0 {
		found.Number = tags.Track
	}
	if tags.Disc != 0 {
		found.Disc = tags.Disc
	}
	if tags.Year != 0 {
		found.Year = tags.Year
	}
	found.Genres = tags.Genres
	if infos := r.infos(item.NFO); len(infos) > 0 {
		r.tell(&found.FoundTitle, infos[0])
	}
	artist, err := r.artist(ctx, found, item, tags)
	if err != nil {
		return err
	}
	album, err := r.album(ctx, found, artist, item, tags)
	if err != nil {
		return err
	}
	found.Poster = r.poster(item.Posters)
	switch {
	case album != nil && album.Poster.Path == "" && tags.HasArt:
		album.Poster = store.FoundPoster{Folder: r.folder.ID, Path: at, Stamp: stamp(at, main)}
	case found.Poster.Path == "" && album == nil && tags.HasArt:
		found.Poster = store.FoundPoster{Folder: r.folder.ID, Path: at, Stamp: stamp(at, main)}
	}
	if found.Poster.Path == "" && album != nil {
		found.Poster = album.Poster
	}
	return nil
}

// artist is by whom the album is: as the tags say, but for what the folder
// knows better, such as who is only a guest on one track.
func (r *reader) artist(ctx context.Context, found *store.Found, item naming.Item, tags metadata.Music) (*holder, error) {
	folder := ""
	if item.Artist != nil {
		folder = item.Artist.Name
	}
	name := tags.AlbumArtist
	switch {
	case name != "":
	case isVarious(folder):
		name = variousArtists
	case folder != "" && strings.HasPrefix(strings.ToLower(tags.Artist), strings.ToLower(folder)):
		name = folder
	default:
		name = orElse(tags.Artist, folder)
	}
	if isVarious(name) {
		name = variousArtists
		if tags.Artist != "" {
			found.Name = tags.Artist + " – " + found.Name
		}
	}
	name = orElse(name, "Unknown artist")
	var names *naming.Holder
	if item.Artist != nil && sameName(store.TitleArtist, name, folder) {
		names = item.Artist // what lies in that folder is about this artist
	}
	artist := r.shelf.under(nil, store.FoundTitle{Kind: store.TitleArtist, Name: name, Key: store.HolderKey(store.TitleArtist, name, 0)})
	found.Under = append(found.Under, &artist.FoundTitle)
	return artist, r.describe(ctx, artist, names)
}

// album is what the track lies on; nil where nothing says.
func (r *reader) album(ctx context.Context, found *store.Found, artist *holder, item naming.Item, tags metadata.Music) (*holder, error) {
	name, year := tags.Album, 0
	var names *naming.Holder
	if item.Album != nil {
		name = orElse(name, item.Album.Name)
		// The folder's year tells two albums of one name apart.
		names, year = item.Album, item.Album.Year
	}
	if name == "" {
		return nil, nil
	}
	title := store.FoundTitle{Kind: store.TitleAlbum, Name: name, Year: tags.Year, Genres: tags.Genres, Key: store.HolderKey(store.TitleAlbum, name, year)}
	if title.Year == 0 {
		title.Year = year
	}
	album := r.shelf.under(artist, title)
	found.Under = append(found.Under, &album.FoundTitle)
	return album, r.describe(ctx, album, names)
}

func isVarious(name string) bool {
	switch strings.ToLower(name) {
	case "various artists", "various", "va", "v.a.", "compilations", "compilation", "soundtracks":
		return true
	}
	return false
}

func sameName(kind store.TitleKind, a, b string) bool {
	return store.HolderKey(kind, a, 0) == store.HolderKey(kind, b, 0)
}

// orElse is the text, or the other where it is empty.
func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
