package main

// registering goes from an address that is proven, over an administrator who
// is told of it, to the first sign-in, and to a forgotten password.
func registering(j *journey) {
	mail := j.mailbox()
	house := j.household(household(j), mail.serves)
	owner := j.asOwner(house, "/admin/settings/registration")
	owner.sees("Nobody")
	owner.click("radio", "Anyone, with approval")
	owner.fill("Only e-mail addresses at these domains (optional)", "example.org")
	owner.fill("Registrations a day at most", "many")
	owner.click("checkbox", "Films")
	owner.follow("button", "Save registration", "/admin/settings/registration")
	owner.sees("Nothing is saved yet.")
	owner.fill("Registrations a day at most", "10")
	owner.follow("button", "Save registration", "/admin/settings/registration")
	owner.sees("only some domains may, and an address that is not verified proves nothing")
	owner.setAddress()
	owner.open("/admin/settings/registration")
	owner.sees("E-mail addresses are verified")

	priya := j.visit(house)
	priya.open("/sign-in")
	priya.follow("link", "Register", "/register")
	priya.fill("E-mail", "priya@elsewhere.example")
	priya.follow("button", "Send me the link", "/register")
	priya.sees("Only addresses at example.org can register here.")
	priya.register(mail, "priya@example.org", "Priya")
	priya.sees("An administrator of Usher decides now")
	priya.follow("link", "Go to sign-in", "/sign-in")
	priya.signIn("Priya", goodPassword, "/sign-in")
	priya.sees("The password is right, but your registration still waits")

	jonas := j.visit(house)
	jonas.openLetter(mail.letter("jonas@lindqvist.example", "Priya waits for approval"), "/sign-in*")
	jonas.signIn("Jonas Berg", goodPassword, "/admin/users")
	jonas.sees("Waiting for approval")
	jonas.sees("priya@example.org")
	jonas.follow("button", "Approve Priya", "/admin/users")
	jonas.sees("Priya is approved, and may sign in now.")
	jonas.find("link", "Priya")

	priya.openLetter(mail.letter("priya@example.org", "You can sign in to Usher"), "/sign-in")
	priya.signIn("Priya", goodPassword, "/")
	priya.sees("Hello, Priya")
	priya.sees("Films")
	priya.seesNo("Music")
	priya.signOut()
	priya.forgets(mail, "priya@example.org")
}

// register registers with an address that is allowed to, with a weak password
// first. The link works once.
func (b *tab) register(mail *mailbox, address, name string) {
	b.Helper()
	b.open("/register")
	b.fill("E-mail", address)
	b.follow("button", "Send me the link", "/register")
	b.sees("Look into your inbox")
	letter := mail.letter(address, "Confirm your address for Usher")
	b.openLetter(letter, "/register/*")
	b.sees("Your address " + address + " is verified.")
	b.fill("Your name", name)
	b.fill("Password", "12345678")
	b.sees("Weak")
	b.follow("button", "Register", "/register/*")
	b.sees("Nothing is saved yet.")
	b.holds("Your name", name)
	b.fill("Password", goodPassword)
	b.follow("button", "Register", "/register/waiting")
	b.openLetter(letter, "/register/*")
	b.sees("This link does not work")
	b.open("/register/waiting")
}

// forgets asks for a link to choose another password, and uses it.
func (b *tab) forgets(mail *mailbox, address string) {
	b.Helper()
	b.open("/sign-in?by=name")
	b.follow("link", "Forgot your password?", "/sign-in/forgot")
	b.fill("Name or e-mail", "Nobody at all")
	b.follow("button", "E-mail me a link", "/sign-in/forgot*")
	stranger := b.text()
	b.open("/sign-in/forgot")
	b.fill("Name or e-mail", address)
	b.follow("button", "E-mail me a link", "/sign-in/forgot*")
	if b.text() != stranger {
		b.Errorf("an address that is here and a name that is not read differently:\n%s\n%s", b.text(), stranger)
	}
	b.openLetter(mail.letter(address, "Choose a password for Usher"), "/reset/*")
	b.fill("New password", newPassword)
	b.follow("button", "Save password", "/")
	b.signOut()
	b.signIn(address, newPassword, "/")
}

