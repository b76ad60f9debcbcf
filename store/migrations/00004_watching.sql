-- +goose Up

-- What the source of a channel said last. It stands apart from channels, so
-- that reading a source does not count as a change of the channel.
CREATE TABLE channel_sources (
    channel_id   INTEGER PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE,
    format       TEXT    NOT NULL DEFAULT '' CHECK (format IN ('', 'list', 'podcast')), -- '' before it was first read
    title        TEXT    NOT NULL DEFAULT '', -- as the source names itself
    plot         TEXT    NOT NULL DEFAULT '',
    etag         TEXT    NOT NULL DEFAULT '', -- as the source sent them, to ask whether anything is new
    modified     TEXT    NOT NULL DEFAULT '',
    tried_at     INTEGER,
    refreshed_at INTEGER,                     -- when it was last read whole
    problem      TEXT    NOT NULL DEFAULT '', -- why the last try failed, in a sentence; '' when it did not
    skipped      INTEGER NOT NULL DEFAULT 0   -- entries of the source that could not be used
) STRICT;

-- Entries of one channel with the same age and the same labels, as audiences
-- are for titles.
CREATE TABLE channel_audiences (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    age        INTEGER CHECK (age BETWEEN 0 AND 21), -- NULL is unrated
    labels     TEXT    NOT NULL DEFAULT ''           -- ids in order, commas between
) STRICT;
CREATE UNIQUE INDEX channel_audiences_one ON channel_audiences (channel_id, coalesce(age, -1), labels);

