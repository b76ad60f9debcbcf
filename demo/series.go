package demo

import "fmt"

const seriesList = `
The Harbour Office|2014|TV-PG|Comedy||Four customs officers, one printer.
Night Desk|2019|TV-MA|Crime, Drama|violence|A newspaper that only works when the city sleeps.
The Long Winter of Ebba Lund|2021|TV-14|Drama|snow, slow|A widow rents her house to the people who built it.
`

const cartoonList = `
Pim and the Paper Dragon|2018|TV-Y|Animation|gentle|A dragon that must not get wet lives by a lake.
The Moss Club|2020|TV-Y7|Animation, Adventure||Five hedgehogs keep the forest in order, mostly.
`

// episodeNames are what episodes of every series are called, in turn.
var episodeNames = []string{
	"The Letter", "Low Water", "A Guest for Dinner", "The Wrong Key", "Half Past Nine", "What the Cat Saw",
	"The Inspector", "Lost Property", "Thin Ice", "The Anniversary", "Two Umbrellas", "Home",
}

func series(s *shelf)   { s.series(seriesList, 2, 6) }
func cartoons(s *shelf) { s.series(cartoonList, 1, 8) }

func (s *shelf) series(list string, seasons, episodes int) {
	for n, w := range works(list) {
		show := fmt.Sprintf("%s (%d)", w.Title, w.Year)
		s.write(show+"/tvshow.nfo", w.nfo("tvshow"))
		s.write(show+"/poster.jpg", picture(w.Title, 240, 360))
		for season := 1; season <= seasons; season++ {
			for episode := 1; episode <= episodes; episode++ {
				name := episodeNames[(n*5+season*episodes+episode)%len(episodeNames)]
				file := fmt.Sprintf("%s/Season %02d/%s - S%02dE%02d - %s", show, season, w.Title, season, episode, name)
				s.write(file+".mkv", fmt.Appendf(nil, "A made-up episode: %s %d %d\n", show, season, episode))
				s.write(file+"-thumb.jpg", picture(show+name, 320, 180))
			}
		}
	}
}
