package main

import (
	"strings"

	"usher/internal/provider"
)

var priyaRaman = provider.Person{Subject: "priya", Name: "Priya Raman", Username: "priya", Email: "priya@example.org", Verified: true}

// connected adds a provider of Connect in the settings of the house, as its
// owner, and checks it there.
func (j *journey) connected(house *program) (*provider.Provider, *tab) {
	j.Helper()
	example := provider.Start(j.T, house.address)
	owner := j.asOwner(house, "/admin/settings/connect")
	owner.sees("There is none yet.")
	owner.follow("link", "New provider", "/admin/settings/connect/new")
	owner.fill("Name", "Example ID")
	owner.fill("Address of the provider", "ftp://auth.example")
	owner.fill("Client ID", provider.ClientID)
	owner.fill("Client secret", provider.ClientSecret)
	owner.follow("button", "Save provider", "/admin/settings/connect/new")
	owner.sees("Nothing is saved yet.")
	owner.fill("Address of the provider", example.Issuer)
	owner.follow("button", "Save provider", "/admin/settings/connect")
	owner.sees("The provider is added")
	owner.follow("button", "Check Example ID", "/admin/settings/connect/*/check")
	owner.sees("It answers as it should, and people can sign out there from here.")
	return example, owner
}

// asPerson follows a way to the provider, says there who one is, and arrives
// where that leads.
func (b *tab) asPerson(role, way, person, pattern string) {
	b.Helper()
	b.leaving()
	b.click(role, way)
	b.arrive("/login*")
	b.follow("link", person, pattern)
}

// joiningWithConnect accepts an invitation with an account elsewhere, which is
// the way in from then on, until it is unlinked.
func joiningWithConnect(j *journey) {
	house := j.household(household(j))
	example, owner := j.connected(house)
	example.Offers(priyaRaman, provider.Person{Subject: "zed", Name: "Zed"})
	invitation := owner.invites("Priya")

	priya := j.visit(house)
	priya.open(invitation)
	priya.sees("Or make an account here")
	priya.asPerson("link", "Continue with Example ID", "Priya Raman", "/")
	priya.sees("Welcome, Priya Raman.")
	priya.open("/account")
	priya.sees("None: you sign in through Connect.")
	priya.sees("priya@example.org")

	owner.open("/admin/guests")
	owner.sees("Signs in with an account of their own")
	owner.follow("link", "Priya Raman", "/admin/users/*")
	owner.sees("Only Priya Raman can change the name")
	owner.lacks("textbox", "Name")
	owner.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	owner.sees("Example ID")
	owner.lacks("link", "Configure password")
	owner.lacks("button", "Save sign-in")
	owner.follow("link", "Access", "/admin/users/*/access")

	priya.open("/")
	priya.signOut()
	priya.sees("You are still signed in at Example ID.")
	priya.follow("link", "Sign out there, too", "/sign-in*")
	if ended := example.Ended(); ended != 1 {
		j.Errorf("%d sessions at the provider are ended, want 1", ended)
	}
	priya.asPerson("link", "Continue with Example ID", "Priya Raman", "/")
	priya.sees("Hello, Priya Raman")

	zed := j.visit(house)
	zed.open("/sign-in")
	zed.asPerson("link", "Continue with Example ID", "Zed", "/connect/callback*")
	zed.sees("You are not known here yet")

	priya.open("/account/connect")
	priya.click("link", "Unlink…")
	priya.find("dialog", "Stop being a guest here?")
	priya.judge()
	priya.follow("button", "Unlink and leave", "/account/connect/unlink")
	priya.sees("You are no guest here any more")
	priya.open("/sign-in")
	priya.asPerson("link", "Continue with Example ID", "Priya Raman", "/connect/callback*")
	priya.sees("You are not known here yet")
	owner.open("/admin/guests")
	owner.sees("Nobody visits yet")
}

// invites makes an invitation by link, and is its path.
func (b *tab) invites(name string) string {
	b.Helper()
	b.open("/admin/guests/invite")
	b.click("radio", "By a link alone")
	b.fill("A name to remember it by", name)
	b.follow("button", "Invite", "/admin/guests/invite")
	return b.shownLink()
}

