package main

import (
	"strings"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// atLocalhost is the house under a name at which browsers know passkeys over
// plain http.
func atLocalhost(p *program) *program {
	named := *p
	named.address = strings.Replace(p.address, "127.0.0.1", "localhost", 1)
	return &named
}

// hasDevice gives the browser a device that makes passkeys and knows its user.
func (b *tab) hasDevice() webauthn.AuthenticatorID {
	b.Helper()
	_, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{})
	b.must(err)
	added, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		},
	})
	b.must(err)
	return added.AuthenticatorID
}

// knowsUser says whether the device makes sure who it is from now on.
func (b *tab) knowsUser(device webauthn.AuthenticatorID, knows bool) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: device, IsUserVerified: knows})
	b.must(err)
}

// aPasskey is made, signs in alone and after the password, and is removed.
func aPasskey(j *journey) {
	b := j.as(atLocalhost(j.household(people(withPassword(j, "Elsa")))), "Elsa", "/account")
	device := b.hasDevice()
	b.follow("link", "Passkeys", "/account/passkeys")
	b.follow("button", "Add a passkey", "/account/passkeys")
	b.sees("Your recovery codes")
	b.follow("link", "I have kept them", "/account/passkeys")
	b.follow("link", "Headless Chrome on Linux", "/account/passkeys/*")
	b.fill("Name", "My laptop")
	b.follow("button", "Save", "/account/passkeys")
	b.click("button", "Add a passkey")
	b.sees("This device has a passkey for you here already.")

	b.signOut()
	b.knowsUser(device, false)
	b.click("button", "Sign in with a passkey")
	b.sees("Nothing came of it")
	b.judge()
	b.knowsUser(device, true)
	b.follow("button", "Sign in with a passkey", "/")
	b.sees("Hello, Elsa")

	b.signOut()
	b.signIn("Elsa", goodPassword, "/sign-in/code")
	b.follow("button", "Use a passkey", "/")

	b.open("/account/passkeys")
	b.follow("link", "My laptop", "/account/passkeys/*")
	b.click("link", "Remove passkey")
	b.find("dialog", "Remove My laptop?")
	b.judge()
	b.follow("button", "Remove passkey", "/account/passkeys")
	b.sees("My laptop is removed.")
	b.signOut()
	b.click("button", "Sign in with a passkey")
	b.arrive("/sign-in/passkey")
	b.sees("This passkey does not work here.")
	b.judge()
	b.open("/sign-in?by=name")
	b.signIn("Elsa", goodPassword, "/")
}

// noPasskeys is how a house looks to a browser that knows none, and to one that
// runs no scripts.
func noPasskeys(j *journey) {
	house := atLocalhost(j.household(people(withPassword(j, "Elsa"))))
	b := j.visit(house)
	_, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete window.PublicKeyCredential"})
	b.must(err)
	for _, b := range []*tab{b, j.visitUnscripted(house)} {
		b.wander("/account/passkeys", "/sign-in*")
		b.lacks("button", "Sign in with a passkey")
		b.signIn("Elsa", goodPassword, "/account/passkeys")
		b.sees("a browser that knows passkeys")
		b.lacks("button", "Add a passkey")
	}
}
