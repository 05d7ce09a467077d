-- What the tables and columns mean is said in 0003-models.sql.
CREATE TABLE model (
    id            text PRIMARY KEY,
    family        text NOT NULL,
    scope         text NOT NULL DEFAULT 'all',
    stage         text NOT NULL CHECK (stage IN ('challenger', 'champion', 'retired')),
    origin        text NOT NULL CHECK (origin IN ('shipped', 'trained', 'imported')),
    created_at    timestamptz NOT NULL,
    trained_until timestamptz NOT NULL,
    registered_at timestamptz NOT NULL,
    promoted_at   timestamptz,
    retired_at    timestamptz,
    predecessor   text,
    fingerprint   text NOT NULL
);

CREATE UNIQUE INDEX model_champion ON model (scope) WHERE stage = 'champion';

CREATE TABLE model_gate (
    model          text NOT NULL,
    pair           text NOT NULL,
    passed         boolean NOT NULL,
    mean_horizons  text NOT NULL,
    crps_skill     double precision NOT NULL,
    p_value        double precision,
    n              bigint NOT NULL,
    measured_from  timestamptz NOT NULL,
    measured_until timestamptz NOT NULL,
    PRIMARY KEY (model, pair)
);

CREATE TABLE model_fallback (
    model  text NOT NULL,
    pair   text NOT NULL,
    since  timestamptz NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (model, pair)
);

CREATE TABLE model_event (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL,
    model   text NOT NULL,
    what    text NOT NULL,
    actor   text NOT NULL,
    reason  text NOT NULL,
    figures text
);

CREATE INDEX model_event_of_model ON model_event (model, id);

CREATE FUNCTION model_event_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What happened to a model is not rewritten or deleted.';
END
$$;

CREATE TRIGGER model_event_is_kept BEFORE UPDATE OR DELETE ON model_event FOR EACH ROW EXECUTE FUNCTION model_event_is_kept();

CREATE TABLE model_export (
    model   text PRIMARY KEY,
    event   bigint NOT NULL,
    at      timestamptz NOT NULL,
    run     text,
    version text,
    fault   text
);
