-- What models said, hour by hour, and what came of it. Models and pairs are named once; rows carry their numbers.
CREATE TABLE forecast_name (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- hour: the instant of the forecast in whole hours since 1970, the close of the last bar that it used. said: its quantiles at each recorded horizon, outcomes: the rates that came
-- (ForecastBytes says how). due: the hour at which to look for the next outcome; NULL where none is waited for.
CREATE TABLE forecast_said (
    model    INTEGER NOT NULL,
    pair     INTEGER NOT NULL,
    hour     INTEGER NOT NULL,
    spot     REAL NOT NULL,
    said     BLOB NOT NULL,
    outcomes BLOB NOT NULL,
    due      INTEGER,
    PRIMARY KEY (model, pair, hour)
) WITHOUT ROWID, STRICT;

CREATE INDEX forecast_said_due ON forecast_said (due) WHERE due IS NOT NULL;

-- Sums over the forecasts of a day (whole days since 1970, UTC, by the instant of the forecast). missing: outcomes that no bar told. Those named against_ and baseline_crps are over
-- the forecasts that the baseline made too.
CREATE TABLE forecast_score (
    model             INTEGER NOT NULL,
    pair              INTEGER NOT NULL,
    horizon           INTEGER NOT NULL,
    day               INTEGER NOT NULL,
    n                 INTEGER NOT NULL,
    missing           INTEGER NOT NULL,
    crps              REAL NOT NULL,
    against_n         INTEGER NOT NULL,
    against_crps      REAL NOT NULL,
    baseline_crps     REAL NOT NULL,
    log_error         REAL NOT NULL,
    percent_error     REAL NOT NULL,
    percent_no_change REAL NOT NULL,
    inside_50         INTEGER NOT NULL,
    inside_80         INTEGER NOT NULL,
    inside_95         INTEGER NOT NULL,
    calls             INTEGER NOT NULL,
    hits              INTEGER NOT NULL,
    PRIMARY KEY (model, pair, horizon, day)
) WITHOUT ROWID, STRICT;
