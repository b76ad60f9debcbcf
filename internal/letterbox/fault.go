package letterbox

import (
	"context"
	"net"

	"github.com/emersion/go-smtp"
)

// Fault is a way in which a mail server fails.
type Fault int

// The faults, in the order of a connection.
const (
	NoFault           Fault = iota
	HangAtGreeting          // takes the connection and says nothing
	RefuseGreeting          // 554 instead of a greeting
	RefuseAuth              // 535, whatever the password
	RefuseSender            // 550
	RefuseRecipient         // 550: no such address
	PostponeRecipient       // 450: try later
	RefuseMessage           // 554, after the whole text
	PostponeMessage         // 451, after the whole text
	EchoMessage             // 554 with the link that was in the text
	CutInData               // the connection ends in the middle of the text
	HangInData              // nothing is read any more in the middle of the text
	CutBeforeReply          // the letter is taken, and the connection ends without a word
	HangAfterData           // the letter is taken, and no answer comes
)

// Fail makes the box fail so from now on; NoFault mends it.
func (b *Box) Fail(fault Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fault = fault
}

// WaitFault waits until somebody has run into a fault so many times.
func (b *Box) WaitFault(ctx context.Context, fault Fault, times int) error {
	return b.until(ctx, func() bool { return b.seen[fault] >= times })
}

// fails says whether the box is to fail so now, and notes that it did.
func (b *Box) fails(fault Fault) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fault != fault {
		return false
	}
	b.seen[fault]++
	b.happened()
	return true
}

// refusals are the answers of those faults that are one.
var refusals = map[Fault]*smtp.SMTPError{
	RefuseAuth:        {Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Authentication failed"},
	RefuseSender:      {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "You may not send from this address"},
	RefuseRecipient:   {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"},
	PostponeRecipient: {Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "Try again later"},
	RefuseMessage:     {Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "This looks like spam"},
	PostponeMessage:   {Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "The disk is full"},
}

// refusal is the answer of the first of these faults that is to happen now, or
// nil.
func (b *Box) refusal(faults ...Fault) error {
	for _, fault := range faults {
		if b.fails(fault) {
			return refusals[fault]
		}
	}
	return nil
}

// watchedListener is a listener whose connections may fail before a word is
// said.
type watchedListener struct {
	net.Listener
	box *Box
}

// Accept is the next connection that does not fail.
func (l *watchedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		switch {
		case err != nil:
			return nil, err
		case l.box.fails(RefuseGreeting):
			_, _ = conn.Write([]byte("554 5.3.2 No service here\r\n"))
			_ = conn.Close()
		case l.box.fails(HangAtGreeting):
			l.box.mu.Lock()
			l.box.held = append(l.box.held, conn)
			l.box.mu.Unlock()
		default:
			return conn, nil
		}
	}
}
