package store_test

import (
	"strings"
	"testing"

	"usher/store"
)

func TestNamesThatMayBe(t *testing.T) {
	for name, want := range map[string]string{
		"Elsa":                           "Elsa",
		"  Grandma   Ingrid ":            "Grandma Ingrid",
		"\u00a0Elsa\u3000Ek\u2003":       "Elsa Ek",
		"7":                              "7",
		"☃":                              "☃",
		"🦊":                              "🦊",
		"王小明":                            "王小明",
		"김민수":                            "김민수",
		"محمد":                           "محمد",
		"ஆதி":                            "ஆதி",
		"O’Brien-Smith, Jr. (upstairs)":  "O’Brien-Smith, Jr. (upstairs)",
		`<b>"Bobby"</b> '; --`:           `<b>"Bobby"</b> '; --`,
		"A\u030asa":                      "Åsa",
		"\u1112\u1161\u11ab":             "한",
		strings.Repeat("x", 64):          strings.Repeat("x", 64),
		strings.Repeat("🦊", 64):          strings.Repeat("🦊", 64),
		strings.Repeat("A\u030a", 64):    strings.Repeat("Å", 64),
		strings.Repeat(" ", 90) + "Elsa": "Elsa",
	} {
		clean, message := store.CleanName(name)
		if clean != want || message != "" {
			t.Errorf("%q became %q with the message %q, want %q", name, clean, message, want)
		}
		if again, _ := store.CleanName(clean); again != clean {
			t.Errorf("%q cleaned twice becomes %q", clean, again)
		}
	}
}

// badNames are refused wherever a name is asked for.
var badNames = map[string]string{
	"none":                    "",
	"spaces":                  "   ",
	"other spaces":            "\u00a0\u2003\u3000",
	"65 characters":           strings.Repeat("x", 65),
	"65 emoji":                strings.Repeat("🦊", 65),
	"line break":              "Elsa\nEk",
	"line break at the end":   "Elsa\n",
	"tab":                     "Elsa\tEk",
	"null":                    "Elsa\x00",
	"escape":                  "\x1b[31mElsa",
	"delete":                  "Elsa\x7f",
	"C1 control":              "Elsa\u0085",
	"line separator":          "Elsa\u2028Ek",
	"paragraph separator":     "Elsa\u2029Ek",
	"zero-width space":        "El\u200bsa",
	"zero-width joiner":       "El\u200dsa",
	"zero-width non-joiner":   "El\u200csa",
	"zero-width no-break":     "\ufeffElsa",
	"word joiner":             "El\u2060sa",
	"soft hyphen":             "El\u00adsa",
	"right-to-left override":  "El\u202esa",
	"left-to-right isolate":   "\u2066Elsa\u2069",
	"right-to-left mark":      "Elsa\u200f",
	"Arabic letter mark":      "Elsa\u061c",
	"Hangul filler":           "\u3164",
	"Hangul filler in a name": "Elsa\u3164",
	"Hangul choseong filler":  "\u115f",
	"halfwidth Hangul filler": "\uffa0",
	"combining joiner":        "El\u034fsa",
	"variation selector":      "Elsa\ufe0f",
	"ideographic variation":   "王\U000e0100",
	"Mongolian separator":     "El\u180esa",
	"blank Braille pattern":   "\u2800",
	"language tag":            "Elsa\U000e0041",
	"private use":             "Elsa\ue000",
	"not assigned":            "Elsa\u0378",
	"no character":            "Elsa\uffff",
	"no UTF-8":                "Els\xe5",
	"half of a pair":          "Elsa\xed\xa0\x80",
	"combining marks only":    "\u0301\u0302",
	"enclosing mark only":     "\u20dd",
}

func TestNamesThatMayNotBe(t *testing.T) {
	h := newHome(t)
	nils := h.add("Nils", "")
	for about, name := range badNames {
		t.Run(about, func(t *testing.T) {
			_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name})
			wantInvalid(t, err, "name")
			wantInvalid(t, h.edit(nils.ID, func(p *store.Profile) { p.Name = name }), "name")
			_, err = h.MakeOwner(h.ctx, name, "$x")
			wantError(t, err, store.ErrSetUp)
		})
	}
	if page, err := h.Users(h.ctx, store.UserQuery{}); err != nil || page.Total != 2 {
		t.Errorf("%d users are there, want 2 (%v)", page.Total, err)
	}
	if name := h.user(nils.ID).Name; name != "Nils" {
		t.Errorf("Nils is called %q now", name)
	}
}

