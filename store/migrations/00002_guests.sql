-- +goose Up

-- Whoever there is besides local users has a row in users too: guests, those
-- who are invited or wait for approval, and the guest account. So one access,
-- one search and one list serve them all.
ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'local'
    CHECK (kind IN ('local', 'guest-account', 'guest', 'invited', 'waiting')
        AND (kind = 'local' OR role = 'user')
        AND (kind NOT IN ('guest-account', 'invited') OR password_hash IS NULL)
        AND (kind <> 'guest-account' OR email_key IS NULL));
ALTER TABLE users ADD COLUMN linked INTEGER NOT NULL DEFAULT 0 CHECK (linked IN (0, 1));
ALTER TABLE users ADD COLUMN wants_mail INTEGER NOT NULL DEFAULT 1 CHECK (wants_mail IN (0, 1));
ALTER TABLE users ADD COLUMN inviter TEXT NOT NULL DEFAULT ''; -- of a guest, as named then
CREATE UNIQUE INDEX users_one_guest_account ON users (kind) WHERE kind = 'guest-account';

-- The lists: those who live here, guests, the invited, the waiting.
DROP INDEX users_by_name;
DROP INDEX users_by_seen;
DROP INDEX users_by_created;
DROP INDEX users_restricted;
DROP INDEX users_disabled;
DROP INDEX users_no_password;
CREATE INDEX users_local_by_name ON users (sort_name) WHERE kind IN ('local', 'guest-account');
CREATE INDEX users_local_by_seen ON users (last_seen_at) WHERE kind IN ('local', 'guest-account');
CREATE INDEX users_local_by_created ON users (created_at) WHERE kind IN ('local', 'guest-account');
CREATE INDEX users_restricted ON users (sort_name) WHERE kind IN ('local', 'guest-account') AND (all_libraries = 0 OR all_channels = 0 OR ends_at IS NOT NULL);
CREATE INDEX users_disabled ON users (sort_name) WHERE kind IN ('local', 'guest-account') AND disabled = 1;
CREATE INDEX users_no_password ON users (sort_name) WHERE kind = 'local' AND password_hash IS NULL;
CREATE INDEX users_guests_by_name ON users (sort_name) WHERE kind = 'guest';
CREATE INDEX users_guests_by_seen ON users (last_seen_at) WHERE kind = 'guest';
CREATE INDEX users_guests_by_created ON users (created_at) WHERE kind = 'guest';
CREATE INDEX users_invited_by_name ON users (sort_name) WHERE kind = 'invited';
CREATE INDEX users_invited_by_created ON users (created_at) WHERE kind = 'invited';
CREATE INDEX users_waiting_by_created ON users (created_at) WHERE kind = 'waiting';

