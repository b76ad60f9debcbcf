package media

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/sync/semaphore"
)

// What decoding a picture may take.
const (
	maxSide      = 65_535 // pixels; JPEG has no more
	maxMegabytes = 192
	atLeast      = maxMegabytes / 2 // what each counts as, so that two are decoded at once
	patience     = 20 * time.Second // ends pictures made to take for ever, such as a JPEG of a hundred thousand scans
)

// decoding admits pictures by the megabytes that they take while they are
// decoded.
var decoding = semaphore.NewWeighted(maxMegabytes)

// picture is one that was looked at and not decoded yet.
type picture struct {
	r      io.ReadSeeker
	head   []byte
	kind   format
	config image.Config
}

const (
	headSize  = 1024 // bytes that tell the kind of a picture
	readAhead = 64 << 10
)

// readHeader asks the header what a picture is and how large, before any memory is set
// aside for it. The error is a *BadPicture when the picture is to blame.
func readHeader(r io.ReadSeeker) (picture, error) {
	p := picture{r: r, head: make([]byte, headSize)}
	n, err := io.ReadFull(r, p.head)
	if n == 0 && err != nil && err != io.EOF { //nolint:errorlint // io.ReadFull answers it so
		return picture{}, fmt.Errorf("read the picture: %w", err)
	}
	p.head = p.head[:n]
	if p.kind, err = sniff(p.head); err != nil {
		return picture{}, err
	}
	if err := p.rewind(); err != nil {
		return picture{}, err
	}
	p.config, err = p.kind.config(r)
	if err != nil || p.config.Width < 1 || p.config.Height < 1 {
		return picture{}, broken(p.kind)
	}
	if max(p.config.Width, p.config.Height) > maxSide {
		return picture{}, &BadPicture{fmt.Sprintf("This picture has %d by %d pixels. Usher takes up to %d on a side.", p.config.Width, p.config.Height, maxSide)}
	}
	return p, nil
}

func (p picture) tooLarge(limit int) *BadPicture {
	return &BadPicture{fmt.Sprintf("This picture has %d by %d pixels. Usher takes up to %d megapixels.", p.config.Width, p.config.Height, limit/1_000_000)}
}

func (p picture) rewind() error {
	if _, err := p.r.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the picture: %w", err)
	}
	return nil
}

func (p picture) pixels() int64 { return int64(p.config.Width) * int64(p.config.Height) }

// cut says which part of a picture is wanted, as it is stored, and in which
// size, when it is to be turned by the EXIF orientation.
type cut func(stored image.Rectangle, turn int) (part image.Rectangle, size image.Point)

// shrunk decodes the picture, as soon as there is memory for it and before
// waiting ends, and makes of it what the cut says, turned upright, on a
// background for what is transparent.
func (p picture) shrunk(ctx, waiting context.Context, wanted cut, background color.Color) (*image.RGBA, error) {
	needed, err := p.megabytes()
	if err != nil {
		return nil, err
	}
	if needed > maxMegabytes {
		return nil, &BadPicture{fmt.Sprintf("This %s picture takes more memory than Usher gives to a picture. Save it in fewer pixels and try again.", p.kind.name)}
	}
	needed = max(needed, atLeast)
	if err := decoding.Acquire(waiting, needed); err != nil {
		return nil, fmt.Errorf("wait for another picture: %w", err)
	}
	defer decoding.Release(needed)
	turn := p.orientation()
	whole, err := p.decode(ctx)
	if err != nil {
		return nil, err
	}
	part, size := wanted(whole.Bounds(), turn)
	return upright(shrink(whole, part, size, background), turn), nil
}

// orientation is how the picture is turned, 1 where that cannot be told.
func (p picture) orientation() int {
	if p.rewind() != nil {
		return 1
	}
	return orientation(p.r, p.kind)
}

// decode is the whole picture. A decoder that panics counts as one that has
// refused.
func (p picture) decode(ctx context.Context) (whole image.Image, err error) {
	if err := p.rewind(); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			whole, err = nil, broken(p.kind)
		}
	}()
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	source := &interruptible{ctx: limited, r: p.r}
	whole, err = p.kind.decode(bufio.NewReaderSize(source, readAhead))
	if failed := errors.Join(ctx.Err(), source.failed); failed != nil {
		return nil, fmt.Errorf("decode the picture: %w", failed)
	}
	if err != nil || whole.Bounds().Empty() {
		return nil, broken(p.kind)
	}
	return whole, nil
}

func broken(kind format) *BadPicture {
	return &BadPicture{fmt.Sprintf("This %s picture is damaged or of an unusual kind. Open it and save it again, or send another.", kind.name)}
}

// interruptible is a reader that ends with its context, and by that whatever
// decodes from it.
type interruptible struct {
	ctx    context.Context
	r      io.Reader
	failed error // of the disk
}

func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := i.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		i.failed = err
	}
	return n, err
}

// shrink scales a part of a picture to a size, on a background for what is
// transparent.
//
// Scaling by a whole number comes first, a strip of rows at a time: a filter
// over the whole picture would want several times its memory.
func shrink(whole image.Image, part image.Rectangle, size image.Point, background color.Color) *image.RGBA {
	factor := max(1, min(part.Dx()/max(1, size.X), part.Dy()/max(1, size.Y)))
	smaller := averaged(whole, part, factor, background)
	if smaller.Bounds().Size() == size {
		return smaller
	}
	exact := image.NewRGBA(image.Rectangle{Max: size})
	draw.ApproxBiLinear.Scale(exact, exact.Bounds(), smaller, smaller.Bounds(), draw.Src, nil)
	return exact
}

// averaged is the part of a picture with each square of factor by factor pixels
// as one: their average. What is left over at the right and below falls away.
func averaged(whole image.Image, part image.Rectangle, factor int, background color.Color) *image.RGBA {
	small := image.NewRGBA(image.Rect(0, 0, part.Dx()/factor, part.Dy()/factor))
	width := small.Bounds().Dx()
	strip := image.NewRGBA(image.Rect(0, 0, width*factor, factor))
	sums := make([]uint32, 3*width)
	ground := image.NewUniform(background)
	for y := range small.Bounds().Dy() {
		draw.Draw(strip, strip.Bounds(), ground, image.Point{}, draw.Src)
		draw.Draw(strip, strip.Bounds(), whole, part.Min.Add(image.Pt(0, y*factor)), draw.Over)
		clear(sums)
		for row := range factor {
			pixels := strip.Pix[row*strip.Stride:]
			for x := range width {
				sum := sums[3*x : 3*x+3 : 3*x+3]
				for _, pixel := 0, pixels[4*x*factor:4*(x+1)*factor]; len(pixel) >= 4; pixel = pixel[4:] {
					sum[0] += uint32(pixel[0])
					sum[1] += uint32(pixel[1])
					sum[2] += uint32(pixel[2])
				}
			}
		}
		average(small.Pix[y*small.Stride:], sums, uint32(factor)*uint32(factor))
	}
	return small
}

// average writes the pixels whose sums these are.
func average(row []uint8, sums []uint32, count uint32) {
	for x := range len(sums) / 3 {
		for channel := range 3 {
			row[4*x+channel] = uint8((sums[3*x+channel] + count/2) / count)
		}
		row[4*x+3] = 255
	}
}
