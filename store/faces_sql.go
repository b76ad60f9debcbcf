package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// faceTerm is the SQL of those whom the sign-in page shows: word for word what
// the partial index says, and not at their end.
const faceTerm = `u.kind IN ('local', 'guest-account') AND u.hidden = 0 AND u.disabled = 0 AND (u.ends_at IS NULL OR u.ends_at > ?)`

const faces = `users u INDEXED BY users_faces WHERE ` + faceTerm

// faceColumns are what a face shows.
const faceColumns = `u.id, u.name, ` + userFlags + `, coalesce(u.ends_at, 0), u.picture`

var oneFacesPage = fmt.Sprintf(" ORDER BY u.sort_name, u.id LIMIT %d", FacesPage)

// faceDirectory is what is kept about the faces: how many there are, which
// begins each page, and until when that holds, since they end by themselves.
type faceDirectory struct {
	total  int
	firsts []pageFirst
	since  time.Time
	until  time.Time // zero: for as long as nobody changes anything
}

func (d *faceDirectory) holds(now time.Time) bool {
	return d != nil && !now.Before(d.since) && (d.until.IsZero() || now.Before(d.until))
}

// Faces is a page of those whom the sign-in page shows at home, by name, without
// note, access and restrictions. Search finds the beginning of any word of a
// name; every word searched for must be found.
func (s *Store) Faces(ctx context.Context, search string, page int) (UserPage, error) {
	if strings.TrimSpace(search) != "" {
		return s.searchFaces(ctx, words(search), page)
	}
	var kept faceDirectory
	err := s.withDirectory(func(d *directory) (err error) {
		if now := s.now(); !d.faces.holds(now) {
			d.faces, err = s.readFaceDirectory(ctx, now)
		}
		if err == nil {
			kept = *d.faces
		}
		return err
	})
	found := newFacesPage(kept.total, page)
	if err != nil || kept.total == 0 {
		return found, err
	}
	first := kept.firsts[min(found.Page, len(kept.firsts))-1]
	found.Users, err = readEach(brief(ctx), prepared{s}, scanFace, `SELECT `+faceColumns+` FROM `+faces+
		` AND (u.sort_name, u.id) >= (+?, +?)`+oneFacesPage, millis(s.now()), first.sortName, first.id)
	if err != nil {
		return found, fmt.Errorf("read faces: %w", err)
	}
	return found, nil
}

func newFacesPage(total, page int) UserPage {
	page, pages := pageOf(page, total, FacesPage)
	return UserPage{Total: total, Page: page, Pages: pages}
}

func (s *Store) readFaceDirectory(ctx context.Context, now time.Time) (*faceDirectory, error) {
	kept := &faceDirectory{since: now}
	var until int64
	err := s.reader.QueryRowContext(ctx, `SELECT count(*), coalesce(min(u.ends_at), 0) FROM `+faces, millis(now)).Scan(&kept.total, &until)
	if err != nil {
		return nil, fmt.Errorf("count faces: %w", err)
	}
	kept.until = fromMillis(until)
	kept.firsts, err = readEach(ctx, s.reader, scanFirst, `SELECT sort_name, id FROM (
			SELECT u.sort_name, u.id, row_number() OVER (ORDER BY u.sort_name, u.id) AS n FROM `+faces+`
		) WHERE n % ? = 1 ORDER BY n`, millis(now), FacesPage)
	if err != nil {
		return nil, fmt.Errorf("read where pages of faces begin: %w", err)
	}
	return kept, nil
}

// mostKeepers is how many administrators are named to somebody who needs help.
const mostKeepers = 5

// Keepers are the administrators among the faces, the owner first, for whoever is
// at home and needs one: as Faces, and no more than a handful.
func (s *Store) Keepers(ctx context.Context) ([]User, error) {
	found, err := readEach(brief(ctx), prepared{s}, scanFace, `SELECT `+faceColumns+` FROM users u
		WHERE u.role <> 'user' AND `+faceTerm+` ORDER BY u.role <> 'owner', u.sort_name, u.id LIMIT ?`, millis(s.now()), mostKeepers)
	if err != nil {
		return nil, fmt.Errorf("read administrators: %w", err)
	}
	return found, nil
}

// searchFaces finds faces by the beginnings of words of their names. The table
// of words has those of their e-mails, too, which are nobody's business at the
// door: whom only those find is left out.
func (s *Store) searchFaces(ctx context.Context, terms []string, page int) (UserPage, error) {
	terms = terms[:min(len(terms), maxWords)]
	hits, args := hitsQuery(ListLocal, terms)
	found, err := readEach(brief(ctx), prepared{s}, scanFirst, `WITH `+hits+` SELECT hits.sort_name, hits.user_id
		FROM hits CROSS JOIN users u WHERE u.id = hits.user_id AND `+faceTerm+` ORDER BY hits.sort_name, hits.user_id`, append(args, millis(s.now()))...)
	if err != nil {
		return UserPage{}, fmt.Errorf("search faces: %w", err)
	}
	found = slices.DeleteFunc(found, func(f pageFirst) bool { return !beginsWords(f.sortName, terms) })
	result := newFacesPage(len(found), page)
	from := (result.Page - 1) * FacesPage
	ids := make([]int64, 0, FacesPage)
	for _, f := range found[from:min(from+FacesPage, len(found))] {
		ids = append(ids, f.id)
	}
	result.Users, err = readEach(brief(ctx), prepared{s}, scanFace, `SELECT `+faceColumns+` FROM json_each(?) j CROSS JOIN users u ON u.id = j.value`, "["+idText(ids)+"]")
	if err != nil {
		return result, fmt.Errorf("read faces: %w", err)
	}
	return result, nil
}

// beginsWords says whether every term begins a word of the folded name.
func beginsWords(folded string, terms []string) bool {
	of := wordsOf(folded)
	return !slices.ContainsFunc(terms, func(term string) bool {
		return !slices.ContainsFunc(of, func(word string) bool { return strings.HasPrefix(word, term) })
	})
}

func scanFace(row scanner) (u User, err error) {
	var flags, ends int64
	err = row.Scan(&u.ID, &u.Name, &flags, &ends, &u.Picture)
	u.setFlags(flags)
	u.EndsAt = fromMillis(ends)
	return u, err
}
