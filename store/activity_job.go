package store

// What is asked of the server's own work.
const (
	ActionScanAsked    Action = "scan-asked"
	ActionJobCancelled Action = "job-cancelled"
)

// jobSentence is for what the server is asked to do by itself.
func (r Record) jobSentence(who, whom string) string {
	switch r.Action {
	case ActionScanAsked:
		return who + " asked for a scan of " + whom + "."
	case ActionJobCancelled:
		return who + " cancelled the scan of " + whom + "."
	default:
		return who + ": " + string(r.Action)
	}
}
