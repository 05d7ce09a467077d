-- What came of each advice of the decision log. Whole columns first; those behind 'due' are filled in when they are known.
CREATE TABLE advice_outcome (
    number      INTEGER PRIMARY KEY, -- of the entry in decision_entry
    asked_at    INTEGER NOT NULL,    -- microseconds since 1970-01-01 UTC
    pair        TEXT,                -- symbol of the question's pair: base what the person has; NULL where the entry cannot be read
    usd         REAL,                -- the amount in USD; NULL where that was not known
    days        REAL NOT NULL,       -- from asking to the deadline
    risk        TEXT,                -- NULL where the entry cannot be read
    waits       INTEGER NOT NULL,    -- 1: the advice was to wait
    decided_by  TEXT,                -- code of the finding that decided; NULL where the entry cannot be read
    confidence  REAL,                -- NULL where there was none
    due         INTEGER,             -- when to look for what came; NULL where nothing is awaited any more
    cheaper     INTEGER,             -- 1: waiting until the horizon was cheaper, 0: it was not; NULL: not known, or neither
    cost_bps    REAL,                -- all-in cost of following the advice at the rate of the asking
    gains       TEXT                 -- JSON: what that gained against each strategy, by its word, in basis points and in USD
) STRICT;

CREATE INDEX advice_outcome_due ON advice_outcome (due) WHERE due IS NOT NULL;

CREATE INDEX advice_outcome_asked ON advice_outcome (asked_at);
