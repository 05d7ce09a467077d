-- What the tables and columns mean is said in 0004-forecast-record.sql.
CREATE TABLE forecast_name (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE forecast_said (
    model    integer NOT NULL,
    pair     integer NOT NULL,
    hour     integer NOT NULL,
    spot     double precision NOT NULL,
    said     bytea NOT NULL,
    outcomes bytea NOT NULL,
    due      integer,
    PRIMARY KEY (model, pair, hour)
);

CREATE INDEX forecast_said_due ON forecast_said (due) WHERE due IS NOT NULL;

CREATE TABLE forecast_score (
    model             integer NOT NULL,
    pair              integer NOT NULL,
    horizon           integer NOT NULL,
    day               integer NOT NULL,
    n                 integer NOT NULL,
    missing           integer NOT NULL,
    crps              double precision NOT NULL,
    against_n         integer NOT NULL,
    against_crps      double precision NOT NULL,
    baseline_crps     double precision NOT NULL,
    log_error         double precision NOT NULL,
    percent_error     double precision NOT NULL,
    percent_no_change double precision NOT NULL,
    inside_50         integer NOT NULL,
    inside_80         integer NOT NULL,
    inside_95         integer NOT NULL,
    calls             integer NOT NULL,
    hits              integer NOT NULL,
    PRIMARY KEY (model, pair, horizon, day)
);
