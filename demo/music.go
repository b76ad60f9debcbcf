package demo

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// record is a made-up album.
type record struct {
	artist, album, genre string
	year                 int
	tracks               []string
}

var records = []record{
	{"The Ferrymen", "Low Tide Songs", "Folk", 2009, []string{"Rope and Tar", "The Harbour Bell", "Salt on the Sill", "Eight Bells", "Homeward"}},
	{"The Ferrymen", "Winter Crossing", "Folk", 2013, []string{"Ice at the Bow", "A Lantern for Nils", "The Pilot’s Waltz", "Grey Morning"}},
	{"Ida Sandell Trio", "Blue Hour in Malmö", "Jazz", 2016, []string{"Blue Hour", "Tram Number Four", "Umbrella Stand", "Late Supper", "One for the Porter"}},
	{"Kilo Kolibri", "Neon Botany", "Electronic", 2021, []string{"Photosynth", "Night Bloom", "Hothouse", "Pollen Count"}},
	{"Chamber Ensemble of Visby", "Music for Six Clocks", "Classical", 1998, []string{"Allegro ma puntuale", "Andante", "Scherzo with Cuckoo", "Finale: Noon"}},
}

func music(s *shelf) {
	for _, r := range records {
		folder := fmt.Sprintf("%s/%s (%d)", r.artist, r.album, r.year)
		s.write(folder+"/cover.jpg", picture(r.artist+r.album, 300, 300))
		for i, title := range r.tracks {
			s.write(fmt.Sprintf("%s/%02d - %s.mp3", folder, i+1, title), r.track(i+1, title))
		}
	}
}

// track is a file with tags (ID3v2.3) and a moment of silence (MPEG 1 layer III,
// 128 kbit/s, 44.1 kHz, whose frames have 417 bytes).
func (r record) track(number int, title string) []byte {
	var frames bytes.Buffer
	for _, tag := range [][2]string{
		{"TIT2", title}, {"TPE1", r.artist}, {"TPE2", r.artist}, {"TALB", r.album}, {"TCON", r.genre},
		{"TYER", fmt.Sprint(r.year)}, {"TRCK", fmt.Sprintf("%d/%d", number, len(r.tracks))},
	} {
		frames.Write(textFrame(tag[0], tag[1]))
	}
	size := frames.Len()
	// The size of a tag has seven bits a byte (ID3v2.3, section 3.1).
	file := []byte{'I', 'D', '3', 3, 0, 0, byte(size >> 21 & 127), byte(size >> 14 & 127), byte(size >> 7 & 127), byte(size & 127)}
	file = append(file, frames.Bytes()...)
	for range 8 {
		file = append(file, 0xff, 0xfb, 0x90, 0x64)
		file = append(file, make([]byte, 413)...)
	}
	return file
}

// textFrame is a frame of a tag with text in UTF-16 (ID3v2.3, section 4.2).
func textFrame(id, text string) []byte {
	body := []byte{1, 0xff, 0xfe}
	for _, r := range text {
		body = binary.LittleEndian.AppendUint16(body, uint16(r)) // nothing here is beyond the basic plane
	}
	frame := binary.BigEndian.AppendUint32([]byte(id), uint32(len(body)))
	return append(append(frame, 0, 0), body...)
}
