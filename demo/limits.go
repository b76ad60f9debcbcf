package demo

import "usher/store"

// preset are the restrictions of the preset with this key.
func preset(key string) (r store.Restrictions) {
	for _, p := range store.Presets() {
		if p.Key == key {
			r = p.Set(r)
		}
	}
	return r
}

// olderChild watches until eight in the evening, and an hour longer when there
// is no school the next day.
func olderChild() store.Restrictions {
	r := preset("older-child")
	r.Hours, _ = store.ParseWeek(store.WeekText{
		"07:00–20:00", "07:00–20:00", "07:00–20:00", "07:00–20:00", "07:00–21:00", "07:00–21:00", "07:00–20:00",
	})
	return r
}

// youngerChild sees nothing that somebody found scary, and goes to bed early.
func youngerChild() store.Restrictions {
	r := preset("younger-child")
	r.HideLabels, r.NoDownloads = []string{"scary"}, true
	r.Hours, _ = store.ParseWeek(store.WeekText{
		"07:00–18:30", "07:00–18:30", "07:00–18:30", "07:00–18:30", "07:00–18:30", "07:00–18:30", "07:00–18:30",
	})
	return r
}
