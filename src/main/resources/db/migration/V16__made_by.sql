-- Who built a layer of a round: the language model or rules. Null for layers that were built before this was noted;
-- those count as built by rules.
ALTER TABLE rounds
    ADD COLUMN m1_made_by text CHECK (m1_made_by IN ('model', 'rules')),
    ADD COLUMN m2_made_by text CHECK (m2_made_by IN ('model', 'rules'));
UPDATE rounds r SET m1_made_by = 'model' FROM m1_episodes e
    WHERE e.user_id = r.user_id AND e.round_id = r.round_id AND e.method = 'language_model';
