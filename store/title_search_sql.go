package store

import (
	"context"
	"fmt"
	"math/bits"
)

// fewHits is how many titles a word may have and still be rare.
const fewHits = 500

// wordHits are the titles of a library with a word.
const wordHits = `SELECT title_id AS id FROM title_words WHERE library_id = +? AND word >= +? AND word < +?`

// rareHits are no more than fewHits of them. The number is a literal, as SQLite
// plans anew for a bound LIMIT.
var rareHits = fmt.Sprintf("%s LIMIT %d", wordHits, fewHits)

// hitsAmong are those of given titles that have a word.
const hitsAmong = `SELECT w.title_id AS id FROM json_each(?) j CROSS JOIN title_words w ON w.title_id = j.value WHERE w.word >= +? AND w.word < +?`

// wordKey is under what the titles of a library are remembered that have a word.
type wordKey struct {
	library int64
	term    string
}

// wordTitles are the titles that have a word, for everyone.
type wordTitles struct {
	set  idSet
	rare bool // fewer than fewHits; otherwise the set is not known yet
}

// titlesFound are the titles of a library whose names have all the words. Where
// one is rare, common ones are looked for only among its titles.
func (s *Store) titlesFound(ctx context.Context, library int64, terms []string) (idSet, error) {
	var found both
	var common []string
	for _, term := range terms {
		titles, err := s.rareTitles(ctx, library, term)
		if err != nil {
			return nil, err
		}
		if titles.rare {
			found.add(titles.set)
		} else {
			common = append(common, term)
		}
	}
	for _, term := range common {
		set, err := s.commonTitles(ctx, library, term, found)
		if err != nil {
			return nil, err
		}
		found.add(set)
	}
	return found.set, nil
}

// rareTitles are the titles with a word, if it is rare.
func (s *Store) rareTitles(ctx context.Context, library int64, term string) (wordTitles, error) {
	_, at := s.listVersions()
	return recall(&s.lists, wordKey{library, term}, at, func() (wordTitles, int, error) {
		ids, err := s.readIDs(ctx, rareHits, library, term, afterPrefix(term))
		titles := wordTitles{rare: len(ids) < fewHits}
		if titles.rare {
			titles.set = setOf(ids)
		}
		return titles, len(term) + len(titles.set)*wordBytes, err
	})
}

// commonWordKey is wordKey of a word that is not rare.
type commonWordKey wordKey

// commonTitles are the titles with a word that is not rare, at least those among
// the ones found already.
func (s *Store) commonTitles(ctx context.Context, library int64, term string, found both) (idSet, error) {
	if found.some && found.set.count() < fewHits {
		ids, err := s.readIDs(ctx, hitsAmong, "["+idText(found.ids())+"]", term, afterPrefix(term))
		return setOf(ids), err
	}
	_, at := s.listVersions()
	return recall(&s.lists, commonWordKey{library, term}, at, func() (idSet, int, error) {
		ids, err := s.readIDs(ctx, wordHits, library, term, afterPrefix(term))
		set := setOf(ids)
		return set, len(term) + len(set)*wordBytes, err
	})
}

// both is what several lists of ids have in common.
type both struct {
	set  idSet
	some bool // there was a list
}

func (b *both) add(set idSet) {
	if b.some {
		set = b.set.and(set)
	}
	b.set, b.some = set, true
}

// ids are those in common, in order.
func (b *both) ids() (ids []int64) {
	for at, word := range b.set {
		for ; word != 0; word &= word - 1 {
			ids = append(ids, int64(at*wordBits+bits.TrailingZeros64(word)))
		}
	}
	return ids
}
