-- What the tables and their columns mean is said in 0008-accounts.sql.
CREATE TABLE account (
    id                text PRIMARY KEY,
    email_hash        text NOT NULL UNIQUE,
    email             text NOT NULL,
    email_confirmed   integer NOT NULL,
    role              text NOT NULL,
    password_hash     text,
    security_stamp    text NOT NULL,
    version           text NOT NULL,
    failures          integer NOT NULL DEFAULT 0,
    locked_until      timestamptz,
    second_factor     integer NOT NULL DEFAULT 0,
    totp_key          text,
    totp_step         bigint NOT NULL DEFAULT 0,
    recovery_codes    text,
    name              text,
    phone             text,
    profile           text NOT NULL DEFAULT '{}',
    created_at        timestamptz NOT NULL,
    last_seen_at      timestamptz NOT NULL
);

CREATE TABLE account_session (
    id               text PRIMARY KEY,
    account_id       text NOT NULL,
    kind             text NOT NULL,
    created_at       timestamptz NOT NULL,
    authenticated_at timestamptz NOT NULL,
    used_at          timestamptz NOT NULL,
    ended_at         timestamptz
);

CREATE INDEX account_session_account ON account_session (account_id);
CREATE INDEX account_session_ended ON account_session (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE refresh_token (
    hash       bytea PRIMARY KEY,
    session_id text NOT NULL,
    issued_at  timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE INDEX refresh_token_session ON refresh_token (session_id);

CREATE TABLE one_time_token (
    hash       bytea PRIMARY KEY,
    account_id text NOT NULL,
    purpose    text NOT NULL,
    ends_at    timestamptz NOT NULL
);

CREATE INDEX one_time_token_account ON one_time_token (account_id);

CREATE TABLE passkey (
    id         bytea PRIMARY KEY,
    account_id text NOT NULL,
    data       text NOT NULL
);

CREATE INDEX passkey_account ON passkey (account_id);

CREATE TABLE protection_key (
    id   text PRIMARY KEY,
    data text NOT NULL
);