// Names are one when only case or Unicode form tells them apart.
func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"Elsa", "elsa", "ELSA", " Elsa ", "Ｅｌｓａ"},
		{"Åsa", "A\u030asa", "åSA", "\u212bsa"},
		{"Straße", "STRASSE", "strasse", "STRAẞE"},
		{"Σίσυφος", "ΣΊΣΥΦΟΣ", "σίσυφοσ"},
		{"Grandma Ingrid", "grandma  ingrid", "grandma\u00a0ingrid"},
		{"한", "\u1112\u1161\u11ab"},
		{"ﬁn", "FIN"},
		{"ガ", "ｶﾞ"},
		{"Ⅷ", "viii"},
		{"🦊", " 🦊"},
	} {
		h := newHome(t)
		first, second := h.add(same[0], ""), h.add("Someone else", "")
		for _, name := range same {
			_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name})
			wantInvalid(t, err, "name")
			wantInvalid(t, h.edit(second.ID, func(p *store.Profile) { p.Name = name }), "name")
			if found, err := h.Credentials(h.ctx, name); err != nil || found.ID != first.ID {
				t.Errorf("%q cannot sign in as %q: %v", same[0], name, err)
			}
			h.must(h.edit(first.ID, func(p *store.Profile) { p.Name = name }))
		}
	}
}

// Names that look alike but are not the same stay apart.
func TestNamesThatDiffer(t *testing.T) {
	h := newHome(t)
	for _, name := range []string{"Asa", "Åsa", "Äsa", "Else", "Elsa", "Elsa 2", "El-sa", "王", "玉", "か", "が", "i", "ı"} {
		h.add(name, "")
	}
}

func TestEmailForms(t *testing.T) {
	for email, want := range map[string]string{
		"":                        "",
		"   ":                     "",
		" elsa@example.org ":      "elsa@example.org",
		"Elsa.Ek+tv@Example.Org":  "Elsa.Ek+tv@Example.Org",
		"elsa@localhost":          "elsa@localhost",
		"åsa@exämple.se":          "åsa@exämple.se",
		"a\u030asa@example.org":   "åsa@example.org",
		"o'brien@example.org":     "o'brien@example.org",
		"elsa@[192.168.1.1]":      "elsa@[192.168.1.1]",
		long("@example.org", 254): long("@example.org", 254),
	} {
		if clean, message := store.CleanEmail(email); clean != want || message != "" {
			t.Errorf("%q became %q with the message %q, want %q", email, clean, message, want)
		}
	}
	for _, email := range []string{
		"elsa", "elsa@", "@example.org", "elsa@@example.org", "elsa@example..org", "elsa@.example.org", "elsa@example.org.",
		"elsa ek@example.org", "elsa@exa mple.org", "elsa@example.org\n", "elsa\t@example.org", "elsa@example.org\r\nBcc: x@example.org",
		"Elsa <elsa@example.org>", "<elsa@example.org>", "elsa@example.org, nils@example.org", `"elsa ek"@example.org`,
		"elsa@example.org (at home)", "el\u200bsa@example.org", "elsa@ex\u202eample.org", "els\xe5@example.org", "mailto:elsa@example.org",
		long("@example.org", 255), ".elsa@example.org", "elsa.@example.org",
	} {
		if clean, message := store.CleanEmail(email); message == "" {
			t.Errorf("%q is an e-mail address: %q", email, clean)
		}
	}
}

// long is an address of n bytes.
func long(end string, n int) string { return strings.Repeat("x", n-len(end)) + end }

// An e-mail address belongs to one user, and nobody is called like another's,
// since both are for signing in.
func TestEmailIsUnique(t *testing.T) {
	h := newHome(t)
	elsa, nils := h.add("Elsa", ""), h.add("nils@example.org", "")
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "Elsa@Example.org" }))
	for _, email := range []string{"elsa@example.org", "ELSA@EXAMPLE.ORG", "Nils@example.org"} {
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "Someone", Email: email})
		wantInvalid(t, err, "email")
	}
	for _, name := range []string{"elsa@example.org", "ELSA@example.org"} {
		_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: name})
		wantInvalid(t, err, "name")
		wantInvalid(t, h.edit(nils.ID, func(p *store.Profile) { p.Name = name }), "name")
	}
	wantInvalid(t, h.edit(nils.ID, func(p *store.Profile) { p.Email = "elsa@example.ORG" }), "email")
	_, err := h.CreateUser(h.ctx, h.mara(), store.NewUser{Name: "elsa", Email: "nonsense"})
	wantInvalid(t, err, "email", "name")

	// One's own is no double, and what is given up is free again.
	h.must(h.edit(nils.ID, func(p *store.Profile) { p.Email = "nils@example.org" }))
	h.must(h.edit(elsa.ID, func(p *store.Profile) { p.Email = "" }))
	h.must(h.edit(nils.ID, func(p *store.Profile) { p.Email = "elsa@example.org" }))
	h.add("Two without", "")
	if found, err := h.Credentials(h.ctx, " elsa@EXAMPLE.org "); err != nil || found.ID != nils.ID {
		t.Errorf("Nils cannot sign in with the e-mail: %v", err)
	}
}
