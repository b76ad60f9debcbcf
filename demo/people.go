package demo

import (
	"math/rand/v2"
	"strings"
	"time"

	"usher/store"
)

// family is the household of the demo, besides its owner.
func family(hash string, now time.Time) []store.Person {
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	all, moved := store.FullAccess(), ago(400*store.Day)
	return []store.Person{
		{NewUser: store.NewUser{Name: "Jonas", Email: "jonas@lindqvist.example", PasswordHash: hash, Access: all}, Administrator: true, CreatedAt: moved, LastSeenAt: ago(3 * time.Hour)},
		{NewUser: store.NewUser{Name: "Elsa", PasswordHash: hash, Limits: store.Limits{Restrictions: olderChild()}}, Libraries: []string{"Films", "Series", "Music"}, Channels: []string{publicChannel}, LocalAccess: true, Note: "Twelve in March. May see more then.", CreatedAt: moved, LastSeenAt: ago(26 * time.Hour)},
		{NewUser: store.NewUser{Name: "Nils", Limits: store.Limits{Restrictions: youngerChild()}}, Libraries: []string{"Films", "Cartoons"}, CreatedAt: moved, LastSeenAt: ago(3 * store.Day)},
		{NewUser: store.NewUser{Name: "Grandma Ingrid", Email: "ingrid@example.org", PasswordHash: hash}, Libraries: []string{"Films", "Family photos"}, CreatedAt: ago(300 * store.Day), LastSeenAt: ago(15 * store.Day)},
		{NewUser: store.NewUser{Name: "Oskar", Email: "oskar@example.org", PasswordHash: hash}, Libraries: []string{"Films", "Series"}, Disabled: true, Note: "Moved out in May.", CreatedAt: ago(350 * store.Day)},
		{NewUser: store.NewUser{Name: "Freja", Email: "freja@example.net", PasswordHash: hash, Access: all, Limits: store.Limits{EndsAt: time.Date(now.Year()+1, time.January, 1, 0, 0, 0, 0, now.Location())}}, Note: "Au pair until the end of the year.", CreatedAt: ago(80 * store.Day), LastSeenAt: ago(40 * time.Minute)},
	}
}

// crowd is n made-up users, with a guest for every ten of them and an invitation
// for every twenty, always the same for the same n.
func crowd(n int, hash string, now time.Time) []store.Person {
	random := rand.New(rand.NewPCG(7, 11)) //nolint:gosec // names, not secrets
	people, order := make([]store.Person, 0, n+n/10+n/20), random.Perm(names)
	for _, i := range order[:n] {
		person := store.Person{NewUser: store.NewUser{Name: madeUpName(i), Access: store.FullAccess(), PasswordHash: hash}}
		if random.IntN(3) > 0 {
			person.Email = address(person.Name, "example.org")
		}
		shape(&person, random, now)
		people = append(people, person)
	}
	for _, i := range order[n : n+n/10] {
		people = append(people, madeUpGuest(madeUpName(i), hash, random, now))
	}
	for _, i := range order[n+n/10 : n+n/10+n/20] {
		people = append(people, madeUpInvitation(madeUpName(i), random, now))
	}
	return people
}

// address is the e-mail address of somebody with a made-up name.
func address(name, domain string) string {
	return strings.ReplaceAll(strings.ToLower(plain.Replace(name)), " ", ".") + "@" + domain
}

// shape gives somebody habits: most watch everything, some are children, some
// have no password, a few are gone.
func shape(p *store.Person, random *rand.Rand, now time.Time) {
	age := time.Duration(random.Int64N(int64(900 * store.Day)))
	p.CreatedAt = now.Add(-age)
	if random.IntN(10) > 0 {
		p.LastSeenAt = now.Add(-time.Duration(random.Int64N(int64(age) + 1)))
	}
	switch random.IntN(20) {
	case 0, 1, 2:
		p.Access = store.Access{AllChannels: true}
		p.Libraries, p.Restrictions = []string{"Films", "Cartoons"}, preset("younger-child")
	case 3, 4:
		p.Access = store.Access{}
		p.Libraries, p.Restrictions = []string{"Films", "Series", "Music", "Cartoons"}, preset("teenager")
	case 5:
		p.PasswordHash, p.LocalAccess = "", false
	case 6:
		p.Disabled = true
	case 7:
		p.EndsAt = now.Add(time.Duration(1+random.IntN(300)) * store.Day)
	}
}

// names is as many different names as madeUpName knows.
const names = len(firstNames) * len(lastNames) * (1 + len(middleLetters))

