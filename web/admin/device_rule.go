package admin

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"usher/store"
	"usher/views"
	"usher/views/ui"
	"usher/web/page"
)

// deviceRuleForm is what the rule about a user's devices sends.
type deviceRuleForm struct {
	Rule    string   `form:"device_rule"`
	Devices []string `form:"device"`
}

// ids are the devices that are ticked. What is no id is passed over: no list has
// such a line.
func (f deviceRuleForm) ids() []int64 {
	var ids []int64
	for _, text := range f.Devices {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && len(ids) < views.ChoosesFrom {
			ids = append(ids, id)
		}
	}
	return ids
}

// deviceRule is the card that decides on which devices the user signs in.
func (h *Handlers) deviceRule(c echo.Context, u store.User) (views.DeviceRuleCard, error) {
	card := views.DeviceRuleCard{User: u, Actor: page.From(c).Actor(), Now: h.Store.Now()}
	found, err := h.Store.Devices(c.Request().Context(), store.DeviceQuery{User: u.ID})
	card.Devices = found.Devices[:min(len(found.Devices), views.ChoosesFrom)]
	return card, err
}

// SaveDeviceRule decides on which devices a user signs in.
func (h *Handlers) SaveDeviceRule(c echo.Context) error {
	u, err := h.user(c)
	if err != nil {
		return err
	}
	var form deviceRuleForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	var choose []int64
	rule := store.DeviceRule(form.Rule)
	if rule == store.DevicesChosen { // the list is no business of the other rules
		choose = form.ids()
	}
	ctx := c.Request().Context()
	ended, err := h.Store.SetDeviceRule(ctx, page.From(c).Actor(), u.ID, rule, choose)
	if err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	return h.Done(c, about(u, "/sign-in"), ruleMessage(u, rule, ended))
}

// ruleMessage says how the user comes in from now on.
func ruleMessage(u store.User, rule store.DeviceRule, ended int) string {
	message := u.Name + " signs in on any device from now on."
	switch rule {
	case store.DevicesAsk:
		message = "New devices of " + u.Name + " wait for an administrator from now on."
	case store.DevicesChosen:
		message = u.Name + " signs in on chosen devices only from now on."
	case store.DevicesAny:
	}
	if ended > 0 {
		message += " " + u.Name + " was signed out on " + ui.CountOf(ended, "device", "devices") + "."
	}
	return message
}

// decideForm is what the buttons of a device send.
type decideForm struct {
	Standing string `form:"standing"`
	Back     string `form:"back"`
}

// DecideDevice allows, chooses or refuses a device.
func (h *Handlers) DecideDevice(c echo.Context) error {
	id, err := page.ID(c, "id")
	if err != nil {
		return err
	}
	var form decideForm
	if err := page.Bind(c, &form); err != nil {
		return err
	}
	ctx, back := c.Request().Context(), page.ComeBack(form.Back, views.DevicesAddress())
	d, u, err := h.Store.DecideDevice(ctx, page.From(c).Actor(), id, store.Standing(form.Standing))
	if err != nil {
		return err
	}
	h.EndPlays(ctx, u.ID)
	return h.Done(c, back, decidedMessage(d, u))
}

// decidedMessage says what a decision comes to.
func decidedMessage(d store.Device, u store.User) string {
	which := d.Label()
	switch {
	case d.Standing == store.StandingRefused:
		return u.Name + " does not come in on " + which + " any more."
	case !u.MayUse(d.Standing):
		return which + " is not among the chosen devices of " + u.Name + ", who is signed out there."
	case d.Standing == store.StandingChosen:
		return which + " is chosen for " + u.Name + "."
	}
	return u.Name + " may sign in on " + which + "."
}
