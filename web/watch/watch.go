// Package watch holds the user-facing side: what people may watch.
package watch

import (
	"usher/media/format"
	"usher/media/poster"
	"usher/media/relay"
	"usher/media/stream"
	"usher/web/page"
)

// Handlers answer for whoever is signed in, about what they may watch.
type Handlers struct {
	*page.Core
	posters *poster.Posters
	disk    *stream.Disk
	formats *format.Cache
	relay   *relay.Relay
}

// New are the handlers around core, with the posters of titles.
func New(core *page.Core, posters *poster.Posters) *Handlers {
	return &Handlers{core, posters, stream.NewDisk(core.Store.Folder()), &format.Cache{}, relay.New(core.Outside)}
}