-- Words are looked for within one list.
CREATE TABLE list_words (
    list      TEXT    NOT NULL CHECK (list IN ('local', 'guests', 'invited', 'waiting')),
    word      TEXT    NOT NULL,
    sort_name TEXT    NOT NULL,
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (list, word, sort_name, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO list_words (list, word, sort_name, user_id) SELECT 'local', word, sort_name, user_id FROM user_words;
DROP TABLE user_words;
ALTER TABLE list_words RENAME TO user_words;
CREATE INDEX user_words_by_user ON user_words (user_id, word);

-- What a pending invitation has besides the user it will become.
CREATE TABLE invitations (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    greeting   TEXT    NOT NULL DEFAULT '',
    life_days  INTEGER NOT NULL CHECK (life_days IN (1, 7, 30)),
    expires_at INTEGER NOT NULL,
    invited_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
    inviter    TEXT    NOT NULL DEFAULT '', -- the name, as it was then
    opened_at  INTEGER,                     -- last
    opened     INTEGER NOT NULL DEFAULT 0,  -- how often
    mail       TEXT    NOT NULL DEFAULT '' CHECK (mail IN ('', 'waiting', 'sent', 'failed')),
    mail_error TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
CREATE INDEX invitations_by_mail ON invitations (mail);
CREATE INDEX invitations_opened ON invitations (opened_at) WHERE opened_at IS NOT NULL;
CREATE INDEX invitations_by_inviter ON invitations (invited_by);

-- The links that accept an invitation, by SHA-256. A letter that is tried
-- again carries a new one each time; whichever arrives works. One that an
-- administrator was shown goes with that administrator.
CREATE TABLE invitation_links (
    token_hash BLOB    PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES invitations (user_id) ON DELETE CASCADE,
    shown_to   INTEGER REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_links_by_user ON invitation_links (user_id);
CREATE INDEX invitation_links_by_viewer ON invitation_links (shown_to);

-- A password link that was asked for at the door (made by its user) stands
-- beside one that an administrator has made: strangers can ask, and must void
-- nothing with it.
CREATE TABLE new_reset_links (
    token_hash BLOB    PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_by INTEGER REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO new_reset_links (token_hash, user_id, created_by, created_at, expires_at)
    SELECT token_hash, user_id, created_by, created_at, expires_at FROM reset_links;
DROP TABLE reset_links;
ALTER TABLE new_reset_links RENAME TO reset_links;
CREATE UNIQUE INDEX reset_links_by_user ON reset_links (user_id, created_by IS user_id);
CREATE INDEX reset_links_by_maker ON reset_links (created_by);

-- E-mails to send, and what became of them. None holds a token: links are made
-- at the moment of sending. An address is asked of the user or the invitation,
-- but for registrations, where there is none yet.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    letter     TEXT    NOT NULL CHECK (letter IN ('invitation', 'accepted', 'reset', 'connect', 'registration', 'registered', 'approved')),
    recipient  TEXT    NOT NULL,
    user_id    INTEGER REFERENCES users (id) ON DELETE CASCADE,
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
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_by_user ON outbox (user_id, id);
CREATE INDEX outbox_by_actor ON outbox (actor_id);
CREATE INDEX outbox_registrations ON outbox (created_at) WHERE letter = 'registration';
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;

-- OpenID Connect providers. A fixed one comes from the environment.
CREATE TABLE connect_providers (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT    NOT NULL,
    name_key      TEXT    NOT NULL UNIQUE,
    issuer        TEXT    NOT NULL UNIQUE,
    client_id     TEXT    NOT NULL,
    client_secret TEXT    NOT NULL DEFAULT '',
    fixed         INTEGER NOT NULL DEFAULT 0 CHECK (fixed IN (0, 1)),
    created_at    INTEGER NOT NULL
) STRICT;

-- Who signs in with which account elsewhere. The account's own text is for the
-- screen only; nothing is ever looked up by it.
CREATE TABLE connect_links (
    issuer    TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    account   TEXT    NOT NULL DEFAULT '',
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (user_id, issuer)
) STRICT, WITHOUT ROWID;

-- Whoever has a link through a provider that is set up signs in through Connect.
-- +goose StatementBegin
CREATE TRIGGER connect_links_inserted AFTER INSERT ON connect_links BEGIN
    UPDATE users SET linked = 1 WHERE id = NEW.user_id AND EXISTS (SELECT 1 FROM connect_providers WHERE issuer = NEW.issuer);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER connect_links_deleted AFTER DELETE ON connect_links BEGIN
    UPDATE users SET linked = EXISTS (SELECT 1 FROM connect_links JOIN connect_providers USING (issuer) WHERE user_id = OLD.user_id)
    WHERE id = OLD.user_id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER connect_providers_inserted AFTER INSERT ON connect_providers BEGIN
    UPDATE users SET linked = 1 WHERE id IN (SELECT user_id FROM connect_links WHERE issuer = NEW.issuer);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER connect_providers_moved AFTER UPDATE OF issuer ON connect_providers BEGIN
    UPDATE users SET linked = EXISTS (SELECT 1 FROM connect_links JOIN connect_providers USING (issuer) WHERE user_id = users.id)
    WHERE id IN (SELECT user_id FROM connect_links WHERE issuer IN (OLD.issuer, NEW.issuer));
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER connect_providers_deleted AFTER DELETE ON connect_providers BEGIN
    UPDATE users SET linked = EXISTS (SELECT 1 FROM connect_links JOIN connect_providers USING (issuer) WHERE user_id = users.id)
    WHERE id IN (SELECT user_id FROM connect_links WHERE issuer = OLD.issuer);
END;
-- +goose StatementEnd

-- Sessions may begin with Connect; the ID token lets the provider's own session
-- be ended with it (OpenID Connect RP-Initiated Logout 1.0).
CREATE TABLE new_sessions (
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
    id_token     TEXT    NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_sessions (id, token_hash, user_id, strength, created_at, last_seen_at, address, at_home, user_agent, flash)
    SELECT id, token_hash, user_id, strength, created_at, last_seen_at, address, at_home, user_agent, flash FROM sessions;
DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_seen ON sessions (last_seen_at);
CREATE INDEX sessions_by_provider ON sessions (provider_id);

-- E-mail and registration.
ALTER TABLE settings ADD COLUMN smtp_url TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN registration TEXT NOT NULL DEFAULT 'off' CHECK (registration IN ('off', 'approval', 'open'));
ALTER TABLE settings ADD COLUMN registrations_a_day INTEGER NOT NULL DEFAULT 10 CHECK (registrations_a_day BETWEEN 1 AND 1000);
ALTER TABLE settings ADD COLUMN registration_domains TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN registration_all_libraries INTEGER NOT NULL DEFAULT 0 CHECK (registration_all_libraries IN (0, 1));
ALTER TABLE settings ADD COLUMN registration_all_channels INTEGER NOT NULL DEFAULT 0 CHECK (registration_all_channels IN (0, 1));
CREATE TABLE registration_libraries (
    library_id INTEGER PRIMARY KEY REFERENCES libraries (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE registration_channels (
    channel_id INTEGER PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE
) STRICT;

-- Addresses to be verified before an account is made, by the SHA-256 of the
-- link that was sent there.
CREATE TABLE registration_links (
    email_key  TEXT    PRIMARY KEY,
    email      TEXT    NOT NULL,
    token_hash BLOB    UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When somebody registered, for the limit a day.
CREATE TABLE registrations (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX registrations_by_at ON registrations (at);

DROP TRIGGER users_updated;
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, kind, disabled, ends_at, password_hash, all_libraries, all_channels ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invitations_updated
AFTER UPDATE OF mail, opened_at, expires_at ON invitations BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER connect_providers_inserted;
DROP TRIGGER connect_providers_moved;
DROP TRIGGER connect_providers_deleted;
DROP TRIGGER invitations_updated;
DROP TRIGGER users_updated;
DROP TRIGGER connect_links_inserted;
DROP TRIGGER connect_links_deleted;
DELETE FROM users WHERE kind <> 'local';
DROP TABLE registrations;
DROP TABLE registration_links;
DROP TABLE registration_channels;
DROP TABLE registration_libraries;
DROP TABLE outbox;
DROP TABLE invitation_links;
DROP TABLE invitations;
DROP TABLE connect_links;
ALTER TABLE settings DROP COLUMN registration_all_channels;
ALTER TABLE settings DROP COLUMN registration_all_libraries;
ALTER TABLE settings DROP COLUMN registration_domains;
ALTER TABLE settings DROP COLUMN registrations_a_day;
ALTER TABLE settings DROP COLUMN registration;
ALTER TABLE settings DROP COLUMN smtp_url;
CREATE TABLE old_sessions (
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
INSERT INTO old_sessions (id, token_hash, user_id, strength, created_at, last_seen_at, address, at_home, user_agent, flash)
    SELECT id, token_hash, user_id, strength, created_at, last_seen_at, address, at_home, user_agent, flash FROM sessions WHERE strength <> 'connect';
DROP TABLE sessions;
ALTER TABLE old_sessions RENAME TO sessions;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_seen ON sessions (last_seen_at);
DROP TABLE connect_providers;
CREATE TABLE old_reset_links (
    user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB    NOT NULL UNIQUE,
    created_by INTEGER REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
INSERT INTO old_reset_links (user_id, token_hash, created_by, created_at, expires_at)
    SELECT user_id, token_hash, created_by, created_at, expires_at FROM reset_links WHERE created_by IS NOT user_id;
DROP TABLE reset_links;
ALTER TABLE old_reset_links RENAME TO reset_links;
CREATE INDEX reset_links_by_maker ON reset_links (created_by);
CREATE TABLE old_words (
    word      TEXT    NOT NULL,
    sort_name TEXT    NOT NULL,
    user_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (word, sort_name, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO old_words (word, sort_name, user_id) SELECT word, sort_name, user_id FROM user_words;
DROP TABLE user_words;
ALTER TABLE old_words RENAME TO user_words;
CREATE INDEX user_words_by_user ON user_words (user_id, word);
DROP INDEX users_one_guest_account;
DROP INDEX users_local_by_name;
DROP INDEX users_local_by_seen;
DROP INDEX users_local_by_created;
DROP INDEX users_restricted;
DROP INDEX users_disabled;
DROP INDEX users_no_password;
DROP INDEX users_guests_by_name;
DROP INDEX users_guests_by_seen;
DROP INDEX users_guests_by_created;
DROP INDEX users_invited_by_name;
DROP INDEX users_invited_by_created;
DROP INDEX users_waiting_by_created;
ALTER TABLE users DROP COLUMN inviter;
ALTER TABLE users DROP COLUMN wants_mail;
ALTER TABLE users DROP COLUMN linked;
ALTER TABLE users DROP COLUMN kind;
CREATE INDEX users_by_name ON users (sort_name);
CREATE INDEX users_by_seen ON users (last_seen_at);
CREATE INDEX users_by_created ON users (created_at);
CREATE INDEX users_restricted ON users (sort_name) WHERE (all_libraries = 0 OR all_channels = 0 OR ends_at IS NOT NULL);
CREATE INDEX users_disabled ON users (sort_name) WHERE disabled = 1;
CREATE INDEX users_no_password ON users (sort_name) WHERE password_hash IS NULL;
-- +goose StatementBegin
CREATE TRIGGER users_updated
AFTER UPDATE OF sort_name, role, disabled, ends_at, password_hash, all_libraries, all_channels ON users BEGIN
    UPDATE changes SET users = users + 1;
END;
-- +goose StatementEnd
