package store_test

import (
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"usher/store"
)

// registers is a home where strangers may register by these rules.
func registers(t *testing.T, rules store.RegistrationRules) *home {
	t.Helper()
	h := newHome(t)
	if rules.ADay == 0 {
		rules.ADay = 10
	}
	h.must(h.SaveRegistration(h.ctx, h.mara(), rules))
	return h
}

// mailing is such a home that can send e-mails to strangers.
func mailing(t *testing.T, rules store.RegistrationRules) *home {
	t.Helper()
	h := registers(t, rules)
	h.sendMail()
	return h
}

// sendMail sets up what it takes to send e-mails to strangers.
func (h *home) sendMail() {
	h.t.Helper()
	settings := h.settings()
	settings.Address = "https://usher.example"
	h.must(h.SaveSettings(h.ctx, h.mara(), settings))
	h.must(h.SaveMail(h.ctx, h.mara(), mailServer))
}

// register has somebody register with a link ("" for none).
func (h *home) register(name, link string) (store.User, error) {
	in := store.Registrant{Name: name, PasswordHash: "$" + name}
	if link != "" {
		in.LinkHash = hash(link)
	}
	return h.Register(h.ctx, in, store.NewSession{TokenHash: hash(rand.Text()), Address: "203.0.113.9"})
}

// wantShut fails the test unless registration is shut for this reason.
func wantShut(t *testing.T, err error, want store.Shut) {
	t.Helper()
	var shut store.Shut
	if !errors.As(err, &shut) || shut != want {
		t.Errorf("answered %v, want that registration is shut: %s", err, want)
	}
}

var (
	freely       = store.RegistrationRules{Registration: store.RegistrationOpen}
	withApproval = store.RegistrationRules{Registration: store.RegistrationApproval}
)

func TestRegistrationRules(t *testing.T) {
	h := newHome(t)
	films, music := h.library("Films"), h.library("Music")
	rules, err := h.RegistrationRules(h.ctx)
	h.must(err)
	if want := (store.RegistrationRules{Registration: store.RegistrationOff, ADay: 10}); !rules.Equal(want) {
		t.Errorf("a new server has %+v", rules)
	}
	in := store.RegistrationRules{
		Registration: store.RegistrationOpen, ADay: 3, Domains: "Example.ORG, bücher.example",
		Access: store.Access{Libraries: []int64{films, music, 99}, AllChannels: true},
	}
	if wrote := h.wrote(func() { h.must(h.SaveRegistration(h.ctx, h.mara(), in)) }); !slices.Equal(wrote, []store.Action{store.ActionSettings}) {
		t.Errorf("saving wrote %v", wrote)
	}
	if wrote := h.wrote(func() { h.must(h.SaveRegistration(h.ctx, h.mara(), in)) }); len(wrote) != 0 {
		t.Errorf("saving the same wrote %v", wrote)
	}
	h.must(h.DeleteLibrary(h.ctx, h.mara(), music))
	rules, err = h.RegistrationRules(h.ctx)
	h.must(err)
	in.Domains, in.Access.Libraries = "example.org\nbücher.example", []int64{films}
	if !rules.Equal(in) {
		t.Errorf("saved %+v, want %+v", rules, in)
	}
	if got := h.settings(); got.Registration != in.Registration || got.RegistrationsADay != 3 || got.RegistrationDomains != in.Domains {
		t.Errorf("the settings are %+v", got)
	}
	h.must(h.SaveSettings(h.ctx, h.mara(), store.Settings{ServerName: "Other", SessionIdle: store.Day, SessionMax: store.Day, ActivityKept: store.Day, AdminHours: time.Hour}))
	if got := h.settings(); got.Registration != in.Registration || got.RegistrationsADay != 3 || got.RegistrationDomains != in.Domains {
		t.Errorf("after saving the general settings they are %+v", got)
	}
}

func TestRegistrationRulesRefused(t *testing.T) {
	h := newHome(t)
	wantInvalid(t, h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: "perhaps", ADay: 1001, Domains: "none"}),
		"registration", "registration_domains", "registrations_a_day")
	jonas := h.administrator("Jonas")
	wantError(t, h.SaveRegistration(h.ctx, actor(jonas), freely), store.ErrForbidden)
}

