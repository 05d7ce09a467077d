-- A source is named once; a tick carries its number.
CREATE TABLE rate_source (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- An accepted observation. Instants are whole microseconds since 1970-01-01T00:00Z. The same observation may be there twice.
CREATE TABLE tick (
    pair         INTEGER NOT NULL,
    effective_at INTEGER NOT NULL,
    observed_at  INTEGER NOT NULL,
    source       INTEGER NOT NULL,
    bid          REAL NOT NULL,
    ask          REAL NOT NULL,
    consensus    REAL NOT NULL
) STRICT;

CREATE INDEX tick_of_pair ON tick (pair, effective_at);

-- An observation that was not accepted, word for word: the figures may be absurd, so they are text.
CREATE TABLE refused_rate (
    id           INTEGER PRIMARY KEY,
    observed_at  INTEGER NOT NULL,
    effective_at INTEGER,
    pair         TEXT NOT NULL,
    source       TEXT NOT NULL,
    bid          TEXT,
    ask          TEXT,
    verdict      TEXT NOT NULL,
    code         TEXT NOT NULL,
    detail       TEXT NOT NULL
) STRICT;

CREATE INDEX refused_rate_by_time ON refused_rate (observed_at);

-- How many observations of a minute met which verdict: counting the ticks themselves would take longer with each day.
CREATE TABLE verdict_count (
    minute  INTEGER NOT NULL,
    source  TEXT NOT NULL,
    verdict TEXT NOT NULL,
    code    TEXT NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (minute, source, verdict, code)
) WITHOUT ROWID, STRICT;

-- Calls spent of a source's daily allowance; day is a UTC date, 2026-03-27.
CREATE TABLE source_quota (
    source TEXT NOT NULL,
    day    TEXT NOT NULL,
    spent  INTEGER NOT NULL,
    PRIMARY KEY (source, day)
) WITHOUT ROWID, STRICT;

-- One value of a pair and day from each source; day is the bank's or the market's own date.
CREATE TABLE daily_rate (
    pair         INTEGER NOT NULL,
    day          TEXT NOT NULL,
    source       TEXT NOT NULL,
    effective_at INTEGER NOT NULL,
    rate         REAL NOT NULL,
    PRIMARY KEY (pair, day, source)
) WITHOUT ROWID, STRICT;

-- How far back a backfill has come.
CREATE TABLE backfill (
    source  TEXT NOT NULL,
    pair    TEXT NOT NULL,
    unit    TEXT NOT NULL,
    back_to INTEGER NOT NULL,
    PRIMARY KEY (source, pair, unit)
) WITHOUT ROWID, STRICT;
