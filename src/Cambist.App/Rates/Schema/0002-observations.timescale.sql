-- A hypertable cannot be partitioned by hand as well: the table just made makes room, empty as it is.
DROP TABLE tick;

CREATE TABLE tick (
    effective_at timestamptz NOT NULL,
    observed_at  timestamptz NOT NULL,
    bid          double precision NOT NULL,
    ask          double precision NOT NULL,
    consensus    double precision NOT NULL,
    pair         integer NOT NULL,
    source       integer NOT NULL
);

SELECT create_hypertable('tick', 'effective_at', chunk_time_interval => INTERVAL '1 day', create_default_indexes => false);

CREATE INDEX tick_of_pair ON tick (pair, effective_at);

ALTER TABLE tick SET (timescaledb.compress, timescaledb.compress_segmentby = 'pair', timescaledb.compress_orderby = 'effective_at');

SELECT add_compression_policy('tick', INTERVAL '7 days');

-- The consensus of each hour from what was known when it ended, kept up to date by the extension and completed with the newest ticks as it is read.
CREATE MATERIALIZED VIEW tick_hour WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT pair,
    time_bucket(INTERVAL '1 hour', effective_at) AS opened_at,
    min(effective_at) AS first_at,
    max(effective_at) AS last_at,
    first(consensus, observed_at) AS open,
    max(consensus) AS high,
    min(consensus) AS low,
    last(consensus, observed_at) AS close
FROM tick
WHERE time_bucket(INTERVAL '1 hour', observed_at) <= time_bucket(INTERVAL '1 hour', effective_at)
GROUP BY pair, time_bucket(INTERVAL '1 hour', effective_at)
WITH NO DATA;

-- From the beginning, so that what is written late is taken up too; the newest hour is left to the reader.
SELECT add_continuous_aggregate_policy('tick_hour', start_offset => NULL, end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '30 minutes');
