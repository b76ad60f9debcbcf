// Package blankdata gives tests data folders that are made already: making the
// schema takes longer than most tests.
package blankdata

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"usher/store"
)

// Folder is a data folder of the test's own whose database has the whole schema
// and nothing in it.
func Folder(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, store.FileName), database(), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

var database = sync.OnceValue(func() []byte {
	content, err := makeDatabase()
	if err != nil {
		panic(err)
	}
	return content
})

func makeDatabase() ([]byte, error) {
	folder, err := os.MkdirTemp("", "usher-schema-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	st, err := store.Open(context.Background(), folder)
	if err != nil {
		return nil, err
	}
	// Closing brings everything into the one file.
	if err := st.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, store.FileName))
}
