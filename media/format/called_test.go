package format_test

import (
	"testing"

	"usher/media/format"
)

func TestCalled(t *testing.T) {
	for mediaType, want := range map[string]format.Verdict{
		"":                              {Answer: format.Unknown},
		"audio/mpeg":                    {Answer: format.Unknown},
		"video/mp4":                     {Answer: format.Unknown},
		"application/vnd.apple.mpegurl": {Answer: format.Unknown},
		"video/mp2t":                    {Answer: format.Nowhere, Why: "No browser plays MPEG transport stream files."},
		"video/x-msvideo":               {Answer: format.Nowhere, Why: "No browser plays AVI files."},
		"video/avi":                     {Answer: format.Nowhere, Why: "No browser plays AVI files."},
		"video/x-ms-wmv":                {Answer: format.Nowhere, Why: "No browser plays Windows Media files."},
		"audio/flac":                    {Answer: format.Usual},
	} {
		if got := format.Called(mediaType).Verdict(); got != want {
			t.Errorf("%q: %+v, want %+v", mediaType, got, want)
		}
	}
}
