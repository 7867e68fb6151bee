-- A client over HTTP names a session by its id alone (ADR 0046). The owner of a session is read by this index.
CREATE INDEX sessions_by_id ON sessions (session_id);

-- Agents that clients over HTTP created without a user. A user gets an agent of the same id and name with its first
-- session. Without users: a reference table on Citus.
CREATE TABLE shared_agents (
    agent_id    uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE CHECK (name <> ''),
    description text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

-- Keys for all users; those of one user are in api_keys. Kept as hashes only.
CREATE TABLE server_keys (
    key_id     uuid PRIMARY KEY,
    key_hash   bytea NOT NULL,
    name       text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz
);
