package metadata

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"strings"
)

// How many comments are read, and how long one may be that is no picture.
const (
	maxComments = 1000
	maxComment  = 16 << 10
)

// comments are those of FLAC, Vorbis and Opus files, by name in lower case; a
// name may have several values.
type comments struct {
	values map[string][]string
	hasArt bool
	art    []byte // where it was asked for
}

func (c *comments) first(names ...string) string {
	for _, name := range names {
		if values := c.values[name]; len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// all are the values of a name in one line: several artists of one track.
func (c *comments) all(name string) string { return strings.Join(c.values[name], ", ") }

// number is the value of the first of the names that has one, without a total
// behind a slash.
func (c *comments) number(names ...string) int {
	written, _, _ := strings.Cut(c.first(names...), "/")
	n, err := strconv.Atoi(strings.TrimSpace(written))
	if err != nil {
		return 0
	}
	return number(n)
}

func (c *comments) music() Music {
	return Music{
		Title: text(c.first("title")), Artist: text(c.all("artist")), AlbumArtist: text(c.first("albumartist", "album artist")), Album: text(c.first("album")),
		Genres: genres(c.values["genre"]...), Year: yearOf(c.first("date", "year", "originaldate")),
		Track: c.number("tracknumber", "track"), Disc: c.number("discnumber", "disc"), HasArt: c.hasArt,
	}
}

// commentReader is what reads the comments of the file, or nil where it is of
// another kind.
func commentReader(file *skimmer) func(file *skimmer, art bool) (comments, error) {
	var magic [4]byte
	_, err := io.ReadFull(file, magic[:])
	file.at = 0
	switch {
	case err != nil:
	case string(magic[:]) == "fLaC":
		return readFLAC
	case string(magic[:]) == "OggS":
		return readOgg
	}
	return nil
}

// read reads comments (Vorbis I specification, section 5.2.1).
func (c *comments) read(r *bufio.Reader, art bool) error {
	vendor, err := length(r)
	if err != nil {
		return err
	}
	if _, err := r.Discard(vendor); err != nil {
		return err
	}
	count, err := length(r)
	if err != nil {
		return err
	}
	c.values = make(map[string][]string)
	for range min(count, maxComments) {
		if err := c.readOne(r, art); err != nil {
			return err
		}
	}
	return nil
}

const pictureComment = "metadata_block_picture="

func (c *comments) readOne(r *bufio.Reader, art bool) error {
	size, err := length(r)
	if err != nil {
		return err
	}
	head, err := r.Peek(min(size, len(pictureComment)))
	if err != nil {
		return err
	}
	picture := strings.EqualFold(string(head), pictureComment)
	c.hasArt = c.hasArt || picture
	if size > maxComment && (!picture || !art || c.art != nil || size > artBudget) {
		_, err := r.Discard(size)
		return err
	}
	comment := make([]byte, size)
	if _, err := io.ReadFull(r, comment); err != nil {
		return err
	}
	if picture {
		if block, err := base64.StdEncoding.DecodeString(string(comment[len(pictureComment):])); err == nil && art {
			c.art = artOf(block)
		}
		return nil
	}
	if name, value, ok := strings.Cut(string(comment), "="); ok {
		name = strings.ToLower(name)
		c.values[name] = append(c.values[name], value)
	}
	return nil
}

// length reads a length as Vorbis comments have it, no longer than Usher would
// read.
func length(r io.Reader) (int, error) {
	var n uint32
	if err := binary.Read(r, binary.LittleEndian, &n); err != nil {
		return 0, err
	}
	if n > 2*artBudget {
		return 0, errTooMuch
	}
	return int(n), nil
}

// The kinds of metadata block in FLAC (RFC 9639, section 8.1).
const (
	blockComments = 4
	blockPicture  = 6
	blockLast     = 1 << 7
)

// readFLAC reads the metadata blocks of a FLAC file (RFC 9639, section 8).
func readFLAC(file *skimmer, art bool) (found comments, err error) {
	file.at = int64(len("fLaC"))
	for {
		var head [4]byte
		if _, err := io.ReadFull(file, head[:]); err != nil {
			return found, err
		}
		size := int64(head[1])<<16 | int64(head[2])<<8 | int64(head[3])
		next := file.at + size
		switch kind := head[0] &^ blockLast; {
		case kind == blockComments:
			if err := found.read(bufio.NewReader(io.LimitReader(file, size)), art); err != nil {
				return found, err
			}
		case kind == blockPicture && next <= file.size:
			found.hasArt = true
			if art && found.art == nil && size <= artBudget {
				block := make([]byte, size)
				if _, err := io.ReadFull(file, block); err != nil {
					return found, err
				}
				found.art = artOf(block)
			}
		}
		if head[0]&blockLast != 0 {
			return found, nil
		}
		file.at = next
	}
}

// artOf is the picture in a picture block (RFC 9639, section 8.8), or nil where
// the block makes no sense.
func artOf(block []byte) []byte {
	const kind, measures = 4, 16
	take := func(n uint32) []byte {
		if uint64(n) > uint64(len(block)) {
			block = nil
			return nil
		}
		taken := block[:n]
		block = block[n:]
		return taken
	}
	size := func() uint32 {
		if field := take(4); len(field) == 4 {
			return binary.BigEndian.Uint32(field)
		}
		return 0
	}
	take(kind)
	take(size()) // the MIME type
	take(size()) // a description
	take(measures)
	return take(size())
}

// packets reads the packets of the first stream in an Ogg file, one after the
// other, as one stream of bytes without the heads of the pages (RFC 3533,
// section 6).
type packets struct {
	file *skimmer
	left int // in this page
}

// The head of a page of Ogg, and what of it matters here.
const (
	oggHead     = 27
	oggSegments = 26
)

var errNotOgg = errors.New("no page of Ogg")

// Read reads from one page at a time.
func (p *packets) Read(b []byte) (int, error) {
	for p.left == 0 {
		var head [oggHead]byte
		if _, err := io.ReadFull(p.file, head[:]); err != nil {
			return 0, err
		}
		if string(head[:4]) != "OggS" {
			return 0, errNotOgg
		}
		segments := make([]byte, head[oggSegments])
		if _, err := io.ReadFull(p.file, segments); err != nil {
			return 0, err
		}
		for _, size := range segments {
			p.left += int(size)
		}
	}
	n, err := p.file.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, err
}

// How the packet begins that holds the comments: of Vorbis (Vorbis I, section
// 4.2.1) and of Opus (RFC 7845, section 5.2).
const (
	vorbisComments = "\x03vorbis"
	opusComments   = "OpusTags"
)

// readOgg reads the comments of a Vorbis or Opus file. They are the second
// packet; the first has a page of its own.
func readOgg(file *skimmer, art bool) (found comments, err error) {
	file.text = 2 * artBudget
	stream := &packets{file: file}
	if _, err := stream.Read(make([]byte, 1)); err != nil {
		return found, err
	}
	file.at += int64(stream.left)
	stream.left = 0
	r := bufio.NewReader(stream)
	head, err := r.Peek(len(opusComments))
	if err != nil {
		return found, err
	}
	switch {
	case string(head) == opusComments:
		_, err = r.Discard(len(opusComments))
	case strings.HasPrefix(string(head), vorbisComments):
		_, err = r.Discard(len(vorbisComments))
	default:
		return found, nil
	}
	if err != nil {
		return found, err
	}
	err = found.read(r, art)
	return found, err
}
