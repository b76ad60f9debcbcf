package views

import "usher/store"

// faceHelp says what hiding somebody on the sign-in page comes to.
func (p SignInRulesPage) faceHelp() string {
	name := p.user().Name
	if p.user().Kind == store.KindGuestAccount {
		return "At home, visitors then come in by typing the name, " + name + "."
	}
	return "At home, " + name + " then comes in by typing the name. Away from home, nobody is shown at all."
}
