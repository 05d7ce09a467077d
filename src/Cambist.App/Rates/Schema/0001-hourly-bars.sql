-- A pair is named once; a bar carries its number, one byte instead of seven.
CREATE TABLE currency_pair (
    id     INTEGER PRIMARY KEY,
    symbol TEXT NOT NULL UNIQUE
) STRICT;

-- hour: start of the bar in whole hours since 1970-01-01T00:00Z. The key cannot say anything but a full hour, takes three bytes
-- instead of eight, and neighbours differ by one. WITHOUT ROWID: the table is its own index, so a pair's range is read in one sweep.
CREATE TABLE hourly_bar (
    pair   INTEGER NOT NULL,
    hour   INTEGER NOT NULL,
    open   REAL NOT NULL,
    high   REAL NOT NULL,
    low    REAL NOT NULL,
    close  REAL NOT NULL,
    volume REAL,
    spread REAL,
    source TEXT NOT NULL,
    PRIMARY KEY (pair, hour)
) WITHOUT ROWID, STRICT;
