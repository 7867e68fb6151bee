-- When the user last deleted messages or a session, in any process: caches and indexes of every process compare it with
-- the time that they were made for. Null: never.
ALTER TABLE users ADD COLUMN erased_at timestamptz;
CREATE INDEX users_by_erasure ON users (erased_at) WHERE erased_at IS NOT NULL;

-- Deleting a message finds what was derived from it. Without the list of pending entries, which a deletion would have to
-- read as a whole.
CREATE INDEX m1_episodic_by_message ON m1_episodic USING gin (message_ids) WITH (fastupdate = off);
CREATE INDEX m1_episodes_by_message ON m1_episodes USING gin (message_ids) WITH (fastupdate = off);
CREATE INDEX m2_semantic_by_message ON m2_semantic USING gin (message_ids) WITH (fastupdate = off);
