-- +goose Up

-- A personal folder is a library that belongs to one user. Its name_key names
-- the user, so that it never meets that of another library.
ALTER TABLE libraries ADD COLUMN user_id INTEGER REFERENCES users (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX libraries_personal ON libraries (user_id) WHERE user_id IS NOT NULL;

-- Folders get an id, since files lie in them. One that was taken out of its
-- library stays for a while, with its titles out of sight, so that they are
-- known again should they turn up elsewhere.
CREATE TABLE new_library_folders (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    library_id        INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    position          INTEGER NOT NULL,
    path              TEXT    NOT NULL,
    removed_at        INTEGER,
    unreachable_since INTEGER,
    unreachable       TEXT    NOT NULL DEFAULT '', -- why, in a sentence
    UNIQUE (library_id, path)
) STRICT;
INSERT INTO new_library_folders (library_id, position, path) SELECT library_id, position, path FROM library_folders;
DROP TABLE library_folders;
ALTER TABLE new_library_folders RENAME TO library_folders;
-- +goose StatementBegin
CREATE TRIGGER library_folders_inserted AFTER INSERT ON library_folders BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER library_folders_updated AFTER UPDATE ON library_folders BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd

CREATE TABLE labels (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE genres (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE
) STRICT;

-- Titles of one library with the same rating and the same labels have the same
-- audience: whoever sees one of them sees them all. What a user may see is
-- decided here, for all of them at once.
CREATE TABLE audiences (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    age        INTEGER CHECK (age BETWEEN 0 AND 21), -- NULL is unrated
    labels     TEXT    NOT NULL DEFAULT ''           -- ids in order, commas between
) STRICT;
CREATE UNIQUE INDEX audiences_one ON audiences (library_id, coalesce(age, -1), labels);

CREATE TABLE audience_labels (
    audience_id INTEGER NOT NULL REFERENCES audiences (id) ON DELETE CASCADE,
    label_id    INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (audience_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audience_labels_by_label ON audience_labels (label_id);

-- What scanning has found. Films, episodes, tracks, pictures and videos have
-- files and an audience; series, seasons, artists and albums hold others, and
-- are seen by whoever sees one of those. What an administrator has corrected
-- stands in the plain columns, what the disk says in found_….
CREATE TABLE titles (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    library_id    INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    kind          TEXT    NOT NULL CHECK (kind IN ('film', 'series', 'season', 'episode', 'artist', 'album', 'track', 'picture', 'video')),
    parent_id     INTEGER REFERENCES titles (id) ON DELETE CASCADE, -- what it lies in: a season, a series, an album
    root_id       INTEGER REFERENCES titles (id) ON DELETE CASCADE, -- the series or artist at the top
    key           TEXT,                                             -- of what holds others: by which it is known again
    name          TEXT    NOT NULL,
    sort_name     TEXT    NOT NULL,
    year          INTEGER NOT NULL DEFAULT 0,
    rating        TEXT    NOT NULL DEFAULT '',                      -- as written
    age           INTEGER CHECK (age BETWEEN 0 AND 21),             -- what the rating comes to; NULL is unrated
    audience_id   INTEGER REFERENCES audiences (id),
    plot          TEXT    NOT NULL DEFAULT '',
    disc          INTEGER NOT NULL DEFAULT 0,
    number        INTEGER NOT NULL DEFAULT 0,                       -- of a season, an episode or a track
    last_number   INTEGER NOT NULL DEFAULT 0,                       -- of a file with several episodes
    date          INTEGER NOT NULL DEFAULT 0,                       -- when it was aired or taken, milliseconds; 0 is not known
    width         INTEGER NOT NULL DEFAULT 0,                       -- of a picture, pixels
    height        INTEGER NOT NULL DEFAULT 0,
    poster_folder INTEGER REFERENCES library_folders (id) ON DELETE SET NULL,
    poster_path   BLOB,                                             -- in that folder; a music file for the art inside it
    poster        TEXT    NOT NULL DEFAULT '',                      -- changes with the poster; '' is none
    found_name    TEXT    NOT NULL,
    found_year    INTEGER NOT NULL DEFAULT 0,
    found_rating  TEXT    NOT NULL DEFAULT '',
    corrected     INTEGER NOT NULL DEFAULT 0 CHECK (corrected BETWEEN 0 AND 15), -- 1 name, 2 year, 4 rating, 8 labels
    told_folder   INTEGER,                                          -- of what holds others: where the NFO file lies that tells of it
    told_path     BLOB,
    facts         BLOB    NOT NULL DEFAULT x'',                     -- a hash of all that the disk says: unchanged = not written again
    added_at      INTEGER NOT NULL,
    missing_at    INTEGER,                                          -- its files are gone since
    UNIQUE (library_id, key),
    CHECK ((audience_id IS NULL) = (kind IN ('series', 'season', 'artist', 'album'))),
    CHECK ((audience_id IS NULL) = (key IS NOT NULL))
) STRICT;
-- Whole shelves are read from these alone.
CREATE INDEX titles_by_name ON titles (library_id, kind, sort_name, id, audience_id, year) WHERE missing_at IS NULL;
CREATE INDEX titles_by_added ON titles (library_id, kind, added_at, id, audience_id, year) WHERE missing_at IS NULL;
CREATE INDEX titles_by_date ON titles (library_id, kind, date, id, audience_id, year) WHERE missing_at IS NULL;
CREATE INDEX titles_by_audience ON titles (audience_id, missing_at) WHERE audience_id IS NOT NULL;
CREATE INDEX titles_by_parent ON titles (parent_id, disc, number, sort_name, audience_id, missing_at) WHERE parent_id IS NOT NULL;
CREATE INDEX titles_by_root ON titles (root_id, audience_id, missing_at) WHERE root_id IS NOT NULL;
CREATE INDEX titles_missing ON titles (missing_at) WHERE missing_at IS NOT NULL;
CREATE INDEX titles_by_poster_folder ON titles (poster_folder) WHERE poster_folder IS NOT NULL;

-- The labels and genres of a title itself; those of what it lies in count too.
CREATE TABLE title_labels (
    title_id INTEGER NOT NULL REFERENCES titles (id) ON DELETE CASCADE,
    label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    found    INTEGER NOT NULL DEFAULT 1 CHECK (found IN (0, 1)), -- on the disk
    counts   INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)), -- after corrections
    PRIMARY KEY (title_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX title_labels_by_label ON title_labels (label_id, title_id);

CREATE TABLE title_genres (
    title_id INTEGER NOT NULL REFERENCES titles (id) ON DELETE CASCADE,
    genre_id INTEGER NOT NULL REFERENCES genres (id) ON DELETE CASCADE,
    PRIMARY KEY (title_id, genre_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX title_genres_by_genre ON title_genres (genre_id, title_id);

-- The words of each title's name, folded, for searching by their beginnings.
CREATE TABLE title_words (
    library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    word       TEXT    NOT NULL,
    title_id   INTEGER NOT NULL REFERENCES titles (id) ON DELETE CASCADE,
    PRIMARY KEY (library_id, word, title_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX title_words_by_title ON title_words (title_id, word);

-- The folders inside a library's folder, with a hash of what was in them: one
-- in which nothing has changed is not read again.
CREATE TABLE directories (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id INTEGER NOT NULL REFERENCES library_folders (id) ON DELETE CASCADE,
    path      BLOB    NOT NULL, -- below the folder; names need not be UTF-8
    signature BLOB    NOT NULL DEFAULT x'',
    scan      INTEGER NOT NULL DEFAULT 0, -- the job that saw it last
    UNIQUE (folder_id, path)
) STRICT;

CREATE TABLE files (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    directory_id INTEGER NOT NULL REFERENCES directories (id) ON DELETE CASCADE,
    name         BLOB    NOT NULL,
    size         INTEGER NOT NULL,
    modified_at  INTEGER NOT NULL, -- nanoseconds
    title_id     INTEGER NOT NULL REFERENCES titles (id) ON DELETE CASCADE,
    part         INTEGER NOT NULL DEFAULT 1,
    scan         INTEGER NOT NULL DEFAULT 0, -- the job that saw it last
    missing_at   INTEGER,
    UNIQUE (directory_id, name)
) STRICT;
CREATE INDEX files_by_title ON files (title_id, part);
CREATE INDEX files_by_size ON files (size, modified_at);

-- What the server does by itself, with how far it is: the worker log.
CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL CHECK (kind IN ('scan', 'clean-up')),
    library_id INTEGER REFERENCES libraries (id) ON DELETE CASCADE,
    subject    TEXT    NOT NULL DEFAULT '', -- the library, as named then
    reason     TEXT    NOT NULL DEFAULT '', -- asked, start, time, change, resumed
    asked_by   TEXT    NOT NULL DEFAULT '', -- who asked, as named then
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    total      INTEGER NOT NULL DEFAULT 0,  -- files to expect; 0 is not known
    seen       INTEGER NOT NULL DEFAULT 0,  -- files looked at
    added      INTEGER NOT NULL DEFAULT 0,  -- titles, and so the next three
    changed    INTEGER NOT NULL DEFAULT 0,
    moved      INTEGER NOT NULL DEFAULT 0,
    missing    INTEGER NOT NULL DEFAULT 0,
    problems   INTEGER NOT NULL DEFAULT 0,
    current    TEXT    NOT NULL DEFAULT '', -- the file at hand
    cancel     INTEGER NOT NULL DEFAULT 0 CHECK (cancel IN (0, 1)), -- somebody wants it to end
    error      TEXT    NOT NULL DEFAULT '', -- why it failed, in a sentence
    asked_at   INTEGER NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX jobs_one_waiting ON jobs (kind, coalesce(library_id, 0)) WHERE state = 'waiting';
CREATE INDEX jobs_by_library ON jobs (library_id, id);
CREATE INDEX jobs_open ON jobs (id) WHERE state IN ('waiting', 'running');

CREATE TABLE job_problems (
    job_id  INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    path    TEXT    NOT NULL, -- as it can be shown
    problem TEXT    NOT NULL, -- a sentence
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;

-- Restrictions. Whatever is said here about hours, streams, downloads and
-- sign-ins from away is kept for those who will ask.
ALTER TABLE users ADD COLUMN max_age INTEGER CHECK (max_age BETWEEN 0 AND 21); -- NULL is no limit
ALTER TABLE users ADD COLUMN unrated INTEGER NOT NULL DEFAULT 31 CHECK (unrated BETWEEN 0 AND 31); -- 1 films, 2 series, 4 music, 8 photos, 16 home videos
ALTER TABLE users ADD COLUMN may_download INTEGER NOT NULL DEFAULT 1 CHECK (may_download IN (0, 1));
ALTER TABLE users ADD COLUMN may_use_channels INTEGER NOT NULL DEFAULT 1 CHECK (may_use_channels IN (0, 1));
ALTER TABLE users ADD COLUMN from_away INTEGER NOT NULL DEFAULT 1 CHECK (from_away IN (0, 1));
ALTER TABLE users ADD COLUMN streams INTEGER NOT NULL DEFAULT 0 CHECK (streams BETWEEN 0 AND 99); -- 0 is no limit
ALTER TABLE users ADD COLUMN hours TEXT NOT NULL DEFAULT ''; -- store.Hours; '' is always
ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT ''; -- IANA name; '' is the server's
ALTER TABLE users ADD COLUMN restrained INTEGER NOT NULL DEFAULT 0 CHECK (restrained IN (0, 1) AND (role <> 'owner' OR restrained = 0)); -- any of these, or labels
CREATE TABLE user_labels (
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    rule     TEXT    NOT NULL CHECK (rule IN ('hide', 'only')),
    label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, rule, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_labels_by_label ON user_labels (label_id);

DROP INDEX users_restricted;
CREATE INDEX users_restricted ON users (sort_name) WHERE kind IN ('local', 'guest-account') AND (all_libraries = 0 OR all_channels = 0 OR ends_at IS NOT NULL OR restrained = 1);
DROP TRIGGER users_updated;
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, kind, disabled, ends_at, password_hash, all_libraries, all_channels, max_age, unrated, restrained ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd

-- An administrator may look at the user-facing side as somebody else.
ALTER TABLE sessions ADD COLUMN view_as INTEGER REFERENCES users (id) ON DELETE SET NULL;
CREATE INDEX sessions_by_view_as ON sessions (view_as) WHERE view_as IS NOT NULL;

ALTER TABLE settings ADD COLUMN scan_hours INTEGER NOT NULL DEFAULT 1 CHECK (scan_hours BETWEEN 0 AND 168); -- 0 is never by the clock
ALTER TABLE settings ADD COLUMN watch_folders INTEGER NOT NULL DEFAULT 1 CHECK (watch_folders IN (0, 1));

-- Moves with every change of titles, once a transaction.
ALTER TABLE changes ADD COLUMN titles INTEGER NOT NULL DEFAULT 1;

-- +goose Down
DELETE FROM libraries WHERE user_id IS NOT NULL;
ALTER TABLE changes DROP COLUMN titles;
ALTER TABLE settings DROP COLUMN watch_folders;
ALTER TABLE settings DROP COLUMN scan_hours;
DROP INDEX sessions_by_view_as;
ALTER TABLE sessions DROP COLUMN view_as;
DROP TRIGGER users_updated;
DROP INDEX users_restricted;
DROP TABLE user_labels;
ALTER TABLE users DROP COLUMN restrained;
ALTER TABLE users DROP COLUMN time_zone;
ALTER TABLE users DROP COLUMN hours;
ALTER TABLE users DROP COLUMN streams;
ALTER TABLE users DROP COLUMN from_away;
ALTER TABLE users DROP COLUMN may_use_channels;
ALTER TABLE users DROP COLUMN may_download;
ALTER TABLE users DROP COLUMN unrated;
ALTER TABLE users DROP COLUMN max_age;
CREATE INDEX users_restricted ON users (sort_name) WHERE kind IN ('local', 'guest-account') AND (all_libraries = 0 OR all_channels = 0 OR ends_at IS NOT NULL);
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, kind, disabled, ends_at, password_hash, all_libraries, all_channels ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
DROP TABLE job_problems;
DROP TABLE jobs;
DROP TABLE files;
DROP TABLE directories;
DROP TABLE title_words;
DROP TABLE title_genres;
DROP TABLE title_labels;
DROP TABLE titles;
DROP TABLE audience_labels;
DROP TABLE audiences;
DROP TABLE genres;
DROP TABLE labels;
CREATE TABLE old_library_folders (
    library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    path       TEXT    NOT NULL,
    PRIMARY KEY (library_id, position),
    UNIQUE (library_id, path)
) STRICT, WITHOUT ROWID;
INSERT INTO old_library_folders (library_id, position, path) SELECT library_id, position, path FROM library_folders WHERE removed_at IS NULL;
DROP TABLE library_folders;
ALTER TABLE old_library_folders RENAME TO library_folders;
-- +goose StatementBegin
CREATE TRIGGER library_folders_inserted AFTER INSERT ON library_folders BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
DROP INDEX libraries_personal;
ALTER TABLE libraries DROP COLUMN user_id;
