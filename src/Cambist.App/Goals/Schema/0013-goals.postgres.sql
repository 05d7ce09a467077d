-- What the tables and their columns mean is said in 0013-goals.sql.
CREATE TABLE goal (
    id           text PRIMARY KEY,
    account_id   text NOT NULL,
    pair         text NOT NULL,
    status       text NOT NULL,
    version      bigint NOT NULL,
    turn         bigint NOT NULL,
    details      text NOT NULL,
    advice       text NOT NULL,
    evaluate_at  timestamptz,
    evaluated_at timestamptz,
    claim        text,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    effect       text
);

CREATE INDEX goal_account ON goal (account_id, id);
CREATE INDEX goal_due ON goal (evaluate_at) WHERE evaluate_at IS NOT NULL;
CREATE INDEX goal_pair ON goal (pair) WHERE evaluate_at IS NOT NULL;

CREATE TABLE goal_conversion (
    id          text PRIMARY KEY,
    goal_id     text NOT NULL,
    account_id  text NOT NULL,
    recorded_at timestamptz NOT NULL,
    details     text NOT NULL,
    effect      text
);

CREATE INDEX goal_conversion_goal ON goal_conversion (goal_id);
CREATE INDEX goal_conversion_account ON goal_conversion (account_id);
