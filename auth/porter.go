package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"usher/store"
)

// ErrWrong is the answer to a sign-in that does not work, whatever the cause:
// nobody has that name, the password is another, there is none, or the user
// may not sign in.
var ErrWrong = errors.New("wrong name or password")

// ErrNoFace is the answer to picking somebody who is not among the faces at
// home, or not any more.
var ErrNoFace = errors.New("nobody to pick")

// ErrAsksPIN is the answer to a name alone, at home, where the PIN is asked for.
var ErrAsksPIN = errors.New("the PIN is asked for")

// Throttled says that there were too many failures; Wait is how long the door
// stays shut.
type Throttled struct {
	Wait time.Duration
}

// Error tells the wait.
func (t *Throttled) Error() string { return fmt.Sprintf("too many failures: wait %s", t.Wait) }

// Refused says why somebody with the right password may not come in: a
// sentence for them.
type Refused struct {
	Reason string
	record string // the same as Activity has it
}

// Error is the reason.
func (r *Refused) Error() string { return r.Reason }

// Porter checks who wants to come in.
type Porter struct {
	store  *store.Store
	hasher *Hasher
	key    *Key
}

// NewPorter checks against st with hasher, and with the server's key.
func NewPorter(st *store.Store, hasher *Hasher, key *Key) *Porter {
	return &Porter{store: st, hasher: hasher, key: key}
}

// Attempt is a try to sign in.
type Attempt struct {
	Name      string // or e-mail
	Password  string // "" to come in without, at home
	User      int64  // whom they have picked among the faces, at home; 0 to go by the name
	PIN       string // typed in place of the password, at home
	Location  Location
	Browser   []byte // SHA-256 of the token in the browser's own cookie
	UserAgent string
	Replaces  int64 // the session that the new one takes the place of, 0 for none
}

// SignIn checks the attempt and opens a session; it returns the token for the
// cookie. It answers ErrWrong, *Throttled, *Refused or ErrBusy, *NeedsFactor where
// a second step has to follow, ErrNoFace where somebody was picked who cannot be,
// and ErrAsksPIN. Every ErrWrong has cost the same hashing, whatever its cause.
func (p *Porter) SignIn(ctx context.Context, a Attempt) (token string, err error) {
	if !a.Location.Home && (a.User != 0 || a.PIN != "") {
		// Away it is answered like a name that nobody has.
		a.Name, a.User, a.PIN = fmt.Sprintf("\x00picked %d", a.User), 0, ""
	}
	if a.User != 0 {
		u, err := p.Face(ctx, a.User, a.Location)
		if err != nil {
			return "", err
		}
		a.Name = u.Name // a guesser has no more tries than by typing it
	}
	if a.PIN != "" {
		return p.signInByPIN(ctx, a)
	}
	door := store.NewDoor(a.Name, a.Location.neighbourhood())
	wait, err := p.store.Knock(ctx, door)
	if err != nil {
		return "", err
	}
	if wait > 0 {
		return "", &Throttled{Wait: wait}
	}
	known, strength, verdict, err := p.check(ctx, a)
	if errors.Is(err, ErrBusy) || errors.Is(err, ErrAsksPIN) {
		return "", errors.Join(err, p.store.TakeBack(ctx, door))
	}
	if err != nil {
		return "", p.refuse(ctx, a, known, err)
	}
	var rehash string
	if verdict.Rehash {
		if rehash, err = p.hasher.Hash(ctx, a.Password); err != nil {
			return "", err
		}
	}
	if strength == store.StrengthPassword && known.SecondFactor() {
		return "", p.hold(ctx, door, known, rehash)
	}
	return p.open(ctx, a, known, strength, door, rehash)
}

// open begins the session of somebody who was checked.
func (p *Porter) open(ctx context.Context, a Attempt, known store.Credentials, strength store.Strength, door store.Door, rehash string) (token string, err error) {
	token, hash := NewToken()
	_, err = p.store.SignIn(ctx, store.NewSession{
		TokenHash: hash, UserID: known.ID, Strength: strength,
		Address: a.Location.Text(), AtHome: a.Location.Home, Browser: a.Browser, UserAgent: a.UserAgent, Device: DeviceName(a.UserAgent), Form: DeviceForm(a.UserAgent),
	}, door, known, rehash, a.Replaces)
	return token, sinceWeLooked(err)
}

// sinceWeLooked is ErrWrong for somebody who was deleted or disabled, or got a new
// password or PIN, since what was given was checked.
func sinceWeLooked(err error) error {
	if errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrForbidden) {
		return ErrWrong
	}
	return err
}

// find is who tries to come in: whoever was picked, or has the name.
func (p *Porter) find(ctx context.Context, a Attempt) (store.Credentials, error) {
	if a.User != 0 {
		return p.store.CredentialsByID(ctx, a.User)
	}
	return p.store.Credentials(ctx, a.Name)
}

// Face is whoever can be picked with this id at that place: at home those whom
// the sign-in page shows, away nobody. It answers ErrNoFace for all others.
func (p *Porter) Face(ctx context.Context, id int64, l Location) (store.User, error) {
	u, err := p.store.User(ctx, id)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.User{}, err
	}
	if err != nil || !l.Home || !u.ShowsFace(p.store.Now()) {
		return store.User{}, ErrNoFace
	}
	return u, nil
}

