-- What the table and its columns mean is said in 0005-daily-job.sql.
CREATE TABLE daily_job (
    name        text PRIMARY KEY,
    day         integer NOT NULL,
    state       text NOT NULL CHECK (state IN ('waiting', 'running', 'stopped', 'done', 'failed')),
    owner       text,
    lease_until timestamptz,
    started_at  timestamptz,
    ended_at    timestamptz,
    told        text
);
