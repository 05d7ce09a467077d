-- What following the advice would have been worth over recorded history, as the record tells it: document is its JSON, computed_at when it was computed, in whole microseconds. The newest is told, a few older ones are kept.
CREATE TABLE advice_replay (
    id          INTEGER PRIMARY KEY,
    computed_at INTEGER NOT NULL,
    document    TEXT NOT NULL
) STRICT;
