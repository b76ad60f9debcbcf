-- +goose Up

-- How somebody comes in, and what they have chosen for themself.
ALTER TABLE users ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)); -- not among the faces of the sign-in page
ALTER TABLE users ADD COLUMN pin_hash TEXT CHECK (pin_hash IS NULL OR kind = 'local');
ALTER TABLE users ADD COLUMN pin_at INTEGER;
ALTER TABLE users ADD COLUMN device_rule TEXT NOT NULL DEFAULT 'any' CHECK (device_rule IN ('any', 'ask', 'chosen'));
ALTER TABLE users ADD COLUMN wants_device_mail INTEGER NOT NULL DEFAULT 1 CHECK (wants_device_mail IN (0, 1));
ALTER TABLE users ADD COLUMN may_edit_profile INTEGER NOT NULL DEFAULT 1 CHECK (may_edit_profile IN (0, 1));
ALTER TABLE users ADD COLUMN look TEXT NOT NULL DEFAULT '' CHECK (look IN ('', 'light', 'dark')); -- '' is as the system has it
ALTER TABLE users ADD COLUMN has_codes INTEGER NOT NULL DEFAULT 0 CHECK (has_codes IN (0, 1));       -- kept by triggers below
ALTER TABLE users ADD COLUMN has_passkeys INTEGER NOT NULL DEFAULT 0 CHECK (has_passkeys IN (0, 1)); -- likewise
CREATE INDEX users_faces ON users (sort_name, id) WHERE kind IN ('local', 'guest-account') AND hidden = 0 AND disabled = 0;

DROP TRIGGER users_updated;
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, kind, disabled, ends_at, password_hash, all_libraries, all_channels, max_age, unrated, restrained, hidden, pin_hash ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd

-- A device is one user's use of one browser or app. What signs in there again is
-- the same device; ending it deletes it with its session.
CREATE TABLE devices (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    browser_hash  BLOB    NOT NULL,            -- SHA-256 of the token in the browser's own cookie, which all its users share
    name          TEXT    NOT NULL DEFAULT '', -- given by its user
    kind          TEXT    NOT NULL DEFAULT '', -- by its User-Agent, such as "Firefox on Linux"
    form          TEXT    NOT NULL DEFAULT '' CHECK (form IN ('', 'phone', 'tablet', 'television', 'computer', 'player')), -- likewise
    standing      TEXT    NOT NULL DEFAULT 'known' CHECK (standing IN ('known', 'waiting', 'chosen', 'refused')),
    user_agent    TEXT    NOT NULL DEFAULT '',
    address       TEXT    NOT NULL DEFAULT '', -- from where it was last seen
    at_home       INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1)),
    first_seen_at INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    search        TEXT    NOT NULL DEFAULT '', -- name, kind and address, folded
    link_hash     BLOB    UNIQUE,              -- SHA-256 of the token of the link that ends it
    link_until    INTEGER,
    UNIQUE (user_id, browser_hash)
) STRICT;
CREATE INDEX devices_by_user ON devices (user_id, last_seen_at, id);
CREATE INDEX devices_by_seen ON devices (last_seen_at, id);
CREATE INDEX devices_waiting ON devices (first_seen_at, id) WHERE standing = 'waiting';

