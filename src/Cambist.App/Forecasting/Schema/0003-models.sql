-- A trained model. Its files lie in the folder models/<id> beside the database; fingerprint is the SHA-256 over all of them, so that a changed file is told.
-- scope: whom a champion serves; there is one scope, 'all'. predecessor: the champion that it replaced, for rollback. Instants are whole microseconds.
CREATE TABLE model (
    id            TEXT PRIMARY KEY,
    family        TEXT NOT NULL,
    scope         TEXT NOT NULL DEFAULT 'all',
    stage         TEXT NOT NULL CHECK (stage IN ('challenger', 'champion', 'retired')),
    origin        TEXT NOT NULL CHECK (origin IN ('shipped', 'trained', 'imported')),
    created_at    INTEGER NOT NULL,
    trained_until INTEGER NOT NULL,
    registered_at INTEGER NOT NULL,
    promoted_at   INTEGER,
    retired_at    INTEGER,
    predecessor   TEXT,
    fingerprint   TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE UNIQUE INDEX model_champion ON model (scope) WHERE stage = 'champion';

-- What walk-forward said of a model against the baseline. pair '*' is the verdict over all pairs; mean_horizons lists the hours at which its mean beat no-change.
CREATE TABLE model_gate (
    model          TEXT NOT NULL,
    pair           TEXT NOT NULL,
    passed         INTEGER NOT NULL,
    mean_horizons  TEXT NOT NULL,
    crps_skill     REAL NOT NULL,
    p_value        REAL,
    n              INTEGER NOT NULL,
    measured_from  INTEGER NOT NULL,
    measured_until INTEGER NOT NULL,
    PRIMARY KEY (model, pair)
) WITHOUT ROWID, STRICT;

-- Why a model does not serve a pair for the time being, or any ('*').
CREATE TABLE model_fallback (
    model  TEXT NOT NULL,
    pair   TEXT NOT NULL,
    since  INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (model, pair)
) WITHOUT ROWID, STRICT;

-- What happened to models. Rows are added and never changed; the newest number tells other nodes that something is new.
CREATE TABLE model_event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    model   TEXT NOT NULL,
    what    TEXT NOT NULL,
    actor   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    figures TEXT
) STRICT;

CREATE INDEX model_event_of_model ON model_event (model, id);

CREATE TRIGGER model_event_is_not_changed BEFORE UPDATE ON model_event BEGIN SELECT RAISE(ABORT, 'What happened to a model is not rewritten.'); END;

CREATE TRIGGER model_event_is_not_deleted BEFORE DELETE ON model_event BEGIN SELECT RAISE(ABORT, 'What happened to a model is not deleted.'); END;

-- How far a model has been told to an MLflow server: up to which event, as which run and version, and what went wrong.
CREATE TABLE model_export (
    model   TEXT PRIMARY KEY,
    event   INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    run     TEXT,
    version TEXT,
    fault   TEXT
) WITHOUT ROWID, STRICT;
