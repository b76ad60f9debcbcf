package store_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"usher/store"
)

var writePage = flag.Bool("write", false, "write the tables of docs/ratings.md again")

// TestRatingsPage holds docs/ratings.md to the tables that ratings are read by.
func TestRatingsPage(t *testing.T) {
	const name = "../docs/ratings.md"
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text, tables, found := strings.Cut(string(page), "-write -->\n")
	if !found {
		t.Fatal("the page does not say how its tables are written")
	}
	want := ratingsPage()
	if *writePage {
		if err := os.WriteFile(name, []byte(text+"-write -->\n"+want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if tables != want {
		t.Error("docs/ratings.md has other tables than the code; go test ./store -run TestRatingsPage -write mends it")
	}
}

func ratingsPage() string {
	tables := store.RatingTables()
	slices.SortFunc(tables, func(a, b store.RatingTable) int { return strings.Compare(a.Country, b.Country) })
	page := new(strings.Builder)
	fmt.Fprint(page, "\n| country | before a rating | ages and their ratings | who rates; where it is published |\n|---|---|---|---|\n")
	for _, table := range tables {
		var ages []string
		for _, at := range table.Ages {
			ratings := strings.Join(at.Ratings, ", ")
			if at.Old {
				ratings = "*" + ratings + "*"
			}
			ages = append(ages, fmt.Sprintf("**%d** %s", at.Age, ratings))
		}
		fmt.Fprintf(page, "| %s | %s | %s | %s; %s |\n", table.Country, strings.Join(table.Names, ", "), strings.Join(ages, " · "), table.Body, table.Source)
	}
	return page.String()
}
