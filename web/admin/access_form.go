package admin

import (
	"context"
	"net/url"
	"strconv"

	"usher/store"
	"usher/views"
	"usher/web/page"
)

// accessForm is what the choice of libraries and channels sends, in whatever
// form it stands.
type accessForm struct {
	AllLibraries string   `form:"all_libraries"`
	Library      []string `form:"library"`
	AllChannels  string   `form:"all_channels"`
	Channel      []string `form:"channel"`
}

// access is what the form grants.
func (f accessForm) access() store.Access {
	return store.Access{
		AllLibraries: page.Checked(f.AllLibraries), Libraries: page.IDs(f.Library),
		AllChannels: page.Checked(f.AllChannels), Channels: page.IDs(f.Channel),
	}
}

// accessFrom is the form as the values of an address or of another form hold it.
func accessFrom(values url.Values) accessForm {
	return accessForm{
		AllLibraries: values.Get("all_libraries"), Library: values["library"],
		AllChannels: values.Get("all_channels"), Channel: values["channel"],
	}
}

// accessValues are access as accessFrom reads it.
func accessValues(access store.Access) url.Values {
	values := url.Values{}
	if access.AllLibraries {
		values.Set("all_libraries", "on")
	}
	if access.AllChannels {
		values.Set("all_channels", "on")
	}
	for _, id := range access.Libraries {
		values.Add("library", strconv.FormatInt(id, 10))
	}
	for _, id := range access.Channels {
		values.Add("channel", strconv.FormatInt(id, 10))
	}
	return values
}

// accessChoice is the part of a page that shows access, to be changed.
func (h *Handlers) accessChoice(ctx context.Context, access store.Access) (views.AccessChoice, error) {
	libraries, channels, err := h.Store.Media(ctx)
	return views.AccessChoice{Access: access, Libraries: libraries, Channels: channels}, err
}
