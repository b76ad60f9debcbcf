package views

import (
	"strconv"
	"time"

	"usher/store"
	"usher/views/ui"
)

// DeviceRuleCard decides on which devices a user signs in.
type DeviceRuleCard struct {
	User    store.User
	Actor   store.Actor
	Devices []store.Device // those seen last, to choose from
	Now     time.Time
}

func (p DeviceRuleCard) address(under string) string { return UserAddress(p.User.ID) + under }

// ChoosesFrom is how many devices are offered to choose from at the most.
const ChoosesFrom = 20

// ticks are the devices that can be chosen besides those that are already.
func (p DeviceRuleCard) ticks() ui.TickListProps {
	list := ui.TickListProps{
		GroupProps: ui.GroupProps{Legend: "Choose these", Help: p.chosen()},
		Name:       "device", Empty: "There is no other device of " + p.User.Name + "’s yet. One on which " + p.User.Name + " tries to sign in shows under Devices, to be chosen there.",
	}
	for _, d := range p.Devices {
		if d.Decided() {
			continue
		}
		list.Ticks = append(list.Ticks, ui.Tick{Value: strconv.FormatInt(d.ID, 10), Label: d.Label(), Help: joined(", ", DeviceRow{Device: d}.place(), inSentence(ui.When(d.LastSeenAt, p.Now)))})
	}
	return list
}

// chosen says how many devices are chosen already, and what becomes of others.
func (p DeviceRuleCard) chosen() string {
	n := 0
	for _, d := range p.Devices {
		if d.Standing == store.StandingChosen {
			n++
		}
	}
	others := p.User.Name + " is signed out on all others when this is saved."
	if n == 0 {
		return others
	}
	return ui.Capital(ui.CountOf(n, "device is", "devices are")) + " chosen already. " + others
}

func (p DeviceRuleCard) is(rule store.DeviceRule) bool { return p.User.DeviceRule == rule }
