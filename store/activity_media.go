package store

// What is done about libraries, channels and titles.
const (
	ActionLibraryAdded     Action = "library-added"
	ActionLibraryChanged   Action = "library-changed"
	ActionLibraryDeleted   Action = "library-deleted"
	ActionLibrariesOrdered Action = "libraries-ordered"
	ActionChannelAdded     Action = "channel-added"
	ActionChannelChanged   Action = "channel-changed"
	ActionChannelDeleted   Action = "channel-deleted"
	ActionChannelsOrdered  Action = "channels-ordered"
	ActionTitlesCorrected  Action = "titles-corrected"
	ActionFolderSet        Action = "personal-folder-set"
	ActionFolderRemoved    Action = "personal-folder-removed"
)

// mediaSentence is for what is done about libraries, channels and titles.
func (r Record) mediaSentence(who, whom string) string {
	switch r.Action {
	case ActionLibraryAdded:
		return who + " added the library " + whom + "."
	case ActionLibraryChanged:
		return who + " changed the library " + whom + withDetail(r.Detail) + "."
	case ActionLibraryDeleted:
		return who + " deleted the library " + whom + "."
	case ActionLibrariesOrdered:
		return who + " moved the library " + whom + " " + r.Detail + "."
	case ActionChannelAdded:
		return who + " added the channel " + whom + "."
	case ActionChannelChanged:
		return who + " changed the channel " + whom + withDetail(r.Detail) + "."
	case ActionChannelDeleted:
		return who + " deleted the channel " + whom + "."
	case ActionChannelsOrdered:
		return who + " moved the channel " + whom + " " + r.Detail + "."
	case ActionTitlesCorrected:
		return who + " corrected " + whom + withDetail(r.Detail) + "."
	case ActionFolderSet:
		return who + " set the personal folder of " + whom + withDetail(r.Detail) + "."
	case ActionFolderRemoved:
		return who + " took the personal folder of " + whom + " out of Usher" + withDetail(r.Detail) + "."
	default:
		return r.invitationSentence(who, whom)
	}
}
