-- The loads that run now, in any process. A load renews its row; one that was killed leaves a row that expires.
CREATE TABLE load_runs (
    run        text PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
