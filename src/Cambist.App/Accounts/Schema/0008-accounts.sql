-- Accounts. What would tell who somebody is stands encrypted (see docs/privacy.md): email, phone, name. email_hash is the keyed hash by which an account is found.
-- recovery_codes are hashes joined by ';'. totp_step is the last time step whose code was used, so that none works twice.
CREATE TABLE account (
    id                TEXT PRIMARY KEY,
    email_hash        TEXT NOT NULL UNIQUE,
    email             TEXT NOT NULL,
    email_confirmed   INTEGER NOT NULL,
    role              TEXT NOT NULL,
    password_hash     TEXT,
    security_stamp    TEXT NOT NULL,
    version           TEXT NOT NULL,
    failures          INTEGER NOT NULL DEFAULT 0,
    locked_until      INTEGER,
    second_factor     INTEGER NOT NULL DEFAULT 0,
    totp_key          TEXT,
    totp_step         INTEGER NOT NULL DEFAULT 0,
    recovery_codes    TEXT,
    name              TEXT,
    phone             TEXT,
    profile           TEXT NOT NULL DEFAULT '{}',
    created_at        INTEGER NOT NULL,
    last_seen_at      INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

-- Sessions, of tokens and of pages. An ended one stays until access tokens that name it have run out.
CREATE TABLE account_session (
    id               TEXT PRIMARY KEY,
    account_id       TEXT NOT NULL,
    kind             TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    authenticated_at INTEGER NOT NULL,
    used_at          INTEGER NOT NULL,
    ended_at         INTEGER
) WITHOUT ROWID, STRICT;

CREATE INDEX account_session_account ON account_session (account_id);
CREATE INDEX account_session_ended ON account_session (ended_at) WHERE ended_at IS NOT NULL;

-- Refresh tokens, by the SHA-256 of each. A used one stays as long as its session: whoever shows it again has stolen it, or was stolen from.
CREATE TABLE refresh_token (
    hash       BLOB PRIMARY KEY,
    session_id TEXT NOT NULL,
    issued_at  INTEGER NOT NULL,
    used_at    INTEGER
) WITHOUT ROWID, STRICT;

CREATE INDEX refresh_token_session ON refresh_token (session_id);

-- Tokens that work once (of mails, and between password and code), by the SHA-256 of each; they are taken out when they are used. purpose is a hash, because that of a new address holds the address.
CREATE TABLE one_time_token (
    hash       BLOB PRIMARY KEY,
    account_id TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    ends_at    INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE INDEX one_time_token_account ON one_time_token (account_id);

-- Passkeys (WebAuthn credentials). data is what ASP.NET Core Identity keeps of one, as JSON, encrypted.
CREATE TABLE passkey (
    id         BLOB PRIMARY KEY,
    account_id TEXT NOT NULL,
    data       TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE INDEX passkey_account ON passkey (account_id);

-- Keys of cookies and forms (ASP.NET Core data protection), encrypted.
CREATE TABLE protection_key (
    id   TEXT PRIMARY KEY,
    data TEXT NOT NULL
) WITHOUT ROWID, STRICT;
