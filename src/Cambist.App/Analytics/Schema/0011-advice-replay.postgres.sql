-- What the table and its columns mean is said in 0011-advice-replay.sql.
CREATE TABLE advice_replay (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    computed_at timestamptz NOT NULL,
    document    text NOT NULL
);
