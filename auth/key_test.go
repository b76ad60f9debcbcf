package auth

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"usher/internal/blankdata"
	"usher/store"
)

func TestTheServersKey(t *testing.T) {
	st, err := store.Open(t.Context(), blankdata.Folder(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	first, changed, err := OpenKey(t.Context(), st)
	if err != nil || changed {
		t.Fatalf("first: changed %v, %v", changed, err)
	}
	path := filepath.Join(st.Folder(), KeyFileName)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file is %v, %v", info, err)
	}
	again, changed, err := OpenKey(t.Context(), st)
	if err != nil || changed || !bytes.Equal(first.secret, again.secret) {
		t.Fatalf("again: changed %v, same %v, %v", changed, bytes.Equal(first.secret, again.secret), err)
	}
	sealed, err := first.seal("codes", 7, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := again.unseal("codes", 7, sealed); err != nil || string(text) != "secret" {
		t.Errorf("unsealed %q, %v", text, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	other, changed, err := OpenKey(t.Context(), st)
	if err != nil || !changed || bytes.Equal(first.secret, other.secret) {
		t.Fatalf("another: changed %v, %v", changed, err)
	}
	for what, try := range map[string]func() ([]byte, error){
		"another key":     func() ([]byte, error) { return other.unseal("codes", 7, sealed) },
		"another user":    func() ([]byte, error) { return first.unseal("codes", 8, sealed) },
		"another purpose": func() ([]byte, error) { return first.unseal("pins", 7, sealed) },
		"a part":          func() ([]byte, error) { return first.unseal("codes", 7, sealed[:10]) },
	} {
		if text, err := try(); !errors.Is(err, ErrSealed) {
			t.Errorf("%s reads %q, %v", what, text, err)
		}
	}
	if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OpenKey(t.Context(), st); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("a damaged key: %v", err)
	}
	if left, _ := filepath.Glob(path + ".making*"); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}
