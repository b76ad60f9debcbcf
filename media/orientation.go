package media

import (
	"image"
	"io"

	"github.com/bep/imagemeta"
)

// maxTags is how many EXIF tags are looked through for the orientation, which
// cameras write among the first.
const maxTags = 200

// orientation returns the EXIF orientation, 1 to 8 (EXIF 2.32, section 4.6.4,
// tag 0x0112), and 1 (upright) where there is none or it makes no sense: a
// picture is not refused for its metadata.
func orientation(r io.ReadSeeker, kind format) int {
	if kind.meta == 0 {
		return 1
	}
	found := 1
	_, err := imagemeta.Decode(imagemeta.Options{
		R:               r,
		ImageFormat:     kind.meta,
		Sources:         imagemeta.EXIF,
		LimitNumTags:    maxTags,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" && tag.Namespace == "IFD0" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if value, ok := tag.Value.(uint16); ok && value >= 1 && value <= 8 {
				found = int(value)
			}
			return imagemeta.ErrStopWalking
		},
		Warnf: func(string, ...any) {},
	})
	if err != nil {
		return 1
	}
	return found
}

// upright turns a picture by its EXIF orientation. The table says where each
// pixel of the upright picture comes from; those from 5 up lie on a side.
func upright(picture *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return picture
	}
	right, bottom := picture.Bounds().Dx()-1, picture.Bounds().Dy()-1
	source := func(x, y int) (int, int) {
		switch orientation {
		case 2:
			return right - x, y
		case 3:
			return right - x, bottom - y
		case 4:
			return x, bottom - y
		case 5:
			return y, x
		case 6:
			return y, bottom - x
		case 7:
			return right - y, bottom - x
		default:
			return right - y, x
		}
	}
	turned := image.NewRGBA(image.Rectangle{Max: turnedSize(picture.Bounds().Size(), orientation)})
	for y := range turned.Bounds().Dy() {
		for x := range turned.Bounds().Dx() {
			fromX, fromY := source(x, y)
			turned.SetRGBA(x, y, picture.RGBAAt(fromX, fromY))
		}
	}
	return turned
}

// turnedSize is the size of an upright picture that is stored in this one, or
// the other way about.
func turnedSize(size image.Point, orientation int) image.Point {
	if orientation >= 5 {
		return image.Pt(size.Y, size.X)
	}
	return size
}
