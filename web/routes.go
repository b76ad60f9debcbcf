package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"usher/media/poster"
	"usher/static"
	"usher/web/account"
	"usher/web/admin"
	"usher/web/door"
	"usher/web/watch"
)

// routes is the site map: every address, and who may ask for it.
func (s *Server) routes() {
	s.door = door.New(s.Core)
	posters := poster.New(s.Store.Folder())
	watching, own, office := watch.New(s.Core, posters), account.New(s.Core), admin.New(s.Core, posters)

	// Anyone, at any time.
	s.echo.GET("/static/*", s.asset)
	s.echo.HEAD("/static/*", s.asset)
	s.echo.GET("/healthz", s.healthy)
	s.echo.GET("/readyz", s.ready)
	anyone := s.at()
	anyone.form("/setup", s.door.SetUpForm, s.door.SetUp)
	anyone.post("/password-strength", s.door.PasswordStrength)

	// Anyone, once there is an owner.
	s.at(s.afterSetUp).post("/sign-out", s.door.SignOut)
	atTheDoor := s.at(s.afterSetUp, s.lookOnly)
	atTheDoor.form("/sign-in", s.door.SignInForm, s.door.SignIn)
	atTheDoor.form("/sign-in/code", s.door.CodeForm, s.door.Code)
	atTheDoor.post("/sign-in/passkey/begin", s.door.AskPasskey)
	atTheDoor.post("/sign-in/passkey", s.door.PasskeySignIn)
	atTheDoor.form("/sign-in/forgot", s.door.ForgotForm, s.door.Forgot)
	atTheDoor.form("/reset/:token", s.door.ResetForm, s.door.Reset)
	atTheDoor.form("/device/:token", s.door.DeviceLinkForm, s.door.EndDeviceWithLink)
	atTheDoor.form("/join/:token", s.door.JoinForm, s.door.Join)
	atTheDoor.form("/register", s.door.RegisterForm, s.door.Register)
	atTheDoor.get("/register/waiting", s.door.RegisterWaits)
	atTheDoor.form("/register/:token", s.door.RegisterLinkForm, s.door.RegisterWithLink)
	atTheDoor.get("/connect/:id", s.door.ConnectSignIn)
	atTheDoor.get("/connect/callback", s.door.ConnectReturn)
	atTheDoor.get("/connect/sign-out", s.door.ConnectSignOut)
	atTheDoor.get("/join/:token/connect/:id", s.door.ConnectJoin)

	// The picture of a face, at home for whoever may pick it.
	s.at(s.afterSetUp).get("/users/:id/picture/:hash", own.Picture)

	// Players, which know no cookies: the token in the address says whose they are.
	player := s.at(s.afterSetUp)
	player.flow("/play/:token/:name", watching.Play)
	player.flow("/play/:token/part/:part", watching.PlayPart)

	// Whoever is signed in: what they may watch, and what is their own.
	inside := s.at(s.afterSetUp, s.signedIn, s.lookOnly)
	inside.get("/", watching.Home)
	inside.get("/libraries/:id", watching.Library)
	inside.get("/titles/:id", watching.Title)
	inside.get("/titles/:id/poster/:version", watching.Poster)
	inside.get("/titles/:id/picture/:version", watching.Picture)
	for _, what := range []string{"/titles/:id", "/channels/:id/entries/:entry"} {
		inside.post(what+"/watched", watching.MarkWatched)
		inside.post(what+"/favourite", watching.MarkFavourite)
		inside.post(what+"/forget", watching.Forget)
	}
	inside.get("/channels/:id", watching.Channel)
	inside.get("/channels/:id/entries/:entry", watching.Entry)
	inside.get("/search", watching.Search)
	mine := s.at(s.afterSetUp, s.signedIn, s.oneself, s.confirmable)
	mine.flow("/titles/:id/stream", watching.Stream)
	mine.get("/titles/:id/subtitles/:key", watching.Subtitle)
	mine.flow("/titles/:id/download", watching.Download)
	mine.post("/titles/:id/player", watching.OpenInPlayer)
	mine.post("/channels/:id/entries/:entry/player", watching.OpenEntryInPlayer)
	mine.flow("/channels/:id/entries/:entry/stream", watching.EntryStream)
	mine.flow("/channels/:id/entries/:entry/part/:part", watching.EntryPart)
	mine.post("/titles/:id/position", watching.TellPosition)
	mine.post("/channels/:id/entries/:entry/position", watching.TellEntryPosition)
	mine.form("/switch", s.door.SwitchForm, s.door.Switch)
	mine.get("/history", watching.History)
	mine.form("/history/clear", watching.ClearHistoryForm, watching.ClearHistory)
	mine.get("/favourites", watching.Favourites)
	mine.get("/account", own.Account)
	mine.form("/account/profile", own.ProfileForm, own.SaveProfile)
	mine.form("/account/picture", own.ProfileForm, own.SavePicture)
	mine.post("/account/picture/remove", own.RemovePicture)
	mine.post("/account/look", own.SaveLook)
	mine.post("/account/time-zone", own.SaveTimeZone)
	mine.post("/account/mail", own.SaveMail)
	mine.post("/account/mail/devices", own.SaveDeviceMail)
	mine.form("/account/confirm", own.ConfirmForm, own.Confirm)
	mine.get("/account/devices", own.Devices)
	mine.post("/account/devices/end-others", own.EndOtherDevices)
	mine.post("/account/devices/:id/end", own.EndDevice)
	mine.form("/account/devices/:id/name", own.RenameDeviceForm, own.RenameDevice)
	mine.form("/account/password", own.PasswordForm, own.ChangePassword)
	mine.form("/account/password/remove", own.RemovePasswordForm, own.RemovePassword)
	mine.form("/account/pin", own.PINForm, own.SetPIN)
	mine.form("/account/pin/remove", own.RemovePINForm, own.RemovePIN)
	mine.form("/account/passkeys", own.PasskeysForm, own.AddPasskey)
	mine.post("/account/passkeys/begin", own.AskPasskey)
	mine.form("/account/passkeys/:id", own.PasskeyForm, own.RenamePasskey)
	mine.form("/account/passkeys/:id/remove", own.RemovePasskeyForm, own.RemovePasskey)
	mine.form("/account/second-factor", own.SecondFactor, own.BeginAuthenticator)
	mine.form("/account/second-factor/authenticator", own.AuthenticatorForm, own.SetAuthenticator)
	mine.get("/account/second-factor/qr", own.AuthenticatorPicture)
	mine.form("/account/second-factor/remove", own.RemoveAuthenticatorForm, own.RemoveAuthenticator)
	mine.post("/account/second-factor/recovery-codes", own.MakeRecoveryCodes)
	mine.post("/account/second-factor/recovery-codes/text", own.RecoveryCodesText)
	mine.form("/account/connect", own.ConnectForm, own.LinkConnect)
	mine.form("/account/connect/unlink", own.UnlinkForm, own.Unlink)

	// Administrators, as far as their sessions are good for it.
	area := s.at(s.afterSetUp, s.confirmable, s.administrator)
	area.get("/admin", office.Entrance)
	area.get("/admin/users", office.Users)
	area.post("/admin/users", office.ChangeUsers)
	area.post("/admin/users/guest", office.EnableGuestAccount)
	area.form("/admin/users/new", office.NewUserForm, office.NewUser)
	area.form("/admin/users/:id", office.ProfileForm, office.SaveProfile)
	area.form("/admin/users/:id/picture", office.PictureForm, office.SavePicture)
	area.post("/admin/users/:id/picture/remove", office.RemovePicture)
	area.form("/admin/users/:id/access", office.AccessForm, office.SaveAccess)
	area.post("/admin/users/:id/folder", office.SetFolder)
	area.form("/admin/users/:id/folder/remove", office.RemoveFolderForm, office.RemoveFolder)
	area.form("/admin/users/:id/restrictions", office.RestrictionsForm, office.SaveRestrictions)
	area.post("/admin/users/restrictions/try", office.TryRestrictions)
	area.form("/admin/users/:id/sign-in", office.SignInRulesForm, office.SaveSignInRules)
	area.form("/admin/users/:id/pin", office.PINForm, office.SetPIN)
	area.form("/admin/users/:id/pin/remove", office.RemovePINForm, office.RemovePIN)
	area.form("/admin/users/:id/second-factor/remove", office.RemoveSecondFactorForm, office.RemoveSecondFactor)
	area.post("/admin/users/:id/reset-link", office.MakeResetLink)
	area.post("/admin/users/:id/reset-mail", office.MailResetLink)
	area.post("/admin/users/:id/connect-link", office.MailConnectLink)
	area.form("/admin/users/:id/unlink", office.UnlinkForm, office.Unlink)
	area.get("/admin/users/:id/devices", office.UserDevices)
	area.post("/admin/users/:id/devices/end", office.SignOutUser)
	area.post("/admin/users/:id/device-rule", office.SaveDeviceRule)
	area.get("/admin/users/:id/activity", office.UserActivity)
	area.post("/admin/users/:id/disable", office.DisableUser)
	area.post("/admin/users/:id/enable", office.EnableUser)
	area.form("/admin/users/:id/delete", office.DeleteUserForm, office.DeleteUser)
	area.post("/admin/users/:id/view", office.ViewAs)
	area.post("/view/stop", office.StopViewing)
	area.form("/admin/users/:id/ownership", office.OwnershipForm, office.HandOver)
	area.get("/admin/users/waiting", office.Waiting)
	area.post("/admin/users/waiting", office.DecideWaiting)
	area.post("/admin/users/:id/approve", office.ApproveUser)
	area.form("/admin/users/:id/refuse", office.RefuseForm, office.RefuseUser)
	area.form("/users/:id/password", office.PasswordForm, office.SetPassword)
	area.form("/users/:id/password/remove", office.RemovePasswordForm, office.RemovePassword)

	area.get("/admin/guests", office.Guests)
	area.form("/admin/guests/invite", office.InviteForm, office.Invite)
	area.get("/admin/invitations", office.Invitations)
	area.post("/admin/invitations", office.ChangeInvitations)
	area.form("/admin/invitations/:id", office.InvitationForm, office.SaveInvitation)
	area.post("/admin/invitations/:id/link", office.FreshLink)
	area.post("/admin/invitations/:id/send", office.SendInvitation)
	area.form("/admin/invitations/:id/revoke", office.RevokeInvitationForm, office.RevokeInvitation)
	area.form("/admin/devices", office.Devices, office.ChangeDevices)
	area.post("/admin/devices/:id/end", office.EndDevice)
	area.post("/admin/devices/:id/standing", office.DecideDevice)
	area.get("/admin/libraries", office.Libraries)
	area.form("/admin/libraries/new", office.NewLibraryForm, office.NewLibrary)
	area.form("/admin/libraries/:id", office.LibraryOverview, office.SaveLibrary)
	area.get("/admin/libraries/:id/folders", office.LibraryForm)
	area.form("/admin/libraries/:id/titles", office.LibraryTitles, office.CorrectTitles)
	area.post("/admin/libraries/:id/move", office.MoveLibrary)
	area.form("/admin/libraries/:id/delete", office.DeleteLibraryForm, office.DeleteLibrary)
	area.form("/admin/titles/:id", office.TitleDesk, office.CorrectTitle)
	area.get("/admin/titles/:id/poster/:version", office.TitlePoster)
	area.get("/admin/titles/:id/why", office.Why)
	area.get("/admin/titles/:id/audience", office.TitleAudience)
	area.get("/admin/libraries/:id/audience", office.LibraryAudience)
	area.post("/admin/libraries/:id/scan", office.ScanLibrary)
	area.get("/admin/channels", office.Channels)
	area.form("/admin/channels/new", office.NewChannelForm, office.NewChannel)
	area.form("/admin/channels/:id", office.ChannelForm, office.SaveChannel)
	area.post("/admin/channels/:id/move", office.MoveChannel)
	area.post("/admin/channels/:id/refresh", office.RefreshChannel)
	area.form("/admin/channels/:id/delete", office.DeleteChannelForm, office.DeleteChannel)

	area.get("/admin/activity", office.Activity)
	area.get("/admin/activity/playing", office.Playing)
	area.stream("/admin/playing/events", office.PlayEvents)
	area.form("/admin/playing/:id/stop", office.StopPlayForm, office.StopPlay)
	area.get("/admin/activity/jobs", office.Jobs)
	area.get("/admin/activity/jobs/:id", office.Job)
	area.stream("/admin/jobs/events", office.JobEvents)
	area.post("/admin/jobs/:id/cancel", office.CancelJob)
	area.form("/admin/settings", office.SettingsForm, office.SaveSettings)
	area.form("/admin/settings/mail", office.MailForm, office.SaveMail)
	area.post("/admin/settings/mail/test", office.TestMail)
	area.form("/admin/settings/mail/remove", office.RemoveMailForm, office.RemoveMail)
	area.post("/admin/settings/mail/letters/:id/again", office.SendLetterAgain)
	area.get("/admin/settings/connect", office.Providers)
	area.form("/admin/settings/connect/new", office.NewProviderForm, office.NewProvider)
	area.form("/admin/settings/connect/:id", office.ProviderForm, office.SaveProvider)
	area.post("/admin/settings/connect/:id/check", office.CheckProvider)
	area.form("/admin/settings/connect/:id/remove", office.RemoveProviderForm, office.RemoveProvider)
	area.form("/admin/settings/registration", office.RegistrationForm, office.SaveRegistration)

	s.echo.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound }, s.Identify, s.afterSetUp)
}

// asset is a file of the look; one that is not there gets the page that every
// address gets that is not there.
func (s *Server) asset(c echo.Context) error {
	if !static.Has(c.Request().URL.Path) {
		return echo.ErrNotFound
	}
	return echo.WrapHandler(static.Handler())(c)
}

// healthy answers as long as the process does.
func (s *Server) healthy(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready answers 200 when the database can be read, 503 otherwise.
func (s *Server) ready(c echo.Context) error {
	if err := s.Store.Refresh(c.Request().Context()); err != nil {
		s.Log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "the database cannot be read\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
