package store

import (
	"context"
	"errors"
	"fmt"
)

// PersonalFolderInput is what setting a personal folder needs. The path has
// been checked by whoever can see the disk.
type PersonalFolderInput struct {
	Kind LibraryKind
	Path string
}

// folderName is what a personal folder is called where others read of it.
func folderName(user string) string { return user + "’s folder" }

// folderKey is the name_key of a user's personal folder, which no name that can
// be typed has.
func folderKey(user int64) string { return fmt.Sprintf("\x1fuser %d", user) }

// SetPersonalFolder makes a folder on the server the library of one user
// alone, in place of the one that they have, and asks for a scan. It answers
// Invalid with the fields folder_kind and folder_path, together with what was
// found wrong before by whoever can see the disk, ErrNotFound or ErrForbidden.
func (s *Store) SetPersonalFolder(ctx context.Context, actor Actor, userID int64, in PersonalFolderInput, found ...Problem) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, userID, Actor.MaySetFolder)
		if err != nil {
			return err
		}
		bad := Invalid{Problems: found}
		if in.Kind.Label() == "" {
			bad.Add("folder_kind", "Choose what the folder holds.")
		}
		if in.Path == "" && len(found) == 0 {
			bad.Add("folder_path", "Name a folder on the server, such as /srv/"+sortName(u.Name)+".")
		}
		if err := bad.Err(); err != nil {
			return err
		}
		before, err := t.personalFolder(ctx, u.ID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err == nil && before.Kind == in.Kind && len(before.Folders) == 1 && before.Folders[0] == in.Path {
			return nil
		}
		if err := t.writePersonalFolder(ctx, u, before.ID, in); err != nil {
			return err
		}
		return t.record(ctx, actor, aboutUser(ActionFolderSet, u.ID, u.Name, in.Path+", "+in.Kind.Label()))
	})
}

func (t *tx) personalFolder(ctx context.Context, user int64) (Library, error) {
	return oneLibrary(ctx, t, `WHERE l.user_id = ?`, user)
}

// writePersonalFolder inserts the library of a user's folder where id is 0, and
// changes it otherwise.
func (t *tx) writePersonalFolder(ctx context.Context, u User, id int64, in PersonalFolderInput) error {
	var err error
	if id == 0 {
		err = t.QueryRowContext(ctx, `INSERT INTO libraries (user_id, name, name_key, kind, position, created_at) VALUES (?, ?, ?, ?, 0, ?) RETURNING id`,
			u.ID, folderName(u.Name), folderKey(u.ID), in.Kind, millis(t.now)).Scan(&id)
	} else {
		_, err = t.ExecContext(ctx, `UPDATE libraries SET kind = ? WHERE id = ?`, in.Kind, id)
	}
	if err != nil {
		return fmt.Errorf("save the personal folder of user %d: %w", u.ID, err)
	}
	if err := t.setFolders(ctx, id, []string{in.Path}); err != nil {
		return err
	}
	_, err = t.queueJob(ctx, JobScan, id, ReasonLibrary, "")
	return err
}

// renameFolder has a user's personal folder follow their name.
func (t *tx) renameFolder(ctx context.Context, user int64, name string) error {
	if _, err := t.ExecContext(ctx, `UPDATE libraries SET name = ? WHERE user_id = ?`, folderName(name), user); err != nil {
		return fmt.Errorf("rename the personal folder of user %d: %w", user, err)
	}
	return nil
}

// RemovePersonalFolder takes a user's personal folder out of Usher; the files
// on the disk stay. It answers ErrNotFound, also where there is none, or
// ErrForbidden.
func (s *Store) RemovePersonalFolder(ctx context.Context, actor Actor, userID int64) error {
	return s.change(ctx, func(t *tx) error {
		actor, u, err := t.target(ctx, actor, userID, Actor.MaySetFolder)
		if err != nil {
			return err
		}
		before, err := t.personalFolder(ctx, u.ID)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, `DELETE FROM libraries WHERE id = ?`, before.ID); err != nil {
			return fmt.Errorf("remove the personal folder of user %d: %w", u.ID, err)
		}
		return t.record(ctx, actor, aboutUser(ActionFolderRemoved, u.ID, u.Name, before.Folders[0]))
	})
}

// AllLibraries are all libraries in their order, and the personal folders after
// them.
func (s *Store) AllLibraries(ctx context.Context) ([]Library, error) {
	return readLibraries(ctx, s.reader, ``)
}
