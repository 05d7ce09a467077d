-- What the table and its columns mean is said in 0007-idempotency.sql.
CREATE TABLE idempotent_answer (
    id           bytea PRIMARY KEY,
    body         bytea NOT NULL,
    begun_at     timestamptz NOT NULL,
    status       integer,
    content_type text,
    location     text,
    answer       bytea
);

CREATE INDEX idempotent_answer_begun ON idempotent_answer (begun_at);
