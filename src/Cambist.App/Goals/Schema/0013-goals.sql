-- Goals. details (what is meant and planned) and advice (the last recommendation, and what it was measured against) are JSON, encrypted (see docs/privacy.md): every amount, date and name is in them. What is plain is what
-- goals are found by. version counts changes of what is meant or planned, and turn looks at it; both are compared by whoever writes. evaluate_at is when somebody is to look at an active goal; while somebody does, it is
-- when that one is given up, and claim is theirs. effect is a keyed hash
-- of the request that made the row and of its Idempotency-Key, where it had one: the same request makes no second row.
CREATE TABLE goal (
    id           TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL,
    pair         TEXT NOT NULL,
    status       TEXT NOT NULL,
    version      INTEGER NOT NULL,
    turn         INTEGER NOT NULL,
    details      TEXT NOT NULL,
    advice       TEXT NOT NULL,
    evaluate_at  INTEGER,
    evaluated_at INTEGER,
    claim        TEXT,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    effect       TEXT
) WITHOUT ROWID, STRICT;

CREATE INDEX goal_account ON goal (account_id, id);
CREATE INDEX goal_due ON goal (evaluate_at) WHERE evaluate_at IS NOT NULL;
CREATE INDEX goal_pair ON goal (pair) WHERE evaluate_at IS NOT NULL;

-- Conversions that were made towards goals. details is JSON, encrypted.
CREATE TABLE goal_conversion (
    id          TEXT PRIMARY KEY,
    goal_id     TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    details     TEXT NOT NULL,
    effect      TEXT
) WITHOUT ROWID, STRICT;

CREATE INDEX goal_conversion_goal ON goal_conversion (goal_id);
CREATE INDEX goal_conversion_account ON goal_conversion (account_id);