// linking goes from the administrator's e-mail to a local user who links an
// account elsewhere, signs in with it, and unlinks it.
func linking(j *journey) {
	mail := j.mailbox()
	elsa := withPassword(j, "Elsa")
	elsa.Email = "elsa@example.org"
	house := j.household(people(elsa), mail.serves)
	example, owner := j.connected(house)
	example.Offers(provider.Person{Subject: "elsa", Name: "Elsa of old"})
	owner.open("/admin/users")
	owner.follow("link", "Elsa", "/admin/users/*")
	owner.follow("link", "Password and sign-in", "/admin/users/*/sign-in")
	owner.sees("Not linked")
	owner.follow("button", "E-mail the address to Elsa", "/admin/users/*/sign-in*")

	b := j.visit(house)
	b.openLetter(mail.letter("elsa@example.org", "Another way to sign in to Usher"), "/sign-in*")
	b.signIn("Elsa", goodPassword, "/account/connect")
	b.fill("Your password here", "not this one")
	b.follow("button", "Link an account at Example ID", "/account/connect")
	b.sees("Nothing is saved yet.")
	b.onTheWay(example)
	b.fill("Your password here", goodPassword)
	b.asPerson("button", "Link an account at Example ID", "Elsa of old", "/account/connect")
	b.sees("You can sign in with Example ID from now on.")

	owner.open("/admin/users")
	owner.sees("Signs in with an account of their own")
	b.signOut()
	b.asPerson("link", "Continue with Example ID", "Elsa of old", "/")
	b.sees("Hello, Elsa")
	b.open("/account")
	b.sees("through Connect")
	b.follow("link", "Connect", "/account/connect")
	b.click("link", "Unlink…")
	b.find("dialog", "Unlink Example ID?")
	b.judge()
	b.fill("Your password here", goodPassword)
	b.follow("button", "Unlink", "/account/connect*")
	b.sees("You do not sign in with Example ID any more.")
	b.open("/")
	b.signOut()
	b.asPerson("link", "Continue with Example ID", "Elsa of old", "/connect/callback*")
	b.sees("You are not known here yet")
	b.open("/sign-in")
	b.signIn("Elsa", goodPassword, "/")
}

// onTheWay looks at the page between here and a provider that has no page for
// the browser, and cancels.
func (b *tab) onTheWay(example *provider.Provider) {
	b.Helper()
	example.Break(provider.Speechless)
	b.fill("Your password here", goodPassword)
	b.follow("button", "Link an account at Example ID", "/account/connect")
	b.sees("Your browser goes there now.")
	b.follow("link", "Cancel", "/account/connect")
	example.Break(provider.None)
}

// providersInTrouble say what is wrong, and leave the password as it is.
func providersInTrouble(j *journey) {
	house := j.household(household(j))
	example, owner := j.connected(house)
	example.SignsIn(priyaRaman)
	b := j.visit(house)
	for _, fault := range []provider.Fault{provider.Declined, provider.WrongNonce} {
		example.Break(fault)
		b.open("/sign-in")
		b.follow("link", "Continue with Example ID", "/connect/callback*")
		b.sees("That did not work")
		b.follow("link", "Go to the sign-in page", "/sign-in")
	}
	example.Break(provider.None)
	b.open("/connect/callback?state=made-up&code=made-up")
	b.sees("That did not work")

	jonas := j.as(house, "Jonas Berg", "/admin/settings/connect")
	jonas.sees("Only the owner, Mara, changes these settings")
	jonas.follow("link", "Example ID", "/admin/settings/connect/*")
	jonas.lacks("button", "Save provider")

	example.Stop()
	owner.open("/admin/settings/connect")
	owner.follow("button", "Check Example ID", "/admin/settings/connect/*/check")
	if text := owner.text(); strings.Contains(text, "It answers as it should") {
		j.Errorf("a provider that is gone is said to answer:\n%s", text)
	}
	b.open("/sign-in")
	b.signIn("Elsa", goodPassword, "/")

	owner.follow("link", "Example ID", "/admin/settings/connect/*")
	owner.click("link", "Remove…")
	owner.find("dialog", "Remove Example ID?")
	owner.judge()
	owner.follow("button", "Remove Example ID", "/admin/settings/connect")
	b.signOut()
	b.lacks("link", "Continue with Example ID")
}
