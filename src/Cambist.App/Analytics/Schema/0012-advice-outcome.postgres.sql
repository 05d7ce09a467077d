-- What the table and columns mean is said in 0012-advice-outcome.sql.
CREATE TABLE advice_outcome (
    number     bigint PRIMARY KEY,
    asked_at   timestamptz NOT NULL,
    pair       text,
    usd        double precision,
    days       double precision NOT NULL,
    risk       text,
    waits      integer NOT NULL,
    decided_by text,
    confidence double precision,
    due        timestamptz,
    cheaper    integer,
    cost_bps   double precision,
    gains      text
);

CREATE INDEX advice_outcome_due ON advice_outcome (due) WHERE due IS NOT NULL;

CREATE INDEX advice_outcome_asked ON advice_outcome (asked_at);