CREATE TABLE channel_audience_labels (
    audience_id INTEGER NOT NULL REFERENCES channel_audiences (id) ON DELETE CASCADE,
    label_id    INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (audience_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_audience_labels_by_label ON channel_audience_labels (label_id);

-- What a channel has: the stations of a list, the episodes of a podcast.
CREATE TABLE channel_entries (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id   INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    key          BLOB    NOT NULL,             -- a hash by which it is known again
    position     INTEGER NOT NULL,             -- in the source
    name         TEXT    NOT NULL,
    sort_name    TEXT    NOT NULL,
    address      TEXT    NOT NULL,             -- http or https
    media_type   TEXT    NOT NULL DEFAULT '',  -- as the source says; '' when it does not
    live         INTEGER NOT NULL DEFAULT 0 CHECK (live IN (0, 1)), -- without an end
    groups       TEXT    NOT NULL DEFAULT '',  -- as shown, commas between
    plot         TEXT    NOT NULL DEFAULT '',  -- text, never HTML
    rating       TEXT    NOT NULL DEFAULT '',  -- as the source says
    audience_id  INTEGER NOT NULL REFERENCES channel_audiences (id),
    published_at INTEGER NOT NULL DEFAULT 0,   -- milliseconds; 0 is not known
    length       INTEGER NOT NULL DEFAULT 0,   -- milliseconds; 0 is not known
    size         INTEGER NOT NULL DEFAULT 0,   -- bytes, as the source says; 0 is not known
    facts        BLOB    NOT NULL DEFAULT x'', -- a hash of all that the source says: unchanged = not written again
    added_at     INTEGER NOT NULL,
    missing_at   INTEGER,                      -- no longer in the source since
    UNIQUE (channel_id, key)
) STRICT;
CREATE INDEX channel_entries_by_position ON channel_entries (channel_id, position, id, audience_id) WHERE missing_at IS NULL;
CREATE INDEX channel_entries_by_audience ON channel_entries (audience_id);
CREATE INDEX channel_entries_missing ON channel_entries (missing_at) WHERE missing_at IS NOT NULL;

CREATE TABLE channel_entry_groups (
    channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    name_key   TEXT    NOT NULL,
    entry_id   INTEGER NOT NULL REFERENCES channel_entries (id) ON DELETE CASCADE,
    name       TEXT    NOT NULL,
    PRIMARY KEY (channel_id, name_key, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_entry_groups_by_entry ON channel_entry_groups (entry_id);

CREATE TABLE channel_entry_words (
    channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    word       TEXT    NOT NULL,
    entry_id   INTEGER NOT NULL REFERENCES channel_entries (id) ON DELETE CASCADE,
    PRIMARY KEY (channel_id, word, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_entry_words_by_entry ON channel_entry_words (entry_id, word);

-- What each user has watched and where they stopped: theirs alone.
CREATE TABLE history (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title_id INTEGER REFERENCES titles (id) ON DELETE CASCADE,
    entry_id INTEGER REFERENCES channel_entries (id) ON DELETE CASCADE,
    part     INTEGER NOT NULL DEFAULT 1,                       -- of a title in several files: the one that they stopped in
    position INTEGER NOT NULL DEFAULT 0 CHECK (position >= 0), -- in that part, milliseconds; 0 is its beginning
    length   INTEGER NOT NULL DEFAULT 0 CHECK (length >= 0),   -- of that part, milliseconds; 0 is not known
    watched  INTEGER NOT NULL DEFAULT 0 CHECK (watched IN (0, 1)), -- to the end, or marked so
    seen_at  INTEGER NOT NULL,                                 -- when it was last played or marked
    CHECK ((title_id IS NULL) <> (entry_id IS NULL)),
    UNIQUE (user_id, title_id),
    UNIQUE (user_id, entry_id)
) STRICT;
CREATE INDEX history_by_seen ON history (user_id, seen_at, id);
CREATE INDEX history_by_title ON history (title_id) WHERE title_id IS NOT NULL;
CREATE INDEX history_by_entry ON history (entry_id) WHERE entry_id IS NOT NULL;

CREATE TABLE favourites (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title_id INTEGER REFERENCES titles (id) ON DELETE CASCADE,
    entry_id INTEGER REFERENCES channel_entries (id) ON DELETE CASCADE,
    added_at INTEGER NOT NULL,
    CHECK ((title_id IS NULL) <> (entry_id IS NULL)),
    UNIQUE (user_id, title_id),
    UNIQUE (user_id, entry_id)
) STRICT;
CREATE INDEX favourites_by_added ON favourites (user_id, added_at, id);
CREATE INDEX favourites_by_title ON favourites (title_id) WHERE title_id IS NOT NULL;
CREATE INDEX favourites_by_entry ON favourites (entry_id) WHERE entry_id IS NOT NULL;

-- Counts what changes of a user's history and favourites, so that lists of them
-- can be kept in memory. Going on with what is begun changes no list.
ALTER TABLE users ADD COLUMN own_changes INTEGER NOT NULL DEFAULT 1;
-- +goose StatementBegin
CREATE TRIGGER history_inserted AFTER INSERT ON history BEGIN
    UPDATE users SET own_changes = own_changes + 1 WHERE id = new.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER history_updated AFTER UPDATE ON history
WHEN old.watched <> new.watched OR old.seen_at <> new.seen_at OR (old.position > 0 OR old.part > 1) <> (new.position > 0 OR new.part > 1) BEGIN
    UPDATE users SET own_changes = own_changes + 1 WHERE id = new.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER history_deleted AFTER DELETE ON history BEGIN
    UPDATE users SET own_changes = own_changes + 1 WHERE id = old.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER favourites_inserted AFTER INSERT ON favourites BEGIN
    UPDATE users SET own_changes = own_changes + 1 WHERE id = new.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER favourites_deleted AFTER DELETE ON favourites BEGIN
    UPDATE users SET own_changes = own_changes + 1 WHERE id = old.user_id;
END;
-- +goose StatementEnd

-- Addresses for players that know no cookies: each for one title, for the first
-- player that comes, and only as long as the session that made it.
CREATE TABLE player_links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE, -- SHA-256 of the token in the address
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    title_id   INTEGER REFERENCES titles (id) ON DELETE CASCADE,
    entry_id   INTEGER REFERENCES channel_entries (id) ON DELETE CASCADE,
    part       INTEGER NOT NULL DEFAULT 1,
    address    TEXT    NOT NULL DEFAULT '', -- of the player that came first; '' before
    user_agent TEXT    NOT NULL DEFAULT '',
    claimed_at INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((title_id IS NULL) <> (entry_id IS NULL))
) STRICT;
CREATE INDEX player_links_by_session ON player_links (session_id);
CREATE INDEX player_links_by_title ON player_links (title_id) WHERE title_id IS NOT NULL;
CREATE INDEX player_links_by_entry ON player_links (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX player_links_by_expiry ON player_links (expires_at);

-- Refreshing a channel is a job as well.
CREATE TABLE new_jobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL CHECK (kind IN ('scan', 'clean-up', 'refresh')),
    library_id INTEGER REFERENCES libraries (id) ON DELETE CASCADE,
    channel_id INTEGER REFERENCES channels (id) ON DELETE CASCADE,
    subject    TEXT    NOT NULL DEFAULT '', -- the library or channel, as named then
    reason     TEXT    NOT NULL DEFAULT '', -- asked, start, time, change, resumed
    asked_by   TEXT    NOT NULL DEFAULT '', -- who asked, as named then
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    total      INTEGER NOT NULL DEFAULT 0,  -- files to expect; 0 is not known
    seen       INTEGER NOT NULL DEFAULT 0,  -- files or entries looked at
    added      INTEGER NOT NULL DEFAULT 0,  -- titles or entries, and so the next three
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
INSERT INTO new_jobs (id, kind, library_id, subject, reason, asked_by, state, total, seen, added, changed, moved, missing, problems, current, cancel, error, asked_at, started_at, ended_at)
    SELECT id, kind, library_id, subject, reason, asked_by, state, total, seen, added, changed, moved, missing, problems, current, cancel, error, asked_at, started_at, ended_at FROM jobs;
CREATE TABLE new_job_problems (
    job_id  INTEGER NOT NULL REFERENCES new_jobs (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    path    TEXT    NOT NULL, -- as it can be shown
    problem TEXT    NOT NULL, -- a sentence
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO new_job_problems SELECT * FROM job_problems;
DROP TABLE job_problems;
DROP TABLE jobs;
ALTER TABLE new_jobs RENAME TO jobs;
ALTER TABLE new_job_problems RENAME TO job_problems;
CREATE UNIQUE INDEX jobs_one_waiting ON jobs (kind, coalesce(library_id, 0), coalesce(channel_id, 0)) WHERE state = 'waiting';
CREATE INDEX jobs_by_library ON jobs (library_id, id);
CREATE INDEX jobs_by_channel ON jobs (channel_id, id) WHERE channel_id IS NOT NULL;
CREATE INDEX jobs_open ON jobs (id) WHERE state IN ('waiting', 'running');

ALTER TABLE settings ADD COLUMN refresh_hours INTEGER NOT NULL DEFAULT 6 CHECK (refresh_hours BETWEEN 0 AND 168); -- of channels; 0 is never by the clock

-- +goose Down
ALTER TABLE settings DROP COLUMN refresh_hours;
CREATE TABLE old_jobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL CHECK (kind IN ('scan', 'clean-up')),
    library_id INTEGER REFERENCES libraries (id) ON DELETE CASCADE,
    subject    TEXT    NOT NULL DEFAULT '',
    reason     TEXT    NOT NULL DEFAULT '',
    asked_by   TEXT    NOT NULL DEFAULT '',
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    total      INTEGER NOT NULL DEFAULT 0,
    seen       INTEGER NOT NULL DEFAULT 0,
    added      INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    moved      INTEGER NOT NULL DEFAULT 0,
    missing    INTEGER NOT NULL DEFAULT 0,
    problems   INTEGER NOT NULL DEFAULT 0,
    current    TEXT    NOT NULL DEFAULT '',
    cancel     INTEGER NOT NULL DEFAULT 0 CHECK (cancel IN (0, 1)),
    error      TEXT    NOT NULL DEFAULT '',
    asked_at   INTEGER NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER
) STRICT;
INSERT INTO old_jobs SELECT id, kind, library_id, subject, reason, asked_by, state, total, seen, added, changed, moved, missing, problems, current, cancel, error, asked_at, started_at, ended_at
    FROM jobs WHERE kind <> 'refresh';
CREATE TABLE old_job_problems (
    job_id  INTEGER NOT NULL REFERENCES old_jobs (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    path    TEXT    NOT NULL,
    problem TEXT    NOT NULL,
    PRIMARY KEY (job_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO old_job_problems SELECT p.* FROM job_problems p JOIN old_jobs j ON j.id = p.job_id;
DROP TABLE job_problems;
DROP TABLE jobs;
ALTER TABLE old_jobs RENAME TO jobs;
ALTER TABLE old_job_problems RENAME TO job_problems;
CREATE UNIQUE INDEX jobs_one_waiting ON jobs (kind, coalesce(library_id, 0)) WHERE state = 'waiting';
CREATE INDEX jobs_by_library ON jobs (library_id, id);
CREATE INDEX jobs_open ON jobs (id) WHERE state IN ('waiting', 'running');
DROP TABLE player_links;
DROP TABLE favourites;
DROP TABLE history;
ALTER TABLE users DROP COLUMN own_changes;
DROP TABLE channel_entry_words;
DROP TABLE channel_entry_groups;
DROP TABLE channel_entries;
DROP TABLE channel_audience_labels;
DROP TABLE channel_audiences;
DROP TABLE channel_sources;
