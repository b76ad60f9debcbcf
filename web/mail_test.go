package web_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"usher/internal/letterbox"
	"usher/store"
)

// mailServer is a form that names the box as the mail server.
func mailServer(box *letterbox.Box) url.Values {
	host, port, _ := strings.Cut(box.Addr(), ":")
	return url.Values{"host": {host}, "port": {port}, "encryption": {"smtp"}, "from": {"usher@example.org"}}
}

func with(form url.Values, name, value string) url.Values {
	changed := maps.Clone(form)
	changed.Set(name, value)
	return changed
}

func TestMailSettings(t *testing.T) {
	h := newHousehold(t)
	box := openBox(t, letterbox.Options{User: "mara", Password: "opensesame"})
	mara := h.signedIn("Mara", atHome)
	mara.get("/admin/settings/mail").want(http.StatusOK).says("E-mail is not set up.")
	form := with(with(mailServer(box), "user", "mara"), "password", "opensesame")
	saved := mara.follow("/admin/settings/mail", form).says("The mail server is saved.")
	if strings.Contains(saved.Body, "opensesame") {
		t.Error("the page shows the password")
	}
	saved.says("One is saved, and nobody can see it.")

	mara.post("/admin/settings/mail", with(form, "password", "")).want(http.StatusSeeOther)
	mara.follow("/admin/settings/mail/test", url.Values{"to": {"mara@example.org"}}).says("took the test for mara@example.org")
	if letters := box.Letters(); len(letters) != 1 || letters[0].User != "mara" || letters[0].To[0] != "mara@example.org" {
		t.Errorf("the box has %+v", letters)
	}

	if record := mara.get("/admin/activity").says("Mara changed the settings (e-mail)."); strings.Contains(record.Body, "opensesame") {
		t.Error("Activity tells the password")
	}
	mara.get("/admin/settings/mail/remove").want(http.StatusOK).says("Switch e-mail off?")
	mara.follow("/admin/settings/mail/remove", nil).says("E-mail is switched off.").says("E-mail is not set up.")
	if strings.Contains(h.log.String(), "opensesame") {
		t.Error("the log tells the password")
	}
}

// TestMailPasswordStays names another server, to which the saved password must
// not go.
func TestMailPasswordStays(t *testing.T) {
	h := newHousehold(t)
	box := openBox(t, letterbox.Options{User: "mara", Password: "opensesame"})
	mara := h.signedIn("Mara", atHome)
	form := with(with(mailServer(box), "user", "mara"), "password", "opensesame")
	mara.post("/admin/settings/mail", form).want(http.StatusSeeOther)
	form.Set("password", "")
	for name, value := range map[string]string{"host": "evil.example", "port": "2525", "encryption": "smtps", "user": "someone"} {
		answer := mara.post("/admin/settings/mail", with(form, name, value)).want(http.StatusUnprocessableEntity)
		if problem := answer.text("#password-error"); !strings.Contains(problem, "once more") {
			t.Errorf("another %s is answered with %q", name, problem)
		}
		if kept, _ := answer.doc().Find("[name=" + name + "]").First().Attr("value"); name != "encryption" && kept != value {
			t.Errorf("the %s that was typed is %q now", name, kept)
		}
	}
	mara.post("/admin/settings/mail", with(form, "user", "")).want(http.StatusSeeOther)
	settings, err := h.store.Settings(context.Background())
	if err != nil || strings.Contains(settings.SMTPURL, "opensesame") {
		t.Errorf("without a user name the password stays: %v", err)
	}
}