// madeUpName is the name with this number, of all the different ones.
func madeUpName(i int) string {
	first, i := firstNames[i%len(firstNames)], i/len(firstNames)
	last, i := lastNames[i%len(lastNames)], i/len(lastNames)
	if i == 0 {
		return first + " " + last
	}
	return first + " " + middleLetters[i-1:i] + " " + last
}

// plain turns the accented letters of the names into plain ones, for e-mail.
var plain = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "ø", "o", "æ", "ae", "é", "e", "í", "i", "ï", "i", "ł", "l", "ñ", "n", "ü", "u", "Å", "a", "Ö", "o", "Ø", "o", "Ä", "a", "Ł", "l")

const middleLetters = "ABCDEFGHIJKLMNOPRSTUVWY"

var firstNames = [...]string{
	"Ada", "Agnes", "Aiko", "Albin", "Alice", "Alma", "Amir", "Anders", "Anna", "Arvid", "Astrid", "Axel", "Beata", "Björn",
	"Carla", "Carlos", "Chloé", "Clara", "Daniel", "Diego", "Ebba", "Edith", "Eino", "Eline", "Emil", "Erik", "Esther", "Fatima",
	"Felix", "Filippa", "Freya", "Gabriel", "Greta", "Gustav", "Hanna", "Hassan", "Hedda", "Henrik", "Hilde", "Hugo", "Ida", "Iker",
	"Ines", "Iris", "Isak", "Ivan", "Jakob", "Jana", "Jesper", "Johan", "Jörg", "Julia", "Kaito", "Karin", "Kasper", "Katja",
	"Kofi", "Lars", "Leïla", "Lena", "Leo", "Lin", "Linnéa", "Lovisa", "Lucas", "Luna", "Magnus", "Maja", "Malin", "Marek",
	"Marta", "Mateo", "Matilda", "Mei", "Mikael", "Mila", "Milo", "Mohamed", "Moa", "Nadia", "Nora", "Noor", "Olga", "Olle",
	"Otto", "Paula", "Pedro", "Per", "Petra", "Priya", "Rasmus", "Rosa", "Ruben", "Saga", "Samuel", "Sara", "Selma", "Signe",
	"Sigrid", "Simon", "Siri", "Sofia", "Stella", "Stina", "Sven", "Tariq", "Thea", "Theo", "Tilda", "Tom", "Tove", "Ulf",
	"Valeria", "Vera", "Viktor", "Vilma", "Wilma", "Yusuf", "Yuki", "Zainab", "Åke", "Östen",
}

var lastNames = [...]string{
	"Abbas", "Adler", "Ahlgren", "Almeida", "Alvarez", "Andersen", "Aoki", "Arnold", "Bakker", "Banerjee", "Becker", "Berg", "Bergström",
	"Bianchi", "Björk", "Blom", "Boateng", "Borg", "Brandt", "Bruun", "Carlsen", "Castro", "Chen", "Costa", "Dahl", "Diaz", "Dubois",
	"Dvorak", "Ek", "Eklund", "Engel", "Eriksen", "Farah", "Fischer", "Flores", "Fors", "Frank", "Fuchs", "Garcia", "Gran", "Gruber",
	"Haas", "Hagen", "Haddad", "Hall", "Hansen", "Hedlund", "Heller", "Holm", "Horvath", "Ibsen", "Ito", "Jansen", "Jensen", "Johansson",
	"Kaya", "Keller", "Khan", "Kim", "Klein", "Koch", "Kovacs", "Kowalska", "Kraus", "Krogh", "Kumar", "Lange", "Larsen", "Lehto",
	"Lindberg", "Lind", "Lopez", "Lund", "Malm", "Marin", "Martin", "Mayer", "Mensah", "Meyer", "Molin", "Moreau", "Moreno", "Mori",
	"Møller", "Nakamura", "Neumann", "Nguyen", "Nilsen", "Nowak", "Nyberg", "Olsen", "Okafor", "Orlov", "Ortega", "Palm", "Patel",
	"Pereira", "Petrov", "Popescu", "Raman", "Rao", "Reyes", "Richter", "Rossi", "Roth", "Ruiz", "Sahin", "Sato", "Schmid", "Silva",
	"Sjöberg", "Skov", "Strand", "Sundin", "Suzuki", "Svensson", "Tanaka", "Thorsen", "Torres", "Vargas", "Vasquez", "Vogel", "Wang",
	"Weber", "Werner", "Winter", "Wolf", "Yamada", "Yilmaz", "Zhang", "Ziegler", "Östberg",
}
