-- What the table and columns mean is said in 0006-audit.sql.
CREATE TABLE audit_event (
    number  bigint PRIMARY KEY,
    at      timestamptz NOT NULL,
    kind    text NOT NULL,
    actor   text NOT NULL,
    subject text,
    details text NOT NULL,
    hash    bytea NOT NULL
);

CREATE INDEX audit_event_of_subject ON audit_event (subject, number);

CREATE FUNCTION audit_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is not rewritten or deleted.';
END
$$;

CREATE TRIGGER audit_event_is_kept BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_is_kept();

CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_kept();
