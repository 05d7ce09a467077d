-- What people and the program did that somebody may have to answer for. Each row's hash covers the row and the hash before it, so that no row can be changed, taken out or put in
-- without every later hash telling. Nobody's name, address or contact stands here: an actor or a subject is a token that says nothing once its owner is erased.
CREATE TABLE audit_event (
    number  INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    at      INTEGER NOT NULL,    -- microseconds since 1970-01-01 UTC
    kind    TEXT NOT NULL,       -- what happened, as in model.promoted
    actor   TEXT NOT NULL,       -- who did it: program, operator, admin, or an account's token
    subject TEXT,                -- what or whom it happened to
    details TEXT NOT NULL,       -- a JSON object
    hash    BLOB NOT NULL        -- SHA-256 of the hash before and of all other columns
) STRICT;

CREATE INDEX audit_event_of_subject ON audit_event (subject, number);

CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'The audit trail is not rewritten.'); END;

CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'The audit trail is not deleted.'); END;