// check is the part of a sign-in that costs the same for everyone: look the
// user up, hash once, and only then decide.
func (p *Porter) check(ctx context.Context, a Attempt) (store.Credentials, store.Strength, Verdict, error) {
	known, err := p.find(ctx, a)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Credentials{}, "", Verdict{}, err
	}
	exists := err == nil
	if exists && a.Password == "" && mayComeWithout(known.User, a.Location, p.store.Now()) {
		return known, store.StrengthHome, Verdict{}, nil
	}
	if exists && a.Password == "" && p.TypesPIN(known.User, a.Location) {
		return known, "", Verdict{}, ErrAsksPIN
	}
	verdict, err := p.hasher.Verify(ctx, known.PasswordHash, a.Password)
	if err != nil {
		return store.Credentials{}, "", Verdict{}, err
	}
	if !exists || !verdict.Match {
		return known, "", verdict, ErrWrong
	}
	if refused := p.refusal(known.User, a.Location, "password"); refused != nil {
		return known, "", verdict, refused
	}
	return known, store.StrengthPassword, verdict, nil
}

// refusal is why somebody who has shown what was asked for, the password or the
// PIN, may not come in all the same; nil when they may.
func (p *Porter) refusal(u store.User, l Location, shown string) *Refused {
	right := "The " + shown + " is right, but "
	switch {
	case u.Kind == store.KindWaiting:
		return &Refused{right + "your registration still waits for an administrator to approve it.", "not approved yet"}
	case u.Disabled:
		return &Refused{right + "this account is disabled. An administrator can enable it again.", "disabled"}
	case u.Expired(p.store.Now()):
		return &Refused{right + "this account ended on " + u.LastDay().Format("2 January 2006") + ". An administrator can lengthen it.", "the end date has come"}
	case u.BarredFrom(l.Home):
		return &Refused{right + "this account is for use at home only. An administrator can allow it from away, too.", "away from home"}
	}
	return nil
}

// mayComeWithout says whether the user may sign in without a password from
// where they are: at home, having none or being allowed to.
func mayComeWithout(u store.User, l Location, now time.Time) bool {
	return l.Home && u.AtHomeByName() && !u.Disabled && !u.Expired(now)
}

// refuse writes the refusal down and answers it.
func (p *Porter) refuse(ctx context.Context, a Attempt, known store.Credentials, why error) error {
	var refused *Refused
	if !errors.Is(why, ErrWrong) && !errors.As(why, &refused) {
		return why
	}
	reason := ""
	if refused != nil {
		reason = refused.record
	}
	// A stranger with made-up names is one line however many addresses of one
	// network are used.
	user, address := (*store.User)(nil), a.Location.neighbourhood()
	if known.ID != 0 {
		user, address = &known.User, a.Location.Text()
	}
	if err := p.store.RecordRefusal(ctx, user, reason, address, a.Location.Home); err != nil {
		return errors.Join(err, why)
	}
	return why
}

// Prove checks the password of somebody who is signed in, before they change
// something that matters. It is throttled like a sign-in, apart from it. It
// answers the credentials that were proven, ErrWrong, *Throttled or ErrBusy.
func (p *Porter) Prove(ctx context.Context, userID int64, password string, l Location) (store.Credentials, error) {
	known, err := p.store.CredentialsByID(ctx, userID)
	if err != nil {
		return known, err
	}
	door := store.NewDoor(fmt.Sprintf("\x00user %d", userID), l.neighbourhood())
	wait, err := p.store.Knock(ctx, door)
	if err != nil {
		return known, err
	}
	if wait > 0 {
		return known, &Throttled{Wait: wait}
	}
	verdict, err := p.hasher.Verify(ctx, known.PasswordHash, password)
	if err != nil {
		return known, errors.Join(err, p.store.TakeBack(ctx, door))
	}
	if !verdict.Match {
		return known, ErrWrong
	}
	return known, p.store.Forget(ctx, door)
}

// Forgot e-mails a link to choose a new password to whoever signs in with this
// name or e-mail, where that is possible, and tells nobody whether it was. It
// is throttled like a sign-in, apart from it: it answers *Throttled after too
// many tries, and store.ErrForbidden where no such e-mails are sent.
func (p *Porter) Forgot(ctx context.Context, nameOrEmail string, l Location) error {
	door := store.NewDoor("\x00forgot "+nameOrEmail, l.neighbourhood())
	wait, err := p.store.AskForResetLink(ctx, nameOrEmail, door, store.Actor{Address: l.Text(), AtHome: l.Home})
	if err == nil && wait > 0 {
		return &Throttled{Wait: wait}
	}
	return err
}

// Text is the address as Activity shows it; "" when it is not known.
func (l Location) Text() string {
	if !l.Address.IsValid() {
		return ""
	}
	return l.Address.String()
}

// neighbourhood is the address as far as it tells one guesser from another:
// whoever has one IPv6 address has a /64 of them.
func (l Location) neighbourhood() string {
	if !l.Address.Is6() {
		return l.Text()
	}
	prefix, err := l.Address.Prefix(64)
	if err != nil {
		return l.Text()
	}
	return prefix.String()
}
