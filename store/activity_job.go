package store

// What is asked of the server's own work, and of what plays.
const (
	ActionScanAsked        Action = "scan-asked"
	ActionJobCancelled     Action = "job-cancelled"
	ActionRefreshAsked     Action = "refresh-asked"
	ActionRefreshCancelled Action = "refresh-cancelled"
	ActionPlayStopped      Action = "play-stopped"
)

// jobSentence is for what the server is asked to do by itself, or to end.
func (r Record) jobSentence(who, whom string) string {
	switch r.Action {
	case ActionScanAsked:
		return who + " asked for a scan of " + whom + "."
	case ActionJobCancelled:
		return who + " cancelled the scan of " + whom + "."
	case ActionPlayStopped:
		return who + " stopped what " + whom + " was playing on " + r.Detail + "."
	case ActionRefreshAsked:
		return who + " asked for the channel " + whom + " to be read again."
	case ActionRefreshCancelled:
		return who + " cancelled reading the channel " + whom + "."
	default:
		return r.deviceSentence(who, whom)
	}
}