// registeringFreely is without e-mail and without approval, as often in a day
// as the owner allows.
func registeringFreely(j *journey) {
	house := j.household(household(j))
	b := j.visit(house)
	b.open("/register")
	b.sees("Registration is off")
	b.open("/sign-in/forgot")
	b.sees("This server cannot e-mail you one")
	b.open("/sign-in")
	b.lacks("link", "Register")

	owner := j.asOwner(house, "/admin/settings/registration")
	owner.click("radio", "Anyone, at once")
	owner.fill("Registrations a day at most", "2")
	owner.follow("button", "Save registration", "/admin/settings/registration")
	owner.sees("E-mail addresses cannot be verified")

	b.open("/sign-in")
	b.follow("link", "Register", "/register")
	b.fill("Your name", "MARA")
	b.fill("Password", goodPassword)
	b.follow("button", "Register and sign in", "/register")
	b.sees("Nothing is saved yet.")
	b.fill("Your name", "Priya")
	b.follow("button", "Register and sign in", "/")
	b.sees("Welcome, Priya.")
	b.wander("/register", "/")
	b.sees("You are signed in as Priya, and have an account.")

	second := j.visit(house)
	second.open("/register")
	second.fill("Your name", "Quinn")
	second.fill("Password", goodPassword)
	second.follow("button", "Register and sign in", "/")
	second.signOut()
	second.open("/register")
	second.sees("Enough for today")
	owner.open("/admin/users")
	owner.find("link", "Priya")

	jonas := j.as(house, "Jonas Berg", "/admin/settings/registration")
	jonas.sees("Only the owner, Mara, changes these settings")
}

// refusing decides about several who have registered, one and the rest.
func refusing(j *journey) {
	house := j.household(household(j))
	owner := j.asOwner(house, "/admin/settings/registration")
	owner.click("radio", "Anyone, with approval")
	owner.follow("button", "Save registration", "/admin/settings/registration")
	for _, name := range []string{"Ada", "Björn", "Chen", "Dora"} {
		b := j.visit(house)
		b.open("/register")
		b.fill("Your name", name)
		b.fill("Password", goodPassword)
		b.follow("button", "Register", "/register/waiting")
	}
	owner.open("/admin/users")
	owner.click("button", "More for Ada")
	owner.judge()
	owner.click("link", "Refuse…")
	owner.find("dialog", "Refuse Ada?")
	owner.judge()
	owner.follow("button", "Refuse", "/admin/users")
	owner.sees("Ada is refused.")

	owner.open("/admin/users/waiting")
	owner.click("searchbox", "Search name or e-mail")
	owner.press("xx")
	owner.sees("Nobody found")
	owner.judge()
	owner.open("/admin/users/waiting")
	owner.seesNo("Never")
	owner.click("checkbox", "Select Björn")
	owner.click("checkbox", "Select Chen")
	owner.sees("With 2 selected")
	owner.judge()
	owner.follow("button", "Approve", "/admin/users/waiting")
	owner.sees("are approved, and may sign in now.")
	owner.click("checkbox", "Select Dora")
	owner.click("button", "Refuse…")
	owner.follow("button", "Refuse", "/admin/users/waiting")
	owner.sees("Nobody waits")

	for name, arrival := range map[string]string{"Ada": "/sign-in", "Chen": "/"} {
		b := j.visit(house)
		b.open("/sign-in")
		b.signIn(name, goodPassword, arrival)
	}
}

// setAddress sets the address of the house, as its owner.
func (b *tab) setAddress() {
	b.Helper()
	b.open("/admin/settings")
	b.fill("Address (optional)", b.house.address)
	b.follow("button", "Save settings", "/admin/settings")
}
