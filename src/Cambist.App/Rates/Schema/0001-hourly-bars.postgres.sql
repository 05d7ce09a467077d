-- A pair is named once; a bar carries its number.
CREATE TABLE currency_pair (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    symbol text NOT NULL UNIQUE
);

-- hour: start of the bar in whole hours since 1970-01-01T00:00Z, as on SQLite.
CREATE TABLE hourly_bar (
    pair   integer NOT NULL,
    hour   integer NOT NULL,
    open   double precision NOT NULL,
    high   double precision NOT NULL,
    low    double precision NOT NULL,
    close  double precision NOT NULL,
    volume double precision,
    spread double precision,
    source text NOT NULL,
    PRIMARY KEY (pair, hour)
);
