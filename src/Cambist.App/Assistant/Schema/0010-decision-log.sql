-- Every advice, with all that it was decided from. Each entry's hash covers the entry and the hash before it; a document stands under the hash of its content: so nothing can be changed, taken out or put in
-- without telling. Nobody's name or account stands here.
CREATE TABLE decision_entry (
    number   INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap
    at       INTEGER NOT NULL,    -- microseconds since 1970-01-01 UTC
    document BLOB NOT NULL,       -- SHA-256 of the document with facts and advice
    answer   BLOB NOT NULL,       -- SHA-256 of the answer as it went out
    hash     BLOB NOT NULL        -- SHA-256 of the hash before and of all other columns
) STRICT;

-- shared: 1 for what many entries name (lists of providers and their schedules), 0 for facts and advice. content: JSON, compressed by Brotli.
CREATE TABLE decision_document (
    digest  BLOB PRIMARY KEY,
    shared  INTEGER NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE INDEX decision_document_shared ON decision_document (digest) WHERE shared = 1;

CREATE TRIGGER decision_entry_is_not_changed BEFORE UPDATE ON decision_entry BEGIN SELECT RAISE(ABORT, 'The decision log is not rewritten.'); END;

CREATE TRIGGER decision_entry_is_not_deleted BEFORE DELETE ON decision_entry BEGIN SELECT RAISE(ABORT, 'The decision log is not deleted.'); END;

CREATE TRIGGER decision_document_is_not_changed BEFORE UPDATE ON decision_document BEGIN SELECT RAISE(ABORT, 'The decision log is not rewritten.'); END;

CREATE TRIGGER decision_document_is_not_deleted BEFORE DELETE ON decision_document BEGIN SELECT RAISE(ABORT, 'The decision log is not deleted.'); END;
