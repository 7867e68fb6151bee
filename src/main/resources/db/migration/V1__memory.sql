-- user_id leads every primary key, unique constraint, foreign key and hot index, and ids come from the client, so the
-- schema distributes by user_id as it stands. The one index that does not lead with it finds a user by name.

CREATE TABLE users (
    user_id     uuid PRIMARY KEY,
    name        text NOT NULL CHECK (name <> ''),
    description text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
-- Not unique: a unique name could not be enforced once the table is distributed by user_id (ADR 0005).
CREATE INDEX users_by_name ON users (name);

CREATE TABLE agents (
    user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    agent_id    uuid NOT NULL,
    name        text NOT NULL CHECK (name <> ''),
    description text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, agent_id),
    UNIQUE (user_id, name)
);

CREATE TABLE sessions (
    user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    session_id    uuid NOT NULL,
    agent_id      uuid NOT NULL,
    name          text NOT NULL CHECK (name <> ''),
    last_sequence bigint NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, session_id),
    UNIQUE (user_id, name),
    FOREIGN KEY (user_id, agent_id) REFERENCES agents ON DELETE CASCADE
);
CREATE INDEX sessions_by_agent ON sessions (user_id, agent_id);

-- The state of a layer is the durable work list of its extraction: off, pending, done or failed.
CREATE TABLE rounds (
    user_id     uuid NOT NULL,
    round_id    uuid NOT NULL,
    session_id  uuid NOT NULL,
    m1_state    text NOT NULL DEFAULT 'off' CHECK (m1_state IN ('off', 'pending', 'done', 'failed')),
    m2_state    text NOT NULL DEFAULT 'off' CHECK (m2_state IN ('off', 'pending', 'done', 'failed')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, round_id),
    FOREIGN KEY (user_id, session_id) REFERENCES sessions ON DELETE CASCADE
);
CREATE INDEX rounds_by_session ON rounds (user_id, session_id);
CREATE INDEX rounds_pending ON rounds (user_id, created_at) WHERE m1_state = 'pending' OR m2_state = 'pending';

-- M0, the raw layer.
CREATE TABLE messages (
    user_id     uuid NOT NULL,
    message_id  uuid NOT NULL,
    session_id  uuid NOT NULL,
    round_id    uuid NOT NULL,
    sequence    bigint NOT NULL,
    role        text NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
    content     text NOT NULL CHECK (content <> ''),
    token_count integer CHECK (token_count >= 0),
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, message_id),
    UNIQUE (user_id, session_id, sequence),
    FOREIGN KEY (user_id, round_id) REFERENCES rounds ON DELETE CASCADE
);
CREATE INDEX messages_by_round ON messages (user_id, round_id);
COMMENT ON COLUMN messages.token_count IS 'tokens as counted by the RoundBuffer; null when buffers were bypassed';

CREATE TABLE m1_episodic (
    user_id           uuid NOT NULL,
    chunk_id          uuid NOT NULL,
    session_id        uuid NOT NULL,
    round_id          uuid NOT NULL,
    message_ids       uuid[] NOT NULL CHECK (cardinality(message_ids) > 0),
    content           text NOT NULL,
    chunking_strategy text NOT NULL CHECK (chunking_strategy IN ('message', 'token_based')),
    token_count       integer NOT NULL CHECK (token_count >= 0),
    embedding         real[] NOT NULL,
    embedding_model   text NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, chunk_id),
    FOREIGN KEY (user_id, round_id) REFERENCES rounds ON DELETE CASCADE
);
CREATE INDEX m1_episodic_by_round ON m1_episodic (user_id, round_id);

CREATE TABLE m2_semantic (
    user_id         uuid NOT NULL,
    fact_id         uuid NOT NULL,
    session_id      uuid NOT NULL,
    round_id        uuid NOT NULL,
    message_ids     uuid[] NOT NULL CHECK (cardinality(message_ids) > 0),
    fact_content    text NOT NULL,
    fact_type       text NOT NULL,
    confidence      real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    entities        text[] NOT NULL DEFAULT '{}',
    embedding       real[] NOT NULL,
    embedding_model text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, fact_id),
    FOREIGN KEY (user_id, round_id) REFERENCES rounds ON DELETE CASCADE
);
CREATE INDEX m2_semantic_by_round ON m2_semantic (user_id, round_id);

CREATE TABLE knowledge (
    user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    knowledge_id uuid NOT NULL,
    content      text NOT NULL CHECK (content <> ''),
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, knowledge_id)
);

-- A key names its user in clear and is kept as a hash only.
CREATE TABLE api_keys (
    user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    key_id      uuid NOT NULL,
    key_hash    bytea NOT NULL,
    name        text,
    permissions jsonb NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz,
    PRIMARY KEY (user_id, key_id),
    UNIQUE (user_id, key_hash)
);

-- For those who look for MemFuse's raw table; the text itself is kept once, in messages.
CREATE VIEW m0_raw AS
SELECT m.message_id, m.content, m.role, m.user_id, m.session_id, m.round_id, m.sequence AS sequence_number,
       m.token_count, m.created_at, m.updated_at, r.m1_state AS processing_status
FROM messages m
JOIN rounds r ON r.user_id = m.user_id AND r.round_id = m.round_id;
