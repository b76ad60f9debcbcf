package store

import "time"

// LetterKind is what an e-mail is for.
type LetterKind string

// The kinds of letter.
const (
	LetterInvitation   LetterKind = "invitation"   // to whom is invited, with a link to accept
	LetterAccepted     LetterKind = "accepted"     // to the inviter: somebody has accepted
	LetterReset        LetterKind = "reset"        // to a user, with a one-time password link
	LetterConnect      LetterKind = "connect"      // to a user: how to link an account elsewhere
	LetterRegistration LetterKind = "registration" // to a stranger, with a link that proves the address
	LetterRegistered   LetterKind = "registered"   // to administrators: somebody waits for approval
	LetterApproved     LetterKind = "approved"     // to whom has waited
	LetterDevice       LetterKind = "device"       // to a user: somebody came on a new device, with a link that ends it
)

// replaces says whether a new letter of this kind takes the place of one to
// the same person that still waits: it says the same, with a newer link.
func (k LetterKind) replaces() bool {
	return k != LetterAccepted && k != LetterRegistered && k != LetterDevice
}

// wish is the SQL of whether a user u wants letters of this kind.
func (k LetterKind) wish() string {
	if k == LetterDevice {
		return "wants_device_mail"
	}
	return "wants_mail"
}

// LetterState is how far the sending of a letter has come.
type LetterState string

// The states. A letter is marked as being handed over in the instant before
// its text goes to the mail server: from then on nobody here can know whether
// it has arrived until the server answers.
const (
	LetterWaiting     LetterState = "waiting"
	LetterSending     LetterState = "sending"
	LetterHandingOver LetterState = "handing-over"
	LetterSent        LetterState = "sent"
	LetterFailed      LetterState = "failed"
)

// Letter is an e-mail about to be sent, with everything that it says but the
// token of its link.
type Letter struct {
	ID        int64
	Kind      LetterKind
	Recipient string // the address
	Name      string // the recipient's; "" where none is known
	Subject   string // whom it tells of, where that is somebody else
	Actor     string // who sends it, "" for the server
	BaseURL   string // what links begin with; "" where nothing is known
	MessageID string // without brackets, the same at every attempt
	Attempt   int    // from 1
	CreatedAt time.Time
	Server    string // the server's name

	Ends      time.Time // when the link ends; zero for one that does not
	Greeting  string    // of an invitation
	LastDay   time.Time // of the access that an invitation offers; zero for no end
	Access    Access    // that an invitation offers
	Libraries []string  // the names of the chosen ones
	Channels  []string
	Known     Kind   // of the user who has a registration's address already; "" when nobody has
	Device    Device // that is told of
	Held      bool   // nobody may come in on it yet
}

// OutboxEntry is a letter as the screens tell of it.
type OutboxEntry struct {
	ID        int64
	Kind      LetterKind
	Recipient string
	User      User // whom it is for: the id, role and kind alone; zero for a registration
	State     LetterState
	Error     string // why it failed, or the last attempt did
	Attempts  int
	CreatedAt time.Time
	DueAt     time.Time // of the next attempt, while it waits
	EndedAt   time.Time // when it was sent or failed; zero before
}

// How letters are tried: after a pause of a minute, which doubles up to two
// hours, for a day. What became of one is known for a month.
const (
	firstLetterPause   = time.Minute
	longestLetterPause = 2 * time.Hour
	letterTries        = 24 * time.Hour
	letterKept         = 30 * Day
)

// letterPause is how long to wait after so many attempts.
func letterPause(attempts int) time.Duration {
	doublings := min(max(attempts-1, 0), 7) // more than it takes to the longest
	return min(firstLetterPause<<doublings, longestLetterPause)
}

// What the screens say of letters that ended without a word from a mail server.
const (
	stoppedHandingOver = "Usher stopped while the mail server was taking this e-mail, so it may have arrived or not."
	noMailServer       = "E-mail is not set up on this server."
)
