-- When a message or a fact was last changed by hand, on the clock of users.erased_at (ADR 0047): an index that has not
-- applied that deletion yet reads the row again. Null: never.
ALTER TABLE messages ADD COLUMN edited_at timestamptz;
ALTER TABLE m2_semantic ADD COLUMN edited_at timestamptz;

-- A fact that was entered by hand belongs to no round and is its own source. Nothing else would delete it with its user.
ALTER TABLE m2_semantic
    ALTER COLUMN session_id DROP NOT NULL,
    ALTER COLUMN round_id DROP NOT NULL,
    ADD CONSTRAINT m2_semantic_by_hand CHECK ((round_id IS NULL) = (session_id IS NULL)
        AND (round_id IS NULL) = (message_ids[1] = fact_id)),
    ADD CONSTRAINT m2_semantic_user FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;
