package demo_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"usher/auth"
	"usher/demo"
)

func TestHousehold(t *testing.T) {
	now := time.Now()
	household, err := demo.Household(t.TempDir(), 20_000, "hash", now)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, person := range household.People {
		if seen[person.Name] {
			t.Fatalf("there are two called %s", person.Name)
		}
		seen[person.Name] = true
		if person.CreatedAt.After(now) || person.LastSeenAt.After(now) {
			t.Errorf("%s is from the future", person.Name)
		}
		for _, d := range person.Devices {
			if d.FirstSeenAt.Before(person.CreatedAt) || d.LastSeenAt.Before(d.FirstSeenAt) || d.LastSeenAt.After(person.LastSeenAt) {
				t.Fatalf("%s has a device from another time: %+v", person.Name, d)
			}
			if said := auth.DeviceName(d.UserAgent); d.Kind != said || d.Form != auth.DeviceForm(d.UserAgent) {
				t.Fatalf("what %s has is called %s, and says %s", person.Name, d.Kind, said)
			}
		}
	}
	if len(seen) < 20_000 {
		t.Errorf("there are %d people, fewer than asked for", len(seen))
	}
	for _, library := range household.Libraries {
		for _, folder := range library.Folders {
			if info, err := os.Stat(folder); err != nil || !info.IsDir() {
				t.Errorf("%s has no folder %s: %v", library.Name, folder, err)
			}
		}
	}
}

func TestPassphrase(t *testing.T) {
	first, second := demo.Passphrase(), demo.Passphrase()
	if first == second {
		t.Errorf("two passphrases are both %s", first)
	}
	if err := auth.CheckPassword(first); err != nil {
		t.Errorf("%s is no password that Usher takes: %v", first, err)
	}
}

// Whoever reads the password off a terminal can type it on any keyboard.
func TestPassphraseCanBeTyped(t *testing.T) {
	for range 200 {
		password := demo.Passphrase()
		if strings.Trim(password, "abcdefghijklmnopqrstuvwxyz234567-") != "" || strings.Count(password, "-") != 4 {
			t.Fatalf("the password is %s", password)
		}
	}
}