func TestMailSettingsRefuses(t *testing.T) {
	h := newHousehold(t)
	box := openBox(t, letterbox.Options{})
	mara := h.signedIn("Mara", atHome)
	for field, bad := range map[string]string{"host": "mail example", "port": "many", "encryption": "hope", "from": "nobody\r\nBcc: x@example.org"} {
		answer := mara.post("/admin/settings/mail", with(mailServer(box), field, bad)).want(http.StatusUnprocessableEntity)
		if answer.text("#"+field+"-error") == "" {
			t.Errorf("%s %q has no message", field, bad)
		}
	}
	mara.follow("/admin/settings/mail/test", url.Values{"to": {"mara@example.org"}}).says("there is no mail server yet")
	mara.post("/admin/settings/mail", mailServer(box)).want(http.StatusSeeOther)
	for _, bad := range []string{"", "nobody", "a@example.org\r\nRCPT TO:<b@example.org>"} {
		mara.post("/admin/settings/mail/test", url.Values{"to": {bad}}).want(http.StatusUnprocessableEntity)
	}
	if n := len(box.Letters()); n != 0 {
		t.Errorf("%d letters were sent", n)
	}

	h.addAdministrator("Jonas")
	jonas := h.signedIn("Jonas", atHome)
	if page := jonas.get("/admin/settings/mail").want(http.StatusOK).says("Only the owner, Mara, changes these settings"); page.doc().Find("main form").Length() > 0 {
		t.Error("Jonas may change the mail server")
	}
	for _, path := range []string{"/admin/settings/mail", "/admin/settings/mail/test", "/admin/settings/mail/remove"} {
		jonas.post(path, with(mailServer(box), "to", "jonas@example.org")).want(http.StatusForbidden)
	}
}

func TestMailTestSaysWhatHappened(t *testing.T) {
	h := newHousehold(t)
	box := openBox(t, letterbox.Options{})
	mara := h.signedIn("Mara", atHome)
	mara.post("/admin/settings/mail", mailServer(box)).want(http.StatusSeeOther)
	test := func(words string) {
		t.Helper()
		page := mara.post("/admin/settings/mail/test", url.Values{"to": {"mara@example.org"}}).want(http.StatusUnprocessableEntity).says(words)
		if to, _ := page.doc().Find("[name=to]").Attr("value"); to != "mara@example.org" {
			t.Errorf("the address is typed over by %q", to)
		}
	}
	box.Fail(letterbox.RefuseRecipient)
	test("does not take e-mail for mara@example.org. It said: “550 5.1.1 No such user here”.")
	box.Fail(letterbox.CutInData)
	test("cut the connection before it had taken the e-mail.")
	box.Close()
	test("takes no connections on port")
}

func TestMailServerIsFixed(t *testing.T) {
	fixed := "smtps://mara:opensesame@mail.example:465?from=usher@example.org"
	h := newHousehold(t, store.WithFixed(store.Fixed{SMTPURL: &fixed}))
	mara := h.signedIn("Mara", atHome)
	page := mara.get("/admin/settings/mail").want(http.StatusOK).says("Set by --smtp-url or USHER_SMTP_URL").says("mail.example, port 465")
	if strings.Contains(page.Body, "opensesame") || page.doc().Find("[name=host]").Length() > 0 {
		t.Error("the page shows the password, or a form to change the server")
	}
	mara.post("/admin/settings/mail", url.Values{"host": {"other.example"}, "encryption": {"smtp"}, "from": {"usher@example.org"}, "user": {"x"}, "password": {"y"}}).
		want(http.StatusUnprocessableEntity).says("can be changed only there")
}

