-- Answers to requests that carried an Idempotency-Key, kept for a day. id: SHA-256 of who asked, the route and the key, so that nothing of a person is kept here; body: SHA-256 of what was sent.
-- status is NULL while the request is being answered; one that was begun long ago and never ended belonged to a process that was killed.
CREATE TABLE idempotent_answer (
    id           BLOB PRIMARY KEY,
    body         BLOB NOT NULL,
    begun_at     INTEGER NOT NULL,
    status       INTEGER,
    content_type TEXT,
    location     TEXT,
    answer       BLOB
) WITHOUT ROWID, STRICT;

CREATE INDEX idempotent_answer_begun ON idempotent_answer (begun_at);
