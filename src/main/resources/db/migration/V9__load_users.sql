-- The run of a load that made the user; null: a load did not make it. Exports leave it out.
ALTER TABLE users ADD COLUMN load_run text;
CREATE INDEX users_by_load_run ON users (load_run) WHERE load_run IS NOT NULL;