// TestResetLinkByMail goes from an administrator's click to the password that
// the user chooses with the link in the e-mail.
func TestResetLinkByMail(t *testing.T) {
	h := newHousehold(t)
	mara := h.signedIn("Mara", atHome)
	elsa, err := h.store.CreateUser(context.Background(), h.asOwner(), store.NewUser{Name: "Elsa", Email: "elsa@example.org", Access: store.FullAccess()})
	if err != nil {
		t.Fatal(err)
	}
	tab := about(elsa, "/sign-in")
	mara.get(tab).says("until e-mail is set up")
	mara.follow(about(elsa, "/reset-mail"), nil).says("E-mail is not set up on this server.")
	box := h.withMail()
	mara.get(tab).says("It goes to elsa@example.org.")
	mara.follow(about(elsa, "/reset-mail"), nil).says("on its way to elsa@example.org").says("Links in e-mails begin with http://usher.example")
	letter := nextLetter(t, box, 0)
	if letter.To[0] != "elsa@example.org" || !strings.Contains(letter.Text, "Mara has sent you a link") {
		t.Errorf("the letter is\n%s", letter.Text)
	}
	path := linkIn(t, letter)
	if !strings.Contains(letter.HTML, path) || strings.Contains(h.log.String(), strings.TrimPrefix(path, "/reset/")) {
		t.Error("the link is not in the HTML, or it is in the log")
	}
	phone := h.browser(away)
	phone.get(path).want(http.StatusOK).says("Elsa")
	phone.post(path, url.Values{"password": {goodPassword}}).want(http.StatusSeeOther)
	h.signedIn("Elsa", away)

	oskar := h.add("Oskar", "")
	mara.get(about(oskar, "/sign-in")).says("since Oskar has no e-mail address")
	mara.follow(about(oskar, "/reset-mail"), nil).says("Oskar has no e-mail address.")
}

func TestNewUserByMail(t *testing.T) {
	h := newHousehold(t)
	mara := h.signedIn("Mara", atHome)
	form := url.Values{"name": {"Elsa"}, "email": {"elsa@example.org"}, "first_sign_in": {"mail"}, "all_libraries": {"on"}, "all_channels": {"on"}}
	if choice := mara.get("/admin/users/new").doc().Find("#first_sign_in-mail"); choice.Length() > 0 {
		t.Error("there is no mail server, but a choice to e-mail")
	}
	mara.post("/admin/users/new", form).want(http.StatusUnprocessableEntity).says("E-mail is not set up on this server.")
	box := h.withMail()
	answer := mara.post("/admin/users/new", with(form, "email", " ")).want(http.StatusUnprocessableEntity)
	if answer.text("#email-error") == "" || answer.doc().Find("#first_sign_in-mail[checked]").Length() != 1 {
		t.Error("no address is asked for, or the choice is lost")
	}
	mara.follow("/admin/users/new", form).says("Elsa is added. A link to choose a password is on its way to elsa@example.org.")
	h.browser(away).get(linkIn(t, nextLetter(t, box, 0))).want(http.StatusOK).says("Elsa")
}

// TestLettersOfLate shows a letter that nobody took, and sends it again.
func TestLettersOfLate(t *testing.T) {
	h := newHousehold(t)
	box := h.withMail()
	mara := h.signedIn("Mara", atHome)
	elsa, err := h.store.CreateUser(context.Background(), h.asOwner(), store.NewUser{Name: "Elsa", Email: "elsa@example.org", Access: store.FullAccess()})
	if err != nil {
		t.Fatal(err)
	}
	box.Fail(letterbox.RefuseRecipient)
	mara.post(about(elsa, "/reset-mail"), nil).want(http.StatusSeeOther)
	h.waitForLetter(elsa, store.LetterFailed)
	page := mara.get("/admin/settings/mail").says("Password link to elsa@example.org Not sent").says("No such user here")
	mara.get(about(elsa, "/sign-in")).says("No such user here")
	again, found := page.doc().Find("form[action$='/again']").Attr("action")
	if !found {
		t.Fatal("it cannot be sent again")
	}
	box.Fail(letterbox.NoFault)
	mara.follow(again, nil).says("on its way again")
	h.browser(away).get(linkIn(t, nextLetter(t, box, 0))).want(http.StatusOK)
	mara.post(again, nil).want(http.StatusNotFound)
	h.waitForLetter(elsa, store.LetterSent)
	mara.get("/admin/settings/mail").says("Password link to elsa@example.org Sent")
}
