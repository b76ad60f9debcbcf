package watch

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/media/stream"
	"usher/media/subtitle"
	"usher/store"
	"usher/views"
)

// Subtitle is a text that goes along with a title, from a file beside it, as
// WebVTT.
func (h *Handlers) Subtitle(c echo.Context) error {
	asked, err := h.asked(c)
	if err != nil {
		return err
	}
	text, err := stream.Look(c.Request().Context(), h.disk, asked.file.Folder, func(root *os.Root) ([]byte, error) {
		file, track, err := subtitle.Open(root, asked.file.Path, c.Param("key"), h.Store.Folder())
		if err != nil {
			return nil, err
		}
		defer file.Close() //nolint:errcheck // it was only read
		return track.WebVTT(file)
	})
	if err != nil {
		return h.unopened(asked, err)
	}
	return c.Blob(http.StatusOK, "text/vtt; charset=utf-8", text)
}

// subtitles are the texts that go along with a file of a title; none where the
// disk does not tell, since the title plays without them.
func (h *Handlers) subtitles(ctx context.Context, title int64, file store.MediaFile) []views.Subtitle {
	tracks, err := stream.Look(ctx, h.disk, file.Folder, func(root *os.Root) ([]subtitle.Track, error) {
		return subtitle.Beside(root, file.Path)
	})
	if err != nil {
		h.Log.Debug("cannot look for subtitles", "title", title, "error", err)
		return nil
	}
	found := make([]views.Subtitle, len(tracks))
	for i, track := range tracks {
		address := views.TitleAddress(title) + "/subtitles/" + track.Key
		if file.Part > 1 {
			address += "?" + url.Values{"part": {strconv.Itoa(file.Part)}}.Encode()
		}
		found[i] = views.Subtitle{Address: address, Language: track.Language, Label: track.Label}
	}
	return found
}
