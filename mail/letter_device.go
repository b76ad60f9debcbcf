package mail

import "usher/store"

// device tells somebody that they have come on a new device, or that somebody has
// who knows their password.
func device(l store.Letter, token string) content {
	d := l.Device
	where := "Away from home"
	if d.AtHome {
		where = "At home"
	}
	if d.Address != "" {
		where += ", from " + d.Address
	}
	c := content{
		Subject:    "A new device at " + l.Server,
		Paragraphs: []string{"Hello " + l.Name + ",", "You have signed in to " + l.Server + " on a device that was not used for that before."},
		Facts:      []fact{{"Device", d.Kind}, {"When", when(d.FirstSeenAt)}, {"Where", where}},
		Button:     "This was not me", Link: link(l, "/device/"+token),
		Closing: []string{
			"If it was you, there is nothing to do. If not, the link signs that device out, until " + when(l.Ends) + ". Then choose a new password.",
			"You can switch such e-mails off under My account.",
		},
	}
	if l.Held {
		c.Paragraphs[1] = "Somebody, probably you, wants to sign in to " + l.Server + " on a device that was not used for that before. Nobody comes in there before an administrator has decided."
	}
	if c.Link == "" { // no address of the server is set
		c.Closing[0] = "If it was you, there is nothing to do. If not, sign in, remove that device under My account, Devices, and choose a new password."
	}
	return c
}
