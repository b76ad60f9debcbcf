package demo

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// work is a made-up film or series as its NFO file tells of it.
type work struct {
	Title  string   `xml:"title"`
	Year   int      `xml:"year,omitempty"`
	Rating string   `xml:"mpaa,omitempty"`
	Plot   string   `xml:"plot,omitempty"`
	Genres []string `xml:"genre"`
	Tags   []string `xml:"tag"`
}

// nfo is the work as an NFO file in Kodi's format.
func (w work) nfo(root string) []byte {
	text, err := xml.MarshalIndent(struct {
		XMLName xml.Name
		work
	}{XMLName: xml.Name{Local: root}, work: w}, "", "  ")
	if err != nil {
		return nil
	}
	return append([]byte(xml.Header), text...)
}

// filmList is a film a line: title, year, rating, genres, labels, plot.
const filmList = `
The Lighthouse Keeper’s Daughter|1987|PG|Drama, Family|sea|A girl keeps the light burning while her father is away.
Paper Boats|2003|G|Family|sea, gentle|Two brothers follow a letter down the river to the sea.
A Winter in Vadstena|1994|PG-13|Drama|snow|A teacher is snowed in with the one pupil she cannot teach.
Harbour Lights|1998|PG|Romance, Comedy|sea|A ferry pilot and a baker meet at every hour but the right one.
The Clockmaker of Ghent|2011|PG-13|Mystery|slow|Every clock in town stops, and only one of them was his.
Northbound|2016|R|Thriller|violence|A lorry driver takes a passenger who has never been reported missing.
Seven Kinds of Rain|2009|PG|Drama||A weather station, seven forecasters, and one sunny day.
The Last Orchard|2019|PG|Drama|gentle|An old man teaches his neighbour to graft apple trees.
Night Shift at the Aquarium|2014|PG-13|Comedy|sea|The octopus has been letting itself out again.
Red Barn Road|1979|R|Crime|violence|A sheriff owes his brother one last favour.
Moonlight over Halmstad|1966||Romance|black and white|A summer on the coast, told by the one who stayed.
The Cartographers|2021|PG-13|Adventure||Three mapmakers look for an island that two of them made up.
Grandmother’s Motorcycle|2007|G|Comedy, Family|gentle|It was under the tarpaulin all along.
Cold Harbour|2018|R|Horror|violence, scary|Nobody has come up from the lower deck since Tuesday.
The Understudy|1991|PG|Comedy|stage|She knows every part but her own.
A Kite for Amira|2012|G|Family|gentle|The wind comes only once a year.
Salt and Iron|1958||Western|black and white|Two brothers, one well.
The Bridge Inspector|2015|PG-13|Thriller||He has signed off every bridge but one.
Little Fish, Big Pond|2020|G|Animation, Family|sea|A stickleback moves to the city.
Snowed In|2017|PG|Comedy|snow|Five strangers, one cabin, no signal.
The Night Ferry to Åland|1983|PG-13|Mystery|sea, slow|One cabin more was booked than there are cabins.
Copper Sky|2022|PG-13|Science fiction||On the day the sun turned, the post still came.
House of Small Noises|2013|R|Horror|scary|It is not the pipes.
The Beekeeper’s Trial|2005|PG|Drama|slow|A village goes to court over honey.
Astrid and the Astronaut|2010|PG|Family, Science fiction|gentle|A space capsule lands in the turnip field.
Ten to Midnight Express|1973|R|Thriller|violence|The train is on time. That is the trouble.
The Quiet Season|2000||Drama|slow|A hotel closes for the winter with one guest left.
Parade of Umbrellas|1961|G|Musical|black and white|It rains on the carnival, and nobody goes home.
Under the Elder Tree|2008|TV-PG|Drama||Three sisters divide a garden.
The Glassblower|2023|PG-13|Drama||A furnace, a promise, and eight hundred degrees.
`

func films(s *shelf) {
	for _, w := range works(filmList) {
		name := fmt.Sprintf("%s (%d)", w.Title, w.Year)
		s.write(name+"/"+name+".mkv", []byte("A made-up film: "+name+"\n"))
		s.write(name+"/"+name+".nfo", w.nfo("movie"))
		s.write(name+"/poster.jpg", picture(w.Title, 240, 360))
	}
}

// works reads a list like filmList.
func works(list string) []work {
	var all []work
	for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
		parts := strings.Split(line, "|")
		w := work{Title: parts[0], Rating: parts[2], Genres: commas(parts[3]), Tags: commas(parts[4]), Plot: parts[5]}
		if _, err := fmt.Sscan(parts[1], &w.Year); err != nil {
			continue
		}
		all = append(all, w)
	}
	return all
}

// commas are the parts of a list with commas between.
func commas(text string) []string {
	return slices.DeleteFunc(strings.Split(text, ", "), func(part string) bool { return part == "" })
}
