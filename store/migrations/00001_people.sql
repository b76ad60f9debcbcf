-- +goose Up

-- One row: the server's own settings.
CREATE TABLE settings (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    server_name       TEXT    NOT NULL DEFAULT 'Usher',
    address           TEXT    NOT NULL DEFAULT '',
    home_networks     TEXT    NOT NULL DEFAULT '127.0.0.0/8, ::1/128, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, fc00::/7, fe80::/10',
    trusted_proxies   TEXT    NOT NULL DEFAULT '',
    user_limit        INTEGER NOT NULL DEFAULT 0  CHECK (user_limit >= 0),
    session_idle_days INTEGER NOT NULL DEFAULT 30 CHECK (session_idle_days BETWEEN 1 AND 365),
    session_max_days  INTEGER NOT NULL DEFAULT 90 CHECK (session_max_days BETWEEN 1 AND 730),
    activity_days     INTEGER NOT NULL DEFAULT 180 CHECK (activity_days BETWEEN 1 AND 3650)
) STRICT;
INSERT INTO settings (id) VALUES (1);

-- One row: the hash of the code that makes the owner, while there is none.
CREATE TABLE setup (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    code_hash BLOB NOT NULL
) STRICT;

CREATE TABLE users (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    name                TEXT    NOT NULL,
    name_key            TEXT    NOT NULL UNIQUE,
    sort_name           TEXT    NOT NULL,
    email               TEXT    NOT NULL DEFAULT '',
    email_key           TEXT    UNIQUE,
    role                TEXT    NOT NULL DEFAULT 'user' CHECK (role IN ('owner', 'administrator', 'user')),
    disabled            INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    ends_at             INTEGER,
    note                TEXT    NOT NULL DEFAULT '',
    picture             TEXT    NOT NULL DEFAULT '',
    password_hash       TEXT,
    password_at         INTEGER,
    may_change_password INTEGER NOT NULL DEFAULT 1 CHECK (may_change_password IN (0, 1)),
    local_access        INTEGER NOT NULL DEFAULT 0 CHECK (local_access IN (0, 1)),
    all_libraries       INTEGER NOT NULL DEFAULT 1 CHECK (all_libraries IN (0, 1)),
    all_channels        INTEGER NOT NULL DEFAULT 1 CHECK (all_channels IN (0, 1)),
    created_at          INTEGER NOT NULL,
    last_seen_at        INTEGER NOT NULL DEFAULT 0,
    CHECK (role <> 'owner' OR (disabled = 0 AND ends_at IS NULL AND all_libraries = 1 AND all_channels = 1)),
    CHECK (role = 'user' OR password_hash IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX users_one_owner ON users (role) WHERE role = 'owner';
CREATE INDEX users_by_name ON users (sort_name);
CREATE INDEX users_by_seen ON users (last_seen_at);
CREATE INDEX users_by_created ON users (created_at);
CREATE INDEX users_administrators ON users (sort_name) WHERE role <> 'user';
CREATE INDEX users_restricted ON users (sort_name) WHERE (all_libraries = 0 OR all_channels = 0 OR ends_at IS NOT NULL);
CREATE INDEX users_disabled ON users (sort_name) WHERE disabled = 1;
CREATE INDEX users_no_password ON users (sort_name) WHERE password_hash IS NULL;

-- The words of each user's name and e-mail, folded, so that a search by the
-- beginning of any word is one walk along this table, already with what the
-- result is sorted by.
CREATE TABLE user_words (
    word      TEXT    NOT NULL,
    sort_name TEXT    NOT NULL,
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (word, sort_name, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_words_by_user ON user_words (user_id, word);

CREATE TABLE pictures (
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash    TEXT NOT NULL,
    jpeg    BLOB NOT NULL
) STRICT;

CREATE TABLE libraries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL CHECK (kind IN ('films', 'series', 'music', 'photos', 'home-videos')),
    position   INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE library_folders (
    library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    path       TEXT    NOT NULL,
    PRIMARY KEY (library_id, position),
    UNIQUE (library_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE channels (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    name_key   TEXT    NOT NULL UNIQUE,
    address    TEXT    NOT NULL,
    position   INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE user_libraries (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, library_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_libraries_by_library ON user_libraries (library_id);

CREATE TABLE user_channels (
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, channel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_channels_by_channel ON user_channels (channel_id);

-- A signed-in browser. The cookie holds the token, this table only its SHA-256.
CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash   BLOB    NOT NULL UNIQUE,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    strength     TEXT    NOT NULL CHECK (strength IN ('home', 'password')),
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    address      TEXT    NOT NULL DEFAULT '',
    at_home      INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1)),
    user_agent   TEXT    NOT NULL DEFAULT '',
    flash        TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_seen ON sessions (last_seen_at);

-- Failed sign-ins, by what was typed as the name (hashed: people type
-- passwords into the wrong field) and by address, together.
CREATE TABLE throttles (
    name_hash     BLOB    NOT NULL,
    address       TEXT    NOT NULL,
    failures      INTEGER NOT NULL,
    failed_at     INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    PRIMARY KEY (name_hash, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX throttles_by_failed ON throttles (failed_at);
CREATE INDEX throttles_by_address ON throttles (address, failed_at);

CREATE TABLE reset_links (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB    NOT NULL UNIQUE,
    created_by INTEGER REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX reset_links_by_maker ON reset_links (created_by);

-- Who did what for whom, from where. Names are kept as they were then.
CREATE TABLE activity (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    actor_id     INTEGER,
    actor_name   TEXT    NOT NULL DEFAULT '',
    action       TEXT    NOT NULL,
    subject_kind TEXT    NOT NULL DEFAULT '',
    subject_id   INTEGER,
    subject_name TEXT    NOT NULL DEFAULT '',
    detail       TEXT    NOT NULL DEFAULT '',
    address      TEXT    NOT NULL DEFAULT '',
    at_home      INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1)),
    times        INTEGER NOT NULL DEFAULT 1,
    search       TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX activity_by_at ON activity (at);
CREATE INDEX activity_refusals ON activity (address, id) WHERE action IN ('sign-in-failed', 'sign-in-refused');
CREATE INDEX activity_by_actor ON activity (actor_id);
CREATE INDEX activity_by_subject ON activity (subject_kind, subject_id);

-- One row of counters that move when what is kept in memory is out of date.
CREATE TABLE changes (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    users    INTEGER NOT NULL DEFAULT 1,
    media    INTEGER NOT NULL DEFAULT 1,
    settings INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO changes (id) VALUES (1);

-- +goose StatementBegin
CREATE TRIGGER users_inserted AFTER INSERT ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER users_deleted AFTER DELETE ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, disabled, ends_at, password_hash, all_libraries, all_channels ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER libraries_inserted AFTER INSERT ON libraries BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER libraries_updated AFTER UPDATE ON libraries BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER libraries_deleted AFTER DELETE ON libraries BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER library_folders_inserted AFTER INSERT ON library_folders BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER channels_inserted AFTER INSERT ON channels BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER channels_updated AFTER UPDATE ON channels BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER channels_deleted AFTER DELETE ON channels BEGIN
    UPDATE changes SET media = media + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER settings_updated AFTER UPDATE ON settings BEGIN
    UPDATE changes SET settings = settings + 1;
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE changes;
DROP TABLE activity;
DROP TABLE reset_links;
DROP TABLE throttles;
DROP TABLE sessions;
DROP TABLE user_channels;
DROP TABLE user_libraries;
DROP TABLE channels;
DROP TABLE library_folders;
DROP TABLE libraries;
DROP TABLE pictures;
DROP TABLE user_words;
DROP TABLE users;
DROP TABLE setup;
DROP TABLE settings;
