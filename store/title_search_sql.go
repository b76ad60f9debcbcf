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

// titlesFound are the titles of a library whose names have all the words. Where
// one is rare, common ones are looked for only among its titles.
func (s *Store) titlesFound(ctx context.Context, library int64, terms []string) (idSet, error) {
	var found both
	var common []string
	for _, term := range terms {
		ids, err := s.readIDs(ctx, rareHits, library, term, afterPrefix(term))
		if err != nil {
			return nil, err
		}
		if len(ids) == fewHits {
			common = append(common, term)
		} else {
			found.add(ids)
		}
	}
	for _, term := range common {
		query, among := wordHits, any(library)
		if found.some {
			query, among = hitsAmong, "["+idText(found.ids())+"]"
		}
		ids, err := s.readIDs(ctx, query, among, term, afterPrefix(term))
		if err != nil {
			return nil, err
		}
		found.add(ids)
	}
	return found.set, nil
}

// both is what several lists of ids have in common.
type both struct {
	set  idSet
	some bool // there was a list
}

func (b *both) add(ids []uint32) {
	set := setOf(ids)
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
