package format_test

import (
	"encoding/binary"
	"strings"
)

// box is a box of an MP4 file with what is in it.
func box(kind string, inside ...string) string {
	content := strings.Join(inside, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(content)))) + kind + content
}

// entry describes the samples of a track: its fields, and boxes behind them.
func entry(kind string, fields int, inside ...string) string {
	return box(kind, strings.Repeat("\x00", fields), strings.Join(inside, ""))
}

// trak is a track; its flags are "" for one that is switched on.
func trak(handler, flags, entry string) string {
	if flags == "" {
		flags = "\x00\x00\x00\x07"
	}
	return box("trak", box("tkhd", flags, strings.Repeat("\x00", 80)), box("mdia",
		box("hdlr", strings.Repeat("\x00", 8), handler, strings.Repeat("\x00", 13)),
		box("minf", box("stbl", box("stsd", "\x00\x00\x00\x00\x00\x00\x00\x01", entry)))))
}

// movie is an MP4 file with these tracks.
func movie(brand string, tracks ...string) string {
	return box("ftyp", brand, "\x00\x00\x02\x00isommp41") + box("moov", append([]string{box("mvhd", strings.Repeat("\x00", 100))}, tracks...)...)
}
