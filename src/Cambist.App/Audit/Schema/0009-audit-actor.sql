-- What somebody did is told to them with what was done to them.
CREATE INDEX audit_event_of_actor ON audit_event (actor, number);
