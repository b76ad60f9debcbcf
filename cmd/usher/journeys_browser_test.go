package main

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"usher/internal/chromium"
)

// journeys are the ways that people take through Usher, each in a server and in
// browsers of its own.
var journeys = map[string]func(*journey){
	"first start to second sign-in":       firstStart,
	"a wrong set-up link":                 wrongSetUpLink,
	"signing in":                          signingIn,
	"an administrator without a password": strengthening,
	"make, edit, disable, delete a user":  oneUser,
	"the menu and dialog of a row":        rowMenu,
	"a one-time link":                     oneTimeLink,
	"one’s own password":                  ownPassword,
	"somebody’s password":                 somebodysPassword,
	"search, filter and sort users":       findingUsers,
	"pages of users":                      pagesOfUsers,
	"several users at once":               severalUsers,
	"libraries":                           libraries,
	"channels":                            channels,
	"watching a scan":                     watchingAScan,
	"correcting titles":                   correcting,
	"restricting a child":                 restrictingAChild,
	"looking around":                      lookingAround,
	"a personal folder":                   aPersonalFolder,
	"watching a film":                     watchingAFilm,
	"the stream too many":                 theStreamTooMany,
	"revoked while playing":               revokedWhilePlaying,
	"stopped with a word":                 stoppedWithAWord,
	"an evening of episodes":              anEvening,
	"a podcast":                           aPodcast,
	"subtitles, and what does not play":   subtitlesAndWhatDoesNotPlay,
	"one’s own history":                   onesOwn,
	"playing without scripts":             playingWithoutScripts,
	"handing over":                        handingOver,
	"light and dark":                      lightAndDark,
	"pages that only look":                pagesThatOnlyLook,
	"settings":                            settings,
	"activity":                            activity,
	"setting up e-mail":                   settingMailUp,
	"inviting by e-mail":                  inviteByEmail,
	"looking after invitations":           lookingAfterInvitations,
	"every state of an invitation":        statesOfInvitations,
	"joining with Connect":                joiningWithConnect,
	"linking and unlinking":               linking,
	"providers in trouble":                providersInTrouble,
	"a passkey":                           aPasskey,
	"no passkeys":                         noPasskeys,
	"guests":                              lookingAfterGuests,
	"inviting without scripts":            invitingWithoutScripts,
	"inviting by keyboard":                invitingByKeyboard,
	"registering with approval":           registering,
	"registering freely":                  registeringFreely,
	"several who wait for approval":       refusing,
	"the guest account":                   guestAccount,
	"picking at home":                     pickingAtHome,
	"switching":                           switching,
	"finding faces":                       findingFaces,
	"a PIN":                               aPIN,
	"a second factor":                     aSecondFactor,
	"into the admin area by PIN":          enteringByPIN,
	"looking after devices":               lookingAfterDevices,
	"everybody’s devices":                 everybodysDevices,
	"deciding about devices":              decidingAboutDevices,
	"all of it by keyboard":               byKeyboard,
	"a television":                        theTelevision,
	"arrows at the door":                  arrowsAtTheDoor,
	"my account":                          myAccount,
	"my account with one thumb":           withOneThumb,
	"without scripts":                     withoutScripts,
}

// TestJourneys walks them in one Chromium. On a machine without one it skips,
// or fails where CI=true says that nothing may be left out.
func TestJourneys(t *testing.T) {
	path, err := chromium.Find()
	if errors.Is(err, chromium.ErrNone) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	axe := readAxe(t)
	// Not t.Context, which ends before the clean-up that closes the browser.
	ctx, stop, err := chromium.Start(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Errorf("close the browser: %v", err)
		}
	})
	var judged sync.Map
	for name, walk := range journeys {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			walk(&journey{T: t, browser: ctx, axe: axe, judged: &judged})
		})
	}
}

// journey is one test in the browser.
type journey struct {
	*testing.T
	browser context.Context
	axe     string    // the source of axe-core; "" where it has not been fetched
	judged  *sync.Map // the pages that were held to the rules
}
