package views

import (
	"strconv"
	"time"

	"usher/playing"
	"usher/store"
	"usher/views/ui"
)

const playingPath = "/admin/activity/playing"

// PlayingAddress is the page of what plays now.
func PlayingAddress() string { return playingPath }

func stopPlayAddress(play int64) string {
	return "/admin/playing/" + strconv.FormatInt(play, 10) + "/stop"
}

// Play is something that plays now, for administrators: never what it is.
type Play struct {
	playing.Play
	User store.User // whose it is; the zero User for one who has been deleted meanwhile
}

// PlayState is a play as the script of the page is told of it.
type PlayState struct {
	ID    int64  `json:"id"`
	State string `json:"state"`
}

// NewPlayState is what is told of a play.
func NewPlayState(p playing.Play) PlayState { return PlayState{p.ID, playState(p)} }

func playState(p playing.Play) string {
	if p.Paused {
		return "paused"
	}
	return "playing"
}

// since says since when something plays; without a day for today.
func since(t, now time.Time) string {
	t = t.In(now.Location())
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return "Since " + t.Format("15:04")
	}
	return "Since " + t.Format("15:04 on 2 January")
}

// PlayingPage is what plays now.
type PlayingPage struct {
	Layout ui.Layout
	Plays  []Play // the oldest first
	Actor  store.Actor
	Now    time.Time
}

// count says how much plays.
func (p PlayingPage) count() string {
	if len(p.Plays) == 0 {
		return "Nothing plays now."
	}
	return ui.Count(len(p.Plays), "device plays", "devices play") + " something now."
}

// StopPlayPage asks before what somebody plays is stopped.
type StopPlayPage struct {
	Layout   ui.Layout
	Play     Play
	Word     string // as typed
	Problems Problems
}

func (p StopPlayPage) confirm() ui.ConfirmProps {
	return ui.ConfirmProps{
		Title: "Stop what " + p.Play.User.Name + " is playing?", Action: stopPlayAddress(p.Play.ID), Button: "Stop it", Cancel: playingPath, Danger: true,
	}
}

// StoppedPlay tells a viewer that an administrator has stopped what they were
// playing, and with which word.
func StoppedPlay(name, word string) string {
	told := "An administrator has stopped “" + name + "”"
	if word == "" {
		return told + "."
	}
	return told + " and says: “" + word + "”"
}
