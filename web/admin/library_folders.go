package admin

import (
	"path/filepath"
	"slices"
	"strings"

	"usher/media"
	"usher/store"
)

// libraryForm is what the form of a library sends.
type libraryForm struct {
	Name    string `form:"name"`
	Kind    string `form:"kind"`
	Folders string `form:"folders"` // one on each line
}

// input is the form as the store takes it, with what is wrong with the folders.
// Folders that the library has already are kept without a look at the disk: one
// that is away now must not keep anybody from changing the name.
func (f libraryForm) input(kept []string, data string) (store.LibraryInput, []store.Problem) {
	in := store.LibraryInput{Name: f.Name, Kind: store.LibraryKind(f.Kind), Folders: lines(f.Folders)}
	if len(in.Folders) > store.MaxFolders {
		return in, nil // the store refuses them all; no need to look at each
	}
	var problems []store.Problem
	for i, line := range in.Folders {
		if clean := filepath.Clean(line); slices.Contains(kept, clean) {
			in.Folders[i] = clean
			continue
		}
		clean, err := usableFolder(line, data)
		if err != nil {
			problems = append(problems, store.Problem{Field: "folders", Message: naming(line, err.Error())})
			continue
		}
		in.Folders[i] = clean
	}
	return in, problems
}

// usableFolder is media.CheckFolder, which refuses the data folder too: what
// Usher keeps there is no media.
func usableFolder(path, data string) (string, error) {
	clean, err := media.CheckFolder(path)
	if err == nil && media.ToData(clean, data) == media.IsData {
		return "", &media.BadFolder{Reason: media.IsData.Sentence(clean)}
	}
	return clean, err
}

// dataFolders warns of the folders of a library that hold Usher's own data, or
// lie in it.
func dataFolders(library store.Library, data string) (warnings []string) {
	for _, folder := range library.Folders {
		if warning := media.ToData(folder, data).Sentence(folder); warning != "" {
			warnings = append(warnings, warning)
		}
	}
	return warnings
}

// lines are the lines of a text as typed, each once, without empty ones.
func lines(text string) []string {
	var found []string
	seen := make(map[string]bool)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !seen[line] {
			seen[line] = true
			found = append(found, line)
		}
	}
	return found
}

// naming is the reason with the folder that it is about, which stands among
// others in one field.
func naming(line, reason string) string {
	if strings.Contains(reason, filepath.Clean(line)) {
		return reason
	}
	return store.Quote(line) + ": " + reason
}

// missingFolders are the reasons why folders of a library cannot be read now.
func missingFolders(library store.Library) []string {
	var reasons []string
	for _, folder := range library.Folders {
		if _, err := media.CheckFolder(folder); err != nil {
			reasons = append(reasons, naming(folder, err.Error()))
		}
	}
	return reasons
}
