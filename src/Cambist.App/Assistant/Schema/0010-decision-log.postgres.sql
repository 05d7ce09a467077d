-- What the tables and columns mean is said in 0010-decision-log.sql.
CREATE TABLE decision_entry (
    number   bigint PRIMARY KEY,
    at       timestamptz NOT NULL,
    document bytea NOT NULL,
    answer   bytea NOT NULL,
    hash     bytea NOT NULL
);

CREATE TABLE decision_document (
    digest  bytea PRIMARY KEY,
    shared  integer NOT NULL,
    content bytea NOT NULL
);

-- It is compressed already.
ALTER TABLE decision_document ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE INDEX decision_document_shared ON decision_document (digest) WHERE shared = 1;

CREATE FUNCTION decision_log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The decision log is not rewritten or deleted.';
END
$$;

CREATE TRIGGER decision_entry_is_kept BEFORE UPDATE OR DELETE ON decision_entry FOR EACH ROW EXECUTE FUNCTION decision_log_is_kept();

CREATE TRIGGER decision_entry_is_not_emptied BEFORE TRUNCATE ON decision_entry FOR EACH STATEMENT EXECUTE FUNCTION decision_log_is_kept();

CREATE TRIGGER decision_document_is_kept BEFORE UPDATE OR DELETE ON decision_document FOR EACH ROW EXECUTE FUNCTION decision_log_is_kept();

CREATE TRIGGER decision_document_is_not_emptied BEFORE TRUNCATE ON decision_document FOR EACH STATEMENT EXECUTE FUNCTION decision_log_is_kept();
