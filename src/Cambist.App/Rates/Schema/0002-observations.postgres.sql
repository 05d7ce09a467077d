-- What the tables and columns mean is said in 0002-observations.sql.
CREATE TABLE rate_source (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

-- A partition a month, made by whoever writes the first tick of the month, so that old ticks go by dropping a table. The wide columns come first: none is padded.
CREATE TABLE tick (
    effective_at timestamptz NOT NULL,
    observed_at  timestamptz NOT NULL,
    bid          double precision NOT NULL,
    ask          double precision NOT NULL,
    consensus    double precision NOT NULL,
    pair         integer NOT NULL,
    source       integer NOT NULL
) PARTITION BY RANGE (effective_at);

CREATE INDEX tick_of_pair ON tick (pair, effective_at);

CREATE TABLE refused_rate (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    observed_at  timestamptz NOT NULL,
    effective_at timestamptz,
    pair         text NOT NULL,
    source       text NOT NULL,
    bid          text,
    ask          text,
    verdict      text NOT NULL,
    code         text NOT NULL,
    detail       text NOT NULL
);

CREATE INDEX refused_rate_by_time ON refused_rate (observed_at);

CREATE TABLE verdict_count (
    minute  timestamptz NOT NULL,
    source  text NOT NULL,
    verdict text NOT NULL,
    code    text NOT NULL,
    count   bigint NOT NULL,
    PRIMARY KEY (minute, source, verdict, code)
);

CREATE TABLE source_quota (
    source text NOT NULL,
    day    date NOT NULL,
    spent  integer NOT NULL,
    PRIMARY KEY (source, day)
);

CREATE TABLE daily_rate (
    pair         integer NOT NULL,
    day          date NOT NULL,
    source       text NOT NULL,
    effective_at timestamptz NOT NULL,
    rate         double precision NOT NULL,
    PRIMARY KEY (pair, day, source)
);

CREATE TABLE backfill (
    source  text NOT NULL,
    pair    text NOT NULL,
    unit    text NOT NULL,
    back_to timestamptz NOT NULL,
    PRIMARY KEY (source, pair, unit)
);