func TestCleanDomains(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "",
		" , ;\n\t":                              "",
		"Example.ORG, mail.example.org;a.b":     "example.org\nmail.example.org\na.b",
		"@example.org example.org. EXAMPLE.org": "example.org",
		"BÜCHER.example xn--bcher-kva.example":  "bücher.example",
		"ＥＸＡＭＰＬＥ.org":                           "example.org",
		"例え。テスト":                                "例え.テスト",
	} {
		if got, message := store.CleanDomains(text); got != want || message != "" {
			t.Errorf("%q is %q (%s), want %q", text, got, message, want)
		}
	}
	for text, want := range map[string]string{
		"localhost":                            "“localhost” is not a domain.",
		"example.org, *.example.org":           "“*.example.org” is not a domain.",
		"me@example.org and":                   "“me@example.org” and “and” are not domains.",
		"192.0.2.1":                            "“192.0.2.1” is not a domain.",
		"https://example.org":                  "“https://example.org” is not a domain.",
		"a..b -a.example a-.example":           "“a..b”, “-a.example” and “a-.example” are not domains.",
		"a_b.example":                          "“a_b.example” is not a domain.",
		strings.Repeat("x", 64) + ".example":   "is not a domain.",
		strings.Repeat("abcdefg.", 32) + "com": "is not a domain.",
		"a b c d e f g h":                      "“a”, “b”, “c”, “d”, “e” and 3 more are not domains.",
		"\xff.example":                         "“�.example” is not a domain.",
		strings.Join(manyDomains(101), "\n"):   "These are more than 100 domains.",
	} {
		if _, message := store.CleanDomains(text); !strings.Contains(message, want) {
			t.Errorf("%q is answered with %q, want %q", text, message, want)
		}
	}
}

func manyDomains(n int) []string {
	domains := make([]string, n)
	for i := range domains {
		domains[i] = strings.Repeat("x", i%50+1) + strings.Repeat("y", i/50+1) + ".example"
	}
	return domains
}

// FuzzCleanDomains holds that a clean list stays as it is, and that a refused
// one leaves nothing.
func FuzzCleanDomains(f *testing.F) {
	for _, seed := range []string{"example.org", "Bücher.example, @a.b", "xn--bcher-kva.example", "ß.example", "a.例え", "a\u200d.b", "1.2.3.4", "[::1]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean, message := store.CleanDomains(text)
		if message != "" {
			if clean != "" {
				t.Fatalf("%q is refused and gives %q", text, clean)
			}
			return
		}
		again, message := store.CleanDomains(clean)
		if again != clean || message != "" {
			t.Fatalf("%q is %q and then %q (%s)", text, clean, again, message)
		}
	})
}

func TestRegistrationShut(t *testing.T) {
	h := registers(t, store.RegistrationRules{Registration: store.RegistrationOff})
	shut := func(want store.Shut) {
		t.Helper()
		wantShut(t, h.CheckRegistration(h.ctx), want)
		wantShut(t, h.AskToRegister(h.ctx, "elsa@example.org"), want)
		_, err := h.register("Elsa", "")
		wantShut(t, err, want)
	}
	shut(store.ShutOff)
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 1, Domains: "example.org"}))
	shut(store.ShutUnproven)
	h.must(h.SaveRegistration(h.ctx, h.mara(), store.RegistrationRules{Registration: store.RegistrationOpen, ADay: 1}))
	h.limit(1)
	h.must(h.CheckRegistration(h.ctx))
	nils := h.add("Nils", "$n")
	shut(store.ShutFull)
	h.limit(0)
	_, err := h.register("Oskar", "")
	h.must(err)
	shut(store.ShutToday)
	h.must(h.DeleteUsers(h.ctx, h.mara(), nils.ID))
	shut(store.ShutToday)
	h.clock.pass(24*time.Hour + time.Minute)
	h.must(h.CheckRegistration(h.ctx))
}
