package store_test

import (
	"slices"
	"testing"

	"usher/store"
)

func TestAccessOpens(t *testing.T) {
	libraries := []store.Library{{ID: 3, Name: "Series"}, {ID: 1, Name: "Films"}, {ID: 2, Name: "Music"}}
	channels := []store.Channel{{ID: 2, Name: "News"}, {ID: 1, Name: "Radio"}}
	for _, test := range []struct {
		about    string
		access   store.Access
		films    []string
		channels []string
	}{
		{"everything", store.FullAccess(), []string{"Series", "Films", "Music"}, []string{"News", "Radio"}},
		{"nothing", store.Access{}, nil, nil},
		{"some, in the order of the list", store.Access{Libraries: []int64{2, 3}, Channels: []int64{1}}, []string{"Series", "Music"}, []string{"Radio"}},
		{"what is gone", store.Access{Libraries: []int64{7, 1}}, []string{"Films"}, nil},
		{"all libraries, whatever was chosen before", store.Access{AllLibraries: true, Libraries: []int64{1}}, []string{"Series", "Films", "Music"}, nil},
	} {
		var films, heard []string
		for _, l := range test.access.LibrariesOf(libraries) {
			films = append(films, l.Name)
		}
		for _, c := range test.access.ChannelsOf(channels) {
			heard = append(heard, c.Name)
		}
		if !slices.Equal(films, test.films) || !slices.Equal(heard, test.channels) {
			t.Errorf("%s: %v and %v, want %v and %v", test.about, films, heard, test.films, test.channels)
		}
	}
}
