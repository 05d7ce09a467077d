-- What the index is for is said in 0009-audit-actor.sql.
CREATE INDEX audit_event_of_actor ON audit_event (actor, number);
