package media

import (
	"bufio"
	"encoding/binary"
	"image/color"
	"io"
)

// megabytes is about how much memory decoding the picture takes, from what its
// header says.
func (p picture) megabytes() (int64, error) {
	bytes := p.pixels() * p.bytesAPixel()
	if p.kind.name == formatJPEG.name {
		if err := p.rewind(); err != nil {
			return 0, err
		}
		if frame := jpegMemory(p.r); frame > 0 {
			bytes = frame
		}
	}
	return bytes>>20 + 1, nil
}

// interlaced is where in a PNG picture it stands that it is (PNG, third edition,
// section 11.2.1).
const interlaced = 28

// worstJPEG is what a pixel takes of a progressive JPEG picture with all its
// colours in full measure.
const worstJPEG = 15

// bytesAPixel is what one pixel takes in the decoders of Go; of JPEG, at the
// most.
func (p picture) bytesAPixel() (each int64) {
	switch p.config.ColorModel {
	case color.GrayModel, color.AlphaModel:
		each = 1
	case color.Gray16Model, color.Alpha16Model, color.YCbCrModel:
		each = 2
	case color.RGBA64Model, color.NRGBA64Model, color.NYCbCrAModel:
		each = 8
	default:
		each = 4
	}
	if _, palette := p.config.ColorModel.(color.Palette); palette {
		each = 1
	}
	if p.kind.name == formatJPEG.name {
		each = worstJPEG
	}
	twice := p.kind.name == formatWebP.name || p.kind.name == formatPNG.name && len(p.head) > interlaced && p.head[interlaced] == 1
	if twice {
		each *= 2
	}
	return each
}

// The markers of JPEG that say how a picture is made (ITU-T T.81, table B.1).
const (
	markerBaseline    = 0xc0
	markerExtended    = 0xc1
	markerProgressive = 0xc2
	markerRestart     = 0xd0 // and the next seven
	markerScan        = 0xda
	firstSegment      = 2
)

// jpegMemory is the memory that decoding a JPEG picture takes: each component
// in its own measure and, of a progressive one, all coefficients as 32 bits. It
// is 0 where no frame is found.
func jpegMemory(r io.Reader) int64 {
	segments := bufio.NewReader(r)
	if _, err := segments.Discard(firstSegment); err != nil {
		return 0
	}
	for {
		marker, size, err := nextSegment(segments)
		if err != nil || marker == markerScan {
			return 0
		}
		switch marker {
		case markerBaseline, markerExtended, markerProgressive:
			frame := make([]byte, size)
			if _, err := io.ReadFull(segments, frame); err != nil {
				return 0
			}
			samples := frameSamples(frame)
			if marker == markerProgressive {
				samples += 4 * samples
			}
			return samples
		}
		if _, err := segments.Discard(size); err != nil {
			return 0
		}
	}
}

// nextSegment is the next marker, and how much follows that belongs to it.
func nextSegment(r *bufio.Reader) (marker byte, size int, err error) {
	for marker == 0 || marker == 0xff || marker&^7 == markerRestart {
		previous := marker
		if marker, err = r.ReadByte(); err != nil {
			return 0, 0, err
		}
		if previous != 0xff && marker != 0xff {
			marker = 0
		}
	}
	var length [2]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return 0, 0, err
	}
	return marker, max(0, int(binary.BigEndian.Uint16(length[:]))-len(length)), nil
}

// frameSamples counts the samples of all components of a frame (ITU-T T.81,
// section B.2.2).
func frameSamples(frame []byte) (samples int64) {
	const fields, component = 6, 3
	if len(frame) < fields {
		return 0
	}
	area := int64(binary.BigEndian.Uint16(frame[1:])) * int64(binary.BigEndian.Uint16(frame[3:]))
	var parts, most int64
	for at := fields; at+component <= len(frame); at += component {
		part := int64(frame[at+1]>>4) * int64(frame[at+1]&15)
		parts += part
		most = max(most, part)
	}
	if most == 0 {
		return area
	}
	return area * parts / most
}
