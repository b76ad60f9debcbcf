package store

import (
	"context"
	"database/sql"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"
)

// Writer is the writing connection, for tests that look at its settings.
func (s *Store) Writer() *sql.DB { return s.writer }

// Reader is the reading connections.
func (s *Store) Reader() *sql.DB { return s.reader }

// FactsOf is what decides who sees a title.
func (s *Store) FactsOf(ctx context.Context, title int64) (Explanation, TitleFacts, error) {
	return s.factsFor(ctx, title)
}

// Migrations is the way down and up the schema.
func (s *Store) Migrations() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, s.writer, files)
}

// RatingTable is the ratings of one country.
type RatingTable struct {
	Country, Body, Source string
	Names                 []string
	Ages                  []RatingsAt
}

// RatingsAt are the ratings that come to one age.
type RatingsAt struct {
	Age     int
	Ratings []string
	Old     bool
}

// RatingTables are all the tables of ratings.
func RatingTables() []RatingTable {
	var all []RatingTable
	for _, table := range ratingTables() {
		one := RatingTable{Country: table.country, Body: table.body, Source: table.source, Names: table.names}
		for i, at := range slices.Concat(table.ages, table.old) {
			one.Ages = append(one.Ages, RatingsAt{at.age, at.ratings, i >= len(table.ages)})
		}
		all = append(all, one)
	}
	return all
}

// Remembered is how many lists of titles are kept in memory, and how many bytes
// they count as.
func (s *Store) Remembered() (lists, bytes int) {
	s.lists.mu.Lock()
	defer s.lists.mu.Unlock()
	return len(s.lists.items), s.lists.size
}
