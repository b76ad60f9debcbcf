package main

import (
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"usher/store"
)

// aSecondFactor is set up, asked for, shown twice, lost and removed.
func aSecondFactor(j *journey) {
	house := j.household(people(store.Person{NewUser: store.NewUser{Name: "Elsa", Access: store.FullAccess(), PasswordHash: goodHash(j)}}))
	b := j.as(house, "Elsa", "/account")
	b.follow("link", "Second factor", "/account/second-factor")
	b.follow("button", "Set up an authenticator", "/account/second-factor/authenticator")
	app := codeApp{b, strings.ReplaceAll(b.value("#secret"), " ", "")}
	b.fill("Code that the app shows now", "000000")
	b.follow("button", "Finish", "/account/second-factor/authenticator")
	b.sees("This is not the code that shows now.")
	b.fill("Code that the app shows now", app.code(0))
	b.follow("button", "Finish", "/account/second-factor/authenticator")
	recovery := b.value("form input[name=code]")
	b.sees(recovery)
	b.follow("link", "I have kept them", "/account/second-factor")
	b.sees("You have ten codes left.")

	code := app.code(1)
	b.open("/")
	b.signOut()
	b.signIn("Elsa", goodPassword, "/sign-in/code")
	b.fill("Code from your authenticator", code)
	b.follow("button", "Sign in", "/")
	b.sees("Hello, Elsa")
	b.signOut()
	b.signIn("Elsa", goodPassword, "/sign-in/code")
	b.fill("Code from your authenticator", code)
	b.follow("button", "Sign in", "/sign-in/code")
	b.sees("This code has been used already.")
	b.follow("link", "Use a recovery code instead", "/sign-in/code*")
	b.fill("Recovery code", strings.ToLower(recovery))
	b.follow("button", "Sign in", "/")

	b.open("/account/second-factor")
	b.sees("You have nine codes left.")
	b.click("link", "Remove")
	b.sees("Your password alone signs you in then, and your recovery codes are void.")
	b.follow("button", "Remove", "/account/second-factor")
	b.sees("Usher asks you for no more codes.")
	b.open("/")
	b.signOut()
	b.signIn("Elsa", goodPassword, "/")
}

// codeApp shows the codes of an authenticator.
type codeApp struct {
	tab    *tab
	secret string
}

// code is the one of so many codes from now.
func (a codeApp) code(later int) string {
	a.tab.Helper()
	code, err := totp.GenerateCode(a.secret, time.Now().Add(time.Duration(later)*store.CodePeriod))
	a.tab.must(err)
	return code
}

// value is what stands in the first field that the selector finds.
func (b *tab) value(selector string) string {
	b.Helper()
	text, ok := ask[string](b, "document.querySelector('"+selector+"').value")
	if !ok {
		b.give("nothing stands in %s", selector)
	}
	return text
}
