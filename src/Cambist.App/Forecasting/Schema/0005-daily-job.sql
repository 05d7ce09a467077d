-- Work that is done once a day by one of all nodes. day: the newest day on which it was begun, in whole days since 1970 by the configured time zone. Who does it holds a lease, and renews it:
-- a run whose lease has ended was killed. state: waiting (never begun yet), running, stopped (by a shutdown: may go on the same day), done, failed. told: what it said at its end.
CREATE TABLE daily_job (
    name        TEXT PRIMARY KEY,
    day         INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'stopped', 'done', 'failed')),
    owner       TEXT,
    lease_until INTEGER,
    started_at  INTEGER,
    ended_at    INTEGER,
    told        TEXT
) WITHOUT ROWID, STRICT;
