package views

import (
	"strconv"

	"usher/store"
	"usher/views/ui"
)

// DeleteUsersPage asks before users are deleted.
type DeleteUsersPage struct {
	Layout ui.Layout
	Users  []store.User
	Action string // where the form goes: to the one user, or to the list
	Back   string // the address to return to
}

// fewPeople is how many people a question names.
const fewPeople = 10

func (p DeleteUsersPage) title() string {
	if len(p.Users) == 1 {
		return "Delete " + p.Users[0].Name + "?"
	}
	return "Delete " + ui.CountOf(len(p.Users), "person", "people") + "?"
}

func (p DeleteUsersPage) button() string {
	if len(p.Users) == 1 {
		return "Delete " + p.Users[0].Name
	}
	return "Delete " + ui.CountOf(len(p.Users), "person", "people")
}

func (p DeleteUsersPage) people() string { return People(p.Users, fewPeople) }

func (p DeleteUsersPage) hidden() []ui.Hidden {
	return append(hiddenIDs(p.Users), ui.Hidden{Name: "back", Value: p.Back}, ui.Hidden{Name: "action", Value: "delete"}, ui.Hidden{Name: "confirmed", Value: "yes"})
}

// hiddenIDs are the users in a form that asks once more.
func hiddenIDs(users []store.User) []ui.Hidden {
	hidden := make([]ui.Hidden, len(users), len(users)+3)
	for i, u := range users {
		hidden[i] = ui.Hidden{Name: "id", Value: strconv.FormatInt(u.ID, 10)}
	}
	return hidden
}

// GiveAccessPage asks what several users may watch.
type GiveAccessPage struct {
	Layout ui.Layout
	Selected
	Choice AccessChoice
}