-- What is asked on the way in, for those who want a second factor: codes of an
-- authenticator, passkeys, and codes for the day when both are lost.
CREATE TABLE authenticators (
    user_id   INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    secret    BLOB    NOT NULL,           -- sealed with the server's key
    made_at   INTEGER NOT NULL,
    last_step INTEGER NOT NULL DEFAULT 0  -- of the last code that was used (RFC 6238, section 5.2)
) STRICT;
CREATE TABLE passkeys (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    site          TEXT    NOT NULL,        -- the domain at which it was made, and works
    handle        BLOB    NOT NULL,        -- by which it knows its user
    credential_id BLOB    NOT NULL UNIQUE,
    credential    TEXT    NOT NULL,        -- public key, counter and flags, as JSON
    name          TEXT    NOT NULL,
    made_at       INTEGER NOT NULL,
    used_at       INTEGER
) STRICT;
CREATE INDEX passkeys_by_user ON passkeys (user_id, id);
CREATE TABLE recovery_codes (
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash BLOB    NOT NULL, -- with the server's key mixed in
    PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER authenticators_inserted AFTER INSERT ON authenticators BEGIN
    UPDATE users SET has_codes = 1 WHERE id = NEW.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER authenticators_deleted AFTER DELETE ON authenticators BEGIN
    UPDATE users SET has_codes = 0 WHERE id = OLD.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER passkeys_inserted AFTER INSERT ON passkeys BEGIN
    UPDATE users SET has_passkeys = 1 WHERE id = NEW.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER passkeys_deleted AFTER DELETE ON passkeys BEGIN
    UPDATE users SET has_passkeys = EXISTS (SELECT 1 FROM passkeys WHERE user_id = OLD.user_id) WHERE id = OLD.user_id;
END;
-- +goose StatementEnd

-- What a browser has begun and has yet to finish: a sign-in whose password was
-- right, a passkey to be made or shown, an authenticator to be confirmed. Each is
-- known by the SHA-256 of a token in a cookie, and is good once.
CREATE TABLE challenges (
    token_hash BLOB    PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('sign-in', 'passkey-sign-in', 'passkey-new', 'authenticator-new')),
    user_id    INTEGER REFERENCES users (id) ON DELETE CASCADE, -- NULL where a passkey will tell
    data       TEXT    NOT NULL DEFAULT '', -- JSON
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX challenges_by_user ON challenges (user_id);
CREATE INDEX challenges_by_expiry ON challenges (expires_at);

-- What tells whether the server's key beside the database is still the one that
-- hashes and seals here were made with.
CREATE TABLE server_key (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    mark BLOB NOT NULL
) STRICT;

ALTER TABLE settings ADD COLUMN admin_hours INTEGER NOT NULL DEFAULT 12 CHECK (admin_hours BETWEEN 1 AND 168); -- how long a password lets a session of lesser strength into the admin area
ALTER TABLE settings ADD COLUMN admin_second_factor INTEGER NOT NULL DEFAULT 0 CHECK (admin_second_factor IN (0, 1));

-- Sessions know their device, when the password was last typed, and by what they
-- were proven besides.
INSERT INTO devices (user_id, browser_hash, user_agent, address, at_home, first_seen_at, last_seen_at)
    SELECT user_id, token_hash, user_agent, address, at_home, created_at, last_seen_at FROM sessions;
CREATE TABLE new_sessions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash    BLOB    NOT NULL UNIQUE,
    user_id       INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_id     INTEGER NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
    strength      TEXT    NOT NULL CHECK (strength IN ('home', 'pin', 'password', 'connect', 'passkey')),
    proven_at     INTEGER NOT NULL DEFAULT 0, -- 0 is never
    second_factor TEXT    NOT NULL DEFAULT '' CHECK (second_factor IN ('', 'code', 'passkey', 'recovery')),
    created_at    INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    flash         TEXT    NOT NULL DEFAULT '',
    provider_id   INTEGER REFERENCES connect_providers (id) ON DELETE SET NULL,
    id_token      TEXT    NOT NULL DEFAULT '',
    view_as       INTEGER REFERENCES users (id) ON DELETE SET NULL
) STRICT;
INSERT INTO new_sessions (id, token_hash, user_id, device_id, strength, proven_at, created_at, last_seen_at, flash, provider_id, id_token, view_as)
    SELECT s.id, s.token_hash, s.user_id, d.id, s.strength, iif(s.strength = 'home', 0, s.created_at), s.created_at, s.last_seen_at, s.flash, s.provider_id, s.id_token, s.view_as
    FROM sessions s JOIN devices d ON d.user_id = s.user_id AND d.browser_hash = s.token_hash;
CREATE TABLE new_player_links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE, -- SHA-256 of the token in the address
    session_id INTEGER NOT NULL REFERENCES new_sessions (id) ON DELETE CASCADE,
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
INSERT INTO new_player_links SELECT * FROM player_links;
DROP TABLE player_links;
DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;
ALTER TABLE new_player_links RENAME TO player_links;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_device ON sessions (device_id);
CREATE INDEX sessions_by_seen ON sessions (last_seen_at);
CREATE INDEX sessions_by_provider ON sessions (provider_id);
CREATE INDEX sessions_by_view_as ON sessions (view_as) WHERE view_as IS NOT NULL;
CREATE INDEX player_links_by_session ON player_links (session_id);
CREATE INDEX player_links_by_title ON player_links (title_id) WHERE title_id IS NOT NULL;
CREATE INDEX player_links_by_entry ON player_links (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX player_links_by_expiry ON player_links (expires_at);

-- Letters about a new device.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    letter     TEXT    NOT NULL CHECK (letter IN ('invitation', 'accepted', 'reset', 'connect', 'registration', 'registered', 'approved', 'device')),
    recipient  TEXT    NOT NULL,
    user_id    INTEGER REFERENCES users (id) ON DELETE CASCADE,
    device_id  INTEGER REFERENCES devices (id) ON DELETE CASCADE,
    subject    TEXT    NOT NULL DEFAULT '', -- whom it tells of, as named then
    actor_id   INTEGER REFERENCES users (id) ON DELETE SET NULL,
    actor      TEXT    NOT NULL DEFAULT '', -- who sends it, as named then
    base_url   TEXT    NOT NULL,
    message_id TEXT    NOT NULL UNIQUE,
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'handing-over', 'sent', 'failed')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    withdrawn  INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)), -- while it was handed over
    error      TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
INSERT INTO new_outbox (id, letter, recipient, user_id, subject, actor_id, actor, base_url, message_id, state, attempts, withdrawn, error, created_at, due_at, ended_at)
    SELECT id, letter, recipient, user_id, subject, actor_id, actor, base_url, message_id, state, attempts, withdrawn, error, created_at, due_at, ended_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_by_user ON outbox (user_id, id);
