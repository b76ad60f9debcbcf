package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	for _, test := range []struct {
		args []string
		says []string
	}{
		{[]string{"--help"}, []string{"serve", "password", "demo", "home media server"}},
		{[]string{"serve", "--help"}, []string{"--addr", "USHER_ADDR", "--data", "USHER_DATA", "--url", "USHER_URL", "USHER_HOME_NETWORKS", "USHER_TRUSTED_PROXIES", "USHER_OWNER_PASSWORD", "USHER_CONNECT_ISSUER", "USHER_CONNECT_CLIENT_ID", "USHER_CONNECT_CLIENT_SECRET"}},
		{[]string{"password", "--help"}, []string{"<name>", "--data", "USHER_DATA"}},
		{[]string{"demo", "--help"}, []string{"--users", "--data"}},
	} {
		out, err := usher(t, "", test.args...)
		must(t, err)
		for _, words := range test.says {
			if !strings.Contains(out, words) {
				t.Errorf("%v does not tell of %s:\n%s", test.args, words, out)
			}
		}
	}
}

func TestWrongUse(t *testing.T) {
	for _, test := range []struct {
		args []string
		says string
	}{
		{nil, "expected one of"},
		{[]string{"dance"}, "dance"},
		{[]string{"serve", "--prot", "80"}, "--prot"},
		{[]string{"serve", "now"}, "now"},
		{[]string{"password"}, "<name>"},
		{[]string{"demo", "--users", "many"}, "many"},
	} {
		_, err := usher(t, "", test.args...)
		wantRefusal(t, err, test.says, "usher --help")
	}
}

// The data folder and the address can come from the environment, and a flag
// wins over it.
func TestEnvironment(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	t.Setenv("USHER_DATA", data)
	t.Setenv("USHER_URL", "https://home.example/")
	t.Setenv("USHER_ADDR", "nonsense")
	out, err := usher(t, "", "demo")
	must(t, err)
	password := firstGroup(madeUpPassword, out)
	p := begin(t, "--addr", "127.0.0.1:0")
	p.until("Usher is at https://home.example\n")
	must(t, p.end())
	p = begin(t, "--addr", "127.0.0.1:0", "--url", "http://127.0.0.1")
	p.until("Usher is at http://127.0.0.1\n")
	if password == "" || strings.Contains(p.out.String(), "no owner") {
		t.Errorf("the folder is another one: %s", p.out)
	}
}
