package store

// What is done about second factors.
const (
	ActionSecondFactorSet     Action = "second-factor-set"
	ActionSecondFactorRemoved Action = "second-factor-removed"
	ActionRecoveryCodesMade   Action = "recovery-codes-made"
	ActionRecoveryCodeUsed    Action = "recovery-code-used"
)

// factorSentence is for what is asked for besides the password.
func (r Record) factorSentence(who, whom string) string {
	switch r.Action {
	case ActionSecondFactorSet:
		return who + " set up an authenticator, whose codes are asked for after the password."
	case ActionSecondFactorRemoved:
		if r.ActorID != 0 && r.ActorID == r.SubjectID {
			return who + " removed their authenticator."
		}
		return who + " removed the second factor of " + whom + "."
	case ActionRecoveryCodesMade:
		return who + " made new recovery codes."
	case ActionRecoveryCodeUsed:
		return who + " used a recovery code" + withDetail(r.Detail) + "."
	default:
		return who + ": " + string(r.Action)
	}
}