CREATE INDEX outbox_by_device ON outbox (device_id) WHERE device_id IS NOT NULL;
CREATE INDEX outbox_by_actor ON outbox (actor_id);
CREATE INDEX outbox_registrations ON outbox (created_at) WHERE letter = 'registration';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;

-- +goose Down
CREATE TABLE old_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    letter     TEXT    NOT NULL CHECK (letter IN ('invitation', 'accepted', 'reset', 'connect', 'registration', 'registered', 'approved')),
    recipient  TEXT    NOT NULL,
    user_id    INTEGER REFERENCES users (id) ON DELETE CASCADE,
    subject    TEXT    NOT NULL DEFAULT '',
    actor_id   INTEGER REFERENCES users (id) ON DELETE SET NULL,
    actor      TEXT    NOT NULL DEFAULT '',
    base_url   TEXT    NOT NULL,
    message_id TEXT    NOT NULL UNIQUE,
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'handing-over', 'sent', 'failed')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    withdrawn  INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    error      TEXT    NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
INSERT INTO old_outbox SELECT id, letter, recipient, user_id, subject, actor_id, actor, base_url, message_id, state, attempts, withdrawn, error, created_at, due_at, ended_at
    FROM outbox WHERE letter <> 'device';
DROP TABLE outbox;
ALTER TABLE old_outbox RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_by_user ON outbox (user_id, id);
CREATE INDEX outbox_by_actor ON outbox (actor_id);
CREATE INDEX outbox_registrations ON outbox (created_at) WHERE letter = 'registration';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
CREATE TABLE old_sessions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash   BLOB    NOT NULL UNIQUE,
    user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    strength     TEXT    NOT NULL CHECK (strength IN ('home', 'password', 'connect')),
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    address      TEXT    NOT NULL DEFAULT '',
    at_home      INTEGER NOT NULL DEFAULT 0 CHECK (at_home IN (0, 1)),
    user_agent   TEXT    NOT NULL DEFAULT '',
    flash        TEXT    NOT NULL DEFAULT '',
    provider_id  INTEGER REFERENCES connect_providers (id) ON DELETE SET NULL,
    id_token     TEXT    NOT NULL DEFAULT '',
    view_as      INTEGER REFERENCES users (id) ON DELETE SET NULL
) STRICT;
-- What began with a PIN has no strength that the fourth schema knows: whoever
-- came so signs in again. So do those who came with a passkey.
INSERT INTO old_sessions SELECT s.id, s.token_hash, s.user_id, s.strength, s.created_at, s.last_seen_at, d.address, d.at_home, d.user_agent, s.flash, s.provider_id, s.id_token, s.view_as
    FROM sessions s JOIN devices d ON d.id = s.device_id WHERE s.strength IN ('home', 'password', 'connect');
CREATE TABLE old_player_links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES old_sessions (id) ON DELETE CASCADE,
    title_id   INTEGER REFERENCES titles (id) ON DELETE CASCADE,
    entry_id   INTEGER REFERENCES channel_entries (id) ON DELETE CASCADE,
    part       INTEGER NOT NULL DEFAULT 1,
    address    TEXT    NOT NULL DEFAULT '',
    user_agent TEXT    NOT NULL DEFAULT '',
    claimed_at INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((title_id IS NULL) <> (entry_id IS NULL))
) STRICT;
INSERT INTO old_player_links SELECT * FROM player_links WHERE session_id IN (SELECT id FROM old_sessions);
DROP TABLE player_links;
DROP TABLE sessions;
ALTER TABLE old_sessions RENAME TO sessions;
ALTER TABLE old_player_links RENAME TO player_links;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_seen ON sessions (last_seen_at);
CREATE INDEX sessions_by_provider ON sessions (provider_id);
CREATE INDEX sessions_by_view_as ON sessions (view_as) WHERE view_as IS NOT NULL;
CREATE INDEX player_links_by_session ON player_links (session_id);
CREATE INDEX player_links_by_title ON player_links (title_id) WHERE title_id IS NOT NULL;
CREATE INDEX player_links_by_entry ON player_links (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX player_links_by_expiry ON player_links (expires_at);
ALTER TABLE settings DROP COLUMN admin_second_factor;
ALTER TABLE settings DROP COLUMN admin_hours;
DROP TABLE server_key;
DROP TABLE challenges;
DROP TABLE recovery_codes;
DROP TABLE passkeys;
DROP TABLE authenticators;
DROP TABLE devices;
DROP TRIGGER users_updated;
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, kind, disabled, ends_at, password_hash, all_libraries, all_channels, max_age, unrated, restrained ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
DROP INDEX users_faces;
ALTER TABLE users DROP COLUMN has_passkeys;
ALTER TABLE users DROP COLUMN has_codes;
ALTER TABLE users DROP COLUMN look;
ALTER TABLE users DROP COLUMN may_edit_profile;
ALTER TABLE users DROP COLUMN wants_device_mail;
ALTER TABLE users DROP COLUMN device_rule;
ALTER TABLE users DROP COLUMN pin_at;
ALTER TABLE users DROP COLUMN pin_hash;
ALTER TABLE users DROP COLUMN hidden;
