package format

// transportStream is what television sends.
var transportStream = named("MPEG transport stream", "video/mp2t", Nowhere)

// readStreams reads what has no beginning, only frames or packets one after the
// other: MP3, AAC and MPEG transport streams.
func readStreams(w *window, ending string) Format {
	for offset, packet := range map[int64]int64{0: 188, 4: 192} {
		if w.every(offset, packet, 4) {
			return transportStream
		}
	}
	start := w.behindID3()
	if w.has(start, "fLaC") {
		return named("FLAC", "audio/flac", Usual, sound(nameFLAC, ""))
	}
	if f := w.frame(start); f.Container != "" || start == 0 && ending != "mp3" {
		return f
	}
	// Some MP3 files begin with rubbish, which browsers pass over.
	for at := start; at < start+pageSize; at++ {
		if f := w.frame(at); f.Container == nameMP3 {
			return f
		}
	}
	return Format{}
}

// every says whether packets of a transport stream follow each other.
func (w *window) every(offset, packet int64, times int64) bool {
	for n := range times {
		if !w.has(offset+n*packet, "\x47") {
			return false
		}
	}
	return true
}

// behindID3 is where the first frame may begin: behind the tags, the length of
// which is written in seven bits a byte (ID3v2, section 3.1).
func (w *window) behindID3() (at int64) {
	for range 4 {
		head := w.at(at, 10)
		if head == nil || string(head[:3]) != "ID3" {
			break
		}
		at += 10 + int64(head[6]&0x7f)<<21 + int64(head[7]&0x7f)<<14 + int64(head[8]&0x7f)<<7 + int64(head[9]&0x7f)
	}
	return at
}

// frame is the format by a frame of MPEG sound that begins at an offset, if the
// next one follows where it should.
func (w *window) frame(at int64) Format {
	head := w.at(at, 6)
	if len(head) == 0 || head[0] != 0xFF || head[1]&0xE0 != 0xE0 {
		return Format{}
	}
	first, layer := head[1], head[1]>>1&3
	if layer == 0 { // not a layer but ADTS, which carries AAC (ISO/IEC 13818-7)
		length := int64(head[3]&3)<<11 | int64(head[4])<<3 | int64(head[5])>>5
		if first&0xF0 != 0xF0 || length < 7 || !w.follows(at+length, first) {
			return Format{}
		}
		return named(nameAAC, "audio/aac", Usual, sound(nameAAC, ""))
	}
	length := frameLength(head)
	if length == 0 || !w.follows(at+length, first) {
		return Format{}
	}
	if layer == 1 {
		return named(nameMP3, "audio/mpeg", Usual, sound(nameMP3, ""))
	}
	return named("MPEG audio", "audio/mpeg", Depends, sound(nameMP2, ""))
}

// follows says whether another frame like the first begins at an offset, or the
// file ends there.
func (w *window) follows(at int64, first byte) bool {
	next := w.at(at, 2)
	return at == w.size || len(next) == 2 && next[0] == 0xFF && next[1] == first
}

// Bits per second, in thousands, of MPEG-1 sound by layer (III, II, I), and of
// MPEG-2 and 2.5 (III and II, I), by their number in the frame (ISO/IEC 11172-3
// and 13818-3).
var (
	ratesMPEG1 = [3][16]int64{
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
	}
	ratesMPEG2 = [3][16]int64{
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
	}
	samplings = [4]int64{44100, 48000, 32000, 0}
)

// frameLength is the length in bytes of the frame with this head, 0 where it is
// no frame.
func frameLength(head []byte) int64 {
	version, layer, padded := head[1]>>3&3, head[1]>>1&3, int64(head[2]>>1&1)
	sampling := samplings[head[2]>>2&3]
	if version == 1 || layer == 0 || sampling == 0 {
		return 0
	}
	rates := ratesMPEG2
	switch version {
	case 3:
		rates = ratesMPEG1
	case 2:
		sampling /= 2
	case 0:
		sampling /= 4
	}
	rate := rates[layer-1][head[2]>>4] * 1000
	switch {
	case rate == 0:
		return 0
	case layer == 3:
		return (12*rate/sampling + padded) * 4
	case layer == 1 && version != 3:
		return 72*rate/sampling + padded
	}
	return 144*rate/sampling + padded
}
