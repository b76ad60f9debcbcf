package store

import (
	"context"
	"fmt"
)

// OpenLibraries are the libraries that a user may look into: the open ones in
// their order, and after them the personal folder.
func (s *Store) OpenLibraries(ctx context.Context, viewer int64) ([]Library, error) {
	return readLibraries(ctx, prepared{s}, `JOIN users u ON u.id = ? WHERE `+opens, viewer)
}

// OpenLibrary is the library with this id if it is open to the user, or
// ErrNotFound.
func (s *Store) OpenLibrary(ctx context.Context, viewer, id int64) (Library, error) {
	return oneLibrary(ctx, prepared{s}, `JOIN users u ON u.id = ? WHERE l.id = ? AND `+opens, viewer, id)
}

// PersonalFolder is the library of a user's personal folder, or ErrNotFound.
func (s *Store) PersonalFolder(ctx context.Context, user int64) (Library, error) {
	return oneLibrary(ctx, prepared{s}, `WHERE l.user_id = ?`, user)
}

// AnyLibrary is the library with this id, a personal folder too, or
// ErrNotFound.
func (s *Store) AnyLibrary(ctx context.Context, id int64) (Library, error) {
	return oneLibrary(ctx, prepared{s}, `WHERE l.id = ?`, id)
}

func oneLibrary(ctx context.Context, q querier, where string, args ...any) (Library, error) {
	libraries, err := readLibraries(ctx, q, where, args...)
	if err == nil && len(libraries) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Library{}, fmt.Errorf("library of %v: %w", args, err)
	}
	return libraries[0], nil
}
