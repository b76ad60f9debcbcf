package auth

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWeakPasswordsSayWhy(t *testing.T) {
	about := []string{"Grandma Ingrid", "ingrid.lindqvist@fastmail.example", "Lakeside Cinema"}
	tests := []struct{ password, why string }{
		{"", "Too short"},
		{"Xk3#9fQ", "Too short"},
		{strings.Repeat("é", 7), "Too short"},
		{strings.Repeat("Xk3#9fQz", 32) + "!", "Too long"},
		{strings.Repeat("x", 1<<20), "Too long"},
		{"Xk3#9\xff\xfe!", "cannot be read"},
		{"password", "most common passwords"},
		{"P4ssw0rd", "most common passwords"},
		{"password1", "most common passwords"},
		{"sunshine", "most common passwords"},
		{"wertyuiop[", "keyboard"},
		{"zxcvbnm,", "keyboard"},
		{"aaaaaaaaaaaa", "sequence"},
		{"abcdefghij", "sequence"},
		{"987654321", "sequence"},
		{"абвгдежз", "sequence"},
		{"лялялялялялялялял", "repeats"},
		{"dragon-dragon-dragon-", "repeats"},
		{"19.04.1985", "date"},
		{"1985-04-19", "date"},
		{"19041985", "date"},
		{"12/31/2031", "date"},
		{"ingrid1951", "name or an e-mail"},
		{"GrandmaIngrid", "name or an e-mail"},
		{"lindqvist", "name or an e-mail"},
		{"ingrid.lindqvist@fastmail.example", "name or an e-mail"},
		{"LakesideCinema", "name or an e-mail"},
		{"christopher", "common"},
		{"mountains", "common word"},
	}
	for _, test := range tests {
		t.Run(test.password[:min(len(test.password), 40)], func(t *testing.T) {
			err := CheckPassword(test.password, about...)
			var weak *WeakPassword
			if !errors.As(err, &weak) {
				t.Fatalf("CheckPassword = %v, want *WeakPassword", err)
			}
			if !strings.Contains(weak.Reason, test.why) || !strings.HasSuffix(weak.Reason, ".") {
				t.Errorf("Reason = %q, want a sentence with %q", weak.Reason, test.why)
			}
			strength := Measure(test.password, about...)
			if strength.OK || strength.Sentence != weak.Reason || strength.Score >= lowestScore {
				t.Errorf("Measure = %+v disagrees with CheckPassword", strength)
			}
		})
	}
}

func TestStrongPasswordsAreTaken(t *testing.T) {
	tests := []struct {
		password string
		score    int
	}{
		{"sunshine in march", 2},
		{"correct horse battery staple", 4},
		{"Xk3#9fQz", 4},
		{"eine Fähre, drei Möwen", 4},
		{"три чайки и один паром", 4},
		{"雨の日の図書館で読む", 4},
		{strings.Repeat("Xk3#9fQzv-t", 23), 4}, // 253 characters
		{strings.Repeat("漢字かな交じり文", 32), 4},    // 256 characters
	}
	for _, test := range tests {
		if err := CheckPassword(test.password, "Ingrid"); err != nil {
			t.Errorf("CheckPassword(%q): %v", test.password, err)
		}
		strength := Measure(test.password, "Ingrid")
		if !strength.OK || strength.Score != test.score {
			t.Errorf("Measure(%q) = %+v, want score %d", test.password, strength, test.score)
		}
	}
	if got := Measure("correct horse battery staple").Sentence; got != "Strong: years to guess." {
		t.Errorf("Sentence = %q", got)
	}
}

// The same word typed decomposed is as long, and as strong, as composed.
func TestMeasureCountsComposedCharacters(t *testing.T) {
	if err := CheckPassword("e\u0301" + "Xk3#9f"); err == nil {
		t.Error("seven characters were taken for eight")
	}
}

// FuzzMeasure holds that no password makes the measuring panic, that Measure
// and CheckPassword agree, and that the bounds of the length hold.
func FuzzMeasure(f *testing.F) {
	f.Add("correct horse battery staple", "Ingrid")
	f.Add("İstanbul34", "İngrid")
	f.Add("ßßßßßßßßßß4@8({[<3691!|70$5+%2", "ẞ")
	f.Add("\xff1234567890", "")
	f.Fuzz(func(t *testing.T, password, about string) {
		strength, err := Measure(password, about), CheckPassword(password, about)
		if strength.OK != (err == nil) || strength.Score < 0 || strength.Score > 4 || strength.Sentence == "" {
			t.Errorf("Measure(%q) = %+v, CheckPassword: %v", password, strength, err)
		}
		if length := utf8.RuneCountInString(password); strength.OK && length < MinPasswordLength {
			t.Errorf("%q has %d characters and was taken", password, length)
		}
	})
}

// BenchmarkMeasureWorst measures the longest work that a password can make:
// as many characters as are looked at, of signs that stand for letters.
func BenchmarkMeasureWorst(b *testing.B) {
	password := strings.Repeat("4@8({[<3691!|70$5+%2", 5)
	for b.Loop() {
		Measure(password, "Ingrid")
	}
}
