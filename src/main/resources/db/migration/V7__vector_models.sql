-- Each start counts the vectors of other models. Usually there are none: then these indexes answer without reading a row.
CREATE INDEX m1_episodic_by_model ON m1_episodic (embedding_model, user_id);
CREATE INDEX m2_semantic_by_model ON m2_semantic (embedding_model, user_id);
