package web_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/store"
)

// upload sends a file as the form for pictures does.
func (b *browser) upload(path, field, name string, content []byte) answer {
	b.house.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		b.house.t.Fatal(err)
	}
	return b.send(http.MethodPost, path, form.FormDataContentType(), &body)
}

// png is a picture of so many pixels in one colour.
func pngOf(t *testing.T, width, height int, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		m.Set(i%width, i/width, c)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// claiming is a PNG picture whose header claims other measures.
func claiming(picture []byte, width, height uint32) []byte {
	const header, measures, sum = 12, 16, 29 // where the chunk's type, its measures and its checksum stand
	out := bytes.Clone(picture)
	binary.BigEndian.PutUint32(out[measures:], width)
	binary.BigEndian.PutUint32(out[measures+4:], height)
	binary.BigEndian.PutUint32(out[sum:], crc32.ChecksumIEEE(out[header:sum]))
	return out
}

func TestPicture(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	if form := b.get(about(elsa, "")).doc().Find("form[enctype='multipart/form-data'][action='" + about(elsa, "/picture") + "']"); form.Find("input[type=file][name=picture]").Length() != 1 {
		t.Error("the profile has no form for the picture")
	}
	if b.get(about(elsa, "/picture")).doc().Find("main form:not(.look)").Length() != 1 {
		t.Error("the picture has no page of its own")
	}
	sent := b.upload(about(elsa, "/picture"), "picture", "elsa.png", pngOf(t, 600, 400, color.RGBA{R: 200, A: 255})).want(http.StatusSeeOther)
	page := b.get(sent.Location).says("Elsa has a new picture.")
	address, _ := page.doc().Find(".person img.avatar").Attr("src")
	if want := "/users/" + id(elsa.ID) + "/picture/" + h.user(elsa.ID).Picture; address != want {
		t.Fatalf("the picture is at %q, want %q", address, want)
	}

	picture := b.get(address).want(http.StatusOK)
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
	} {
		if got := picture.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	portrait, err := jpeg.Decode(strings.NewReader(picture.Body))
	if err != nil {
		t.Fatal(err)
	}
	if portrait.Bounds().Dx() != 256 || portrait.Bounds().Dy() != 256 {
		t.Errorf("it measures %v", portrait.Bounds())
	}
	if red, _, _, _ := portrait.At(128, 128).RGBA(); red>>8 < 180 {
		t.Error("it is another picture")
	}

	page = b.follow(about(elsa, "/picture/remove"), nil).says("The picture of Elsa is gone.")
	if page.doc().Find(".person img").Length() != 0 {
		t.Error("it shows all the same")
	}
	b.get(address).want(http.StatusNotFound)
	b.get(about(elsa, "/activity")).says("Mara changed the picture of Elsa.").says("Mara removed the picture of Elsa.")
}

func TestWhoSeesPictures(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.add("Nils", goodPassword)
	jonas := h.addAdministrator("Jonas")
	err := h.store.UpdateSignInRules(context.Background(), h.asOwner(), jonas.ID, store.SignInRules{LocalAccess: true, MayChangePassword: true})
	if err != nil {
		t.Fatal(err)
	}
	h.signedIn("Mara", away).upload(about(elsa, "/picture"), "picture", "e.png", pngOf(t, 8, 8, color.White)).want(http.StatusSeeOther)
	address := "/users/" + id(elsa.ID) + "/picture/" + h.user(elsa.ID).Picture
	h.signedIn("Elsa", away).get(address).want(http.StatusOK)
	h.signedIn("Jonas", away).get(address).want(http.StatusOK)
	h.signedIn("Nils", away).get(address).want(http.StatusNotFound)
	h.browser(away).get(address).want(http.StatusNotFound)
	sofa := h.browser(atHome)
	sofa.get(address).want(http.StatusOK) // it is on the sign-in page
	h.must(h.store.SetHidden(context.Background(), h.asOwner(), elsa.ID, true))
	sofa.get(address).want(http.StatusNotFound)
	sofa.post("/sign-in", signInForm("Jonas", "")).want(http.StatusSeeOther)
	sofa.get(address).want(http.StatusNotFound)
	h.signedIn("Elsa", away).get("/users/" + id(elsa.ID) + "/picture/0000000000000000").want(http.StatusNotFound)
}

func TestPicturesThatAreRefused(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	small := pngOf(t, 4, 4, color.White)
	for _, test := range []struct {
		about, file string
		content     []byte
		status      int
		words       string
	}{
		{"a drawing", "face.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), http.StatusUnprocessableEntity, "That is an SVG drawing."},
		{"a drawing named as a picture", "face.png", []byte(`<?xml version="1.0"?><svg/>`), http.StatusUnprocessableEntity, "That is an SVG drawing."},
		{"a page named as a picture", "face.png", []byte(`<!doctype html><script>alert(1)</script>`), http.StatusUnprocessableEntity, "That is a web page."},
		{"9 MB", "face.png", append(bytes.Clone(small), make([]byte, 9<<20)...), http.StatusUnprocessableEntity, "larger than 8 MB"},
		{"50 megapixels", "face.png", claiming(small, 10_000, 5_000), http.StatusUnprocessableEntity, "10000 by 5000 pixels"},
		{"half a picture", "face.png", small[:len(small)/2], http.StatusUnprocessableEntity, "damaged"},
		{"nothing in a file", "face.png", nil, http.StatusUnprocessableEntity, "This file is empty."},
		{"no file", "", nil, http.StatusUnprocessableEntity, "Choose a picture first."},
	} {
		t.Run(test.about, func(t *testing.T) {
			b.upload(about(elsa, "/picture"), "picture", test.file, test.content).refuses(test.status, "picture", test.words)
		})
	}
	b.upload(about(elsa, "/picture"), "file", "face.png", small).refuses(http.StatusUnprocessableEntity, "picture", "Choose a picture first.")
	b.post(about(elsa, "/picture"), url.Values{"picture": {"x"}}).want(http.StatusUnsupportedMediaType)
	b.send(http.MethodPost, about(elsa, "/picture"), "multipart/form-data; boundary=x", strings.NewReader("--x\r\nbroken")).want(http.StatusBadRequest)
	if h.user(elsa.ID).Picture != "" {
		t.Error("something of it was stored")
	}
}

// A form that is too large around its picture is refused as well: what comes
// before the picture is not kept.
func TestPictureInAVastForm(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	b := h.signedIn("Mara", away)
	b.upload(about(elsa, "/picture"), "padding", "padding.bin", make([]byte, 50<<20)).refuses(http.StatusRequestEntityTooLarge, "picture", "larger than 8 MB")
}

func TestPictureOfOneself(t *testing.T) {
	h := newHousehold(t)
	elsa := h.add("Elsa", goodPassword)
	h.signedIn("Elsa", away).upload(about(elsa, "/picture"), "picture", "e.png", pngOf(t, 8, 8, color.White)).want(http.StatusForbidden)
	h.signedIn("Elsa", away).post(about(elsa, "/picture/remove"), nil).want(http.StatusForbidden)
}
