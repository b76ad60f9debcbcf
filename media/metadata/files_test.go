package metadata_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// The files of these tests are made here, a few bytes each.

// frame is a frame of ID3v2.3 or 2.4 with text in ISO 8859-1, or other content.
func frame(name, content string) string {
	head := binary.BigEndian.AppendUint32([]byte(name), uint32(len(content)))
	return string(head) + "\x00\x00" + content
}

func textFrame(name, text string) string { return frame(name, "\x00"+text) }

func artFrame(picture string) string {
	return frame("APIC", "\x00image/jpeg\x00\x03\x00"+picture)
}

// id3 is an ID3v2.3 tag with a little music behind it.
func id3(frames ...string) string { return id3Claiming(len(strings.Join(frames, "")), frames...) }

// id3Claiming is an ID3v2.3 tag that says how long it is.
func id3Claiming(size int, frames ...string) string {
	length := []byte{byte(size >> 21 & 127), byte(size >> 14 & 127), byte(size >> 7 & 127), byte(size & 127)}
	return "ID3\x03\x00\x00" + string(length) + strings.Join(frames, "") + music
}

var music = "\xff\xfb\x90\x64" + strings.Repeat("\x00", 400)

// id3v1 is music with an ID3v1.1 tag behind it.
func id3v1(title, artist, album, year string, track byte) string {
	field := func(text string, size int) string { return text + strings.Repeat("\x00", size-len(text)) }
	return music + "TAG" + field(title, 30) + field(artist, 30) + field(album, 30) + field(year, 4) + field("", 29) + string([]byte{track, 17})
}

// commentBlock holds Vorbis comments.
func commentBlock(values ...string) string {
	block := binary.LittleEndian.AppendUint32(nil, 5)
	block = append(block, "tests"...)
	block = binary.LittleEndian.AppendUint32(block, uint32(len(values)))
	for _, value := range values {
		block = binary.LittleEndian.AppendUint32(block, uint32(len(value)))
		block = append(block, value...)
	}
	return string(block)
}

// pictureBlock is a picture as FLAC keeps it, which may claim another size.
func pictureBlock(picture string, claims uint32) string {
	block := binary.BigEndian.AppendUint32(nil, 3)
	for _, text := range []string{"image/jpeg", "the cover"} {
		block = binary.BigEndian.AppendUint32(block, uint32(len(text)))
		block = append(block, text...)
	}
	block = append(block, make([]byte, 16)...)
	block = binary.BigEndian.AppendUint32(block, claims)
	return string(block) + picture
}

// flac is a FLAC file of these blocks, each with its kind in front.
func flac(blocks ...string) string {
	file := "fLaC"
	for i, block := range blocks {
		kind := block[0]
		if i == len(blocks)-1 {
			kind |= 0x80
		}
		size := len(block) - 1
		file += string([]byte{kind, byte(size >> 16), byte(size >> 8), byte(size)}) + block[1:]
	}
	return file + music
}

// ogg is an Ogg file with these packets, each beginning a page of its own.
func ogg(packets ...string) string {
	var file strings.Builder
	for _, packet := range packets {
		for first := true; first || packet != ""; first = false {
			part := packet[:min(len(packet), 254*255)]
			packet = packet[len(part):]
			segments := bytes.Repeat([]byte{255}, len(part)/255)
			if packet == "" {
				segments = append(segments, byte(len(part)%255))
			}
			file.WriteString("OggS" + strings.Repeat("\x00", 22) + string([]byte{byte(len(segments))}) + string(segments) + part)
		}
	}
	return file.String()
}

func opus(values ...string) string {
	return ogg("OpusHead", "OpusTags"+commentBlock(values...)) + music
}

func vorbis(values ...string) string {
	return ogg("\x01vorbis", "\x03vorbis"+commentBlock(values...)) + music
}

func base64Picture(picture string) string {
	return "METADATA_BLOCK_PICTURE=" + base64.StdEncoding.EncodeToString([]byte(pictureBlock(picture, uint32(len(picture)))))
}

// atom is a box of MPEG-4.
func atom(name, content string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(content)+8))) + name + content
}

// dataAtom is a tag of MPEG-4, of a class: 0 for numbers, 1 for text, 13 for a
// JPEG picture.
func dataAtom(name string, class byte, content string) string {
	return atom(name, atom("data", "\x00\x00\x00"+string([]byte{class})+"\x00\x00\x00\x00"+content))
}

// m4a is music in MPEG-4 with the tags behind it, as recorders write it.
func m4a(tags ...string) string {
	ilst := atom("ilst", strings.Join(tags, ""))
	return atom("ftyp", "M4A \x00\x00\x00\x00") + atom("mdat", strings.Repeat("m", 5000)) +
		atom("moov", atom("udta", atom("meta", "\x00\x00\x00\x00"+ilst)))
}

func jpegOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is what a camera notes. Texts that are "" are left out.
type exif struct {
	orientation         uint16
	original, originals string // when it was taken, and in which zone
	digitized           string
}

// The tags of EXIF that cameras write of that.
const (
	tagOrientation = 0x0112
	tagExif        = 0x8769
	tagOriginal    = 0x9003
	tagDigitized   = 0x9004
	tagOriginals   = 0x9011
)

// in puts the notes behind the start of a JPEG picture.
func (e exif) in(picture []byte) []byte {
	var entries, texts []byte
	texted := 0
	for _, text := range []string{e.original, e.digitized, e.originals} {
		if text != "" {
			texted++
		}
	}
	const head, entry = 8, 12
	second := head + 2 + 2*entry + 4
	data := second + 2 + texted*entry + 4
	for _, of := range []struct {
		tag  uint16
		text string
	}{{tagOriginal, e.original}, {tagDigitized, e.digitized}, {tagOriginals, e.originals}} {
		if of.text == "" {
			continue
		}
		entries = binary.BigEndian.AppendUint16(entries, of.tag)
		entries = append(entries, 0, 2)
		entries = binary.BigEndian.AppendUint32(entries, uint32(len(of.text)+1))
		entries = binary.BigEndian.AppendUint32(entries, uint32(data+len(texts)))
		texts = append(texts, of.text+"\x00"...)
	}
	tiff := append([]byte("MM\x00*\x00\x00\x00\x08"), 0, 2)
	tiff = binary.BigEndian.AppendUint16(tiff, tagOrientation)
	tiff = append(tiff, 0, 3, 0, 0, 0, 1)
	tiff = append(binary.BigEndian.AppendUint16(tiff, e.orientation), 0, 0)
	tiff = binary.BigEndian.AppendUint16(tiff, tagExif)
	tiff = append(tiff, 0, 4, 0, 0, 0, 1)
	tiff = binary.BigEndian.AppendUint32(tiff, uint32(second))
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = binary.BigEndian.AppendUint16(tiff, uint16(texted))
	tiff = append(append(append(tiff, entries...), 0, 0, 0, 0), texts...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append(bytes.Clone(picture[:2]), 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2))
	return append(append(out, segment...), picture[2:]...)
}
