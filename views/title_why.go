package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// WhyAddress is where administrators read why a user sees a title, or does not;
// for the user 0, where they choose whom they ask about.
func WhyAddress(title, user int64) string {
	if user == 0 {
		return TitleDeskAddress(title) + "/why"
	}
	return TitleDeskAddress(title) + "/why?user=" + strconv.FormatInt(user, 10)
}

// WhyPage tells rule by rule why a user sees a title, or does not. Without a
// user it asks for one.
type WhyPage struct {
	Layout  ui.Layout
	Title   store.Title
	Library store.Library
	Asked   store.Explanation // about whom, the zero Explanation for nobody yet
	Search  string            // as typed
	People  []store.User      // to choose from
	Now     time.Time
}

// called is the title in a sentence. What lies in somebody's own folder is not
// named: it is nobody else's business.
func called(t store.Title, l store.Library) string {
	if l.UserID == 0 {
		return t.Name
	}
	one, _ := titleNoun(t.Kind)
	switch t.Kind {
	case store.TitleEpisode, store.TitleArtist, store.TitleAlbum:
		return "An " + one + " in " + l.Name
	default:
		return "A " + one + " in " + l.Name
	}
}

// desk is the way back to the title, or for one in somebody's own folder to that
// user.
func desk(t store.Title, l store.Library) (href, label string) {
	if l.UserID != 0 {
		return UserAddress(l.UserID) + "/access", l.Name
	}
	return TitleDeskAddress(t.ID), t.Name
}

func (p WhyPage) back() (href, label string) { return desk(p.Title, p.Library) }

// verdict is the answer in a sentence.
func (p WhyPage) verdict() string {
	if p.Asked.Verdict.Shows {
		return p.Asked.User.Name + " sees it."
	}
	return "It is hidden from " + p.Asked.User.Name + "."
}

// kind is how the answer looks.
func (p WhyPage) kind() string {
	if p.Asked.Verdict.Shows {
		return "good"
	}
	return "bad"
}

// outside is why the user cannot come in at all, whatever the rules say; "" for
// who can.
func (p WhyPage) outside() string {
	switch u := p.Asked.User; {
	case u.Disabled:
		return u.Name + " is disabled, and cannot come in until that changes."
	case u.Expired(p.Now):
		return "The end date of " + u.Name + " has come, so that " + u.Name + " cannot come in."
	}
	return ""
}

func reasonBadge(r store.Reason) (kind, text string) {
	if r.Shows {
		return "good", "Lets it through"
	}
	return "bad", "Hides it"
}
