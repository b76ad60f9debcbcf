package store

// What is done about devices.
const (
	ActionDeviceEnded         Action = "device-ended"
	ActionDeviceSignedOut     Action = "device-signed-out"
	ActionSignedOutEverywhere Action = "signed-out-everywhere"
)

// ownDeviceSentence is for what people do about their own devices.
func (r Record) ownDeviceSentence(who string) string {
	switch r.Action {
	case ActionDeviceEnded:
		return who + " removed their device " + Quote(r.Detail) + "."
	case ActionDeviceSignedOut:
		return who + " signed out on their device " + Quote(r.Detail) + "."
	case ActionSignedOutEverywhere:
		return who + " signed out everywhere else" + withDetail(r.Detail) + "."
	default:
		return ""
	}
}

// deviceSentence is for what is done about somebody's devices.
func (r Record) deviceSentence(who, whom string) string {
	switch r.Action {
	case ActionDeviceEnded:
		return who + " removed the device " + Quote(r.Detail) + " of " + whom + "."
	case ActionDeviceSignedOut:
		return who + " signed " + whom + " out on " + Quote(r.Detail) + "."
	case ActionSignedOutEverywhere:
		return who + " signed " + whom + " out everywhere" + withDetail(r.Detail) + "."
	default:
		return r.factorSentence(who, whom)
	}
}
