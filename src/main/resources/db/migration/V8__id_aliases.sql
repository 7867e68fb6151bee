-- Ids that were given out while the database was away, for a name that it had already: the id of a user, an agent or a
-- session stands for the one that has the name (ADR 0026). user_id owns the target.
CREATE TABLE id_aliases (
    user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    alias_id   uuid NOT NULL,
    target_id  uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, alias_id)
);
-- Callers know the alias only, as they know the name of a user.
CREATE INDEX id_aliases_by_alias ON id_aliases (alias_id);
