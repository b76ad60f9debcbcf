package store

// On which devices people come in. All of it is about their user.
const (
	ActionDeviceNew      Action = "device-new"  // somebody came in on one
	ActionDeviceHeld     Action = "device-held" // somebody wanted to, and may not yet
	ActionDeviceAllowed  Action = "device-allowed"
	ActionDeviceRefused  Action = "device-refused"
	ActionDeviceChosen   Action = "device-chosen"
	ActionDeviceUnchosen Action = "device-unchosen"
	ActionDeviceDisowned Action = "device-disowned" // with the link of a letter
)

// admitSentence is for the devices on which people come in. The detail names the device.
func (r Record) admitSentence(who, whom string) string {
	switch r.Action {
	case ActionDeviceNew:
		return whom + " came in on a new device" + withDetail(r.Detail) + "."
	case ActionDeviceHeld:
		return whom + " could not come in on a new device yet" + withDetail(r.Detail) + "."
	case ActionDeviceAllowed:
		return who + " allowed a device of " + whom + withDetail(r.Detail) + "."
	case ActionDeviceRefused:
		return who + " refused a device of " + whom + withDetail(r.Detail) + "."
	case ActionDeviceChosen:
		return who + " chose a device for " + whom + withDetail(r.Detail) + "."
	case ActionDeviceUnchosen:
		return who + " took a device of " + whom + " from the chosen ones" + withDetail(r.Detail) + "."
	case ActionDeviceDisowned:
		return "A device of " + whom + " was signed out with the link of an e-mail" + withDetail(r.Detail) + "."
	default:
		return r.mediaSentence(who, whom)
	}
}
