-- The work list of extraction stays in the rows of the rounds: writing it costs the acknowledgement nothing. For each
-- layer: who works on it (its process), until when (a lease; or, with nobody working, not to be tried before), how often
-- it was begun, and what the last attempt said.
ALTER TABLE rounds
    DROP CONSTRAINT rounds_m1_state_check,
    DROP CONSTRAINT rounds_m2_state_check,
    ADD CONSTRAINT rounds_m1_state_check CHECK (m1_state IN ('off', 'pending', 'done', 'failed', 'timed_out')),
    ADD CONSTRAINT rounds_m2_state_check CHECK (m2_state IN ('off', 'pending', 'done', 'failed', 'timed_out')),
    ADD COLUMN m1_attempts smallint NOT NULL DEFAULT 0,
    ADD COLUMN m1_owner    uuid,
    ADD COLUMN m1_until    timestamptz,
    ADD COLUMN m1_note     text,
    ADD COLUMN m2_attempts smallint NOT NULL DEFAULT 0,
    ADD COLUMN m2_owner    uuid,
    ADD COLUMN m2_until    timestamptz,
    ADD COLUMN m2_note     text;
CREATE INDEX rounds_dead ON rounds (user_id, created_at)
    WHERE m1_state IN ('failed', 'timed_out') OR m2_state IN ('failed', 'timed_out');

-- Two workers may hold new facts of one user. The number says whether a decision about them is still about the facts
-- that are there, and its row lock lets one of them go first.
ALTER TABLE users ADD COLUMN facts_revision bigint NOT NULL DEFAULT 0;

CREATE TABLE m1_episodes (
    user_id         uuid NOT NULL,
    episode_id      uuid NOT NULL,
    session_id      uuid NOT NULL,
    round_id        uuid NOT NULL,
    message_ids     uuid[] NOT NULL CHECK (cardinality(message_ids) > 0),
    title           text NOT NULL CHECK (title <> ''),
    summary         text NOT NULL CHECK (summary <> ''),
    method          text NOT NULL CHECK (method IN ('extractive', 'language_model')),
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz NOT NULL,
    embedding       real[] NOT NULL,
    embedding_model text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, episode_id),
    UNIQUE (user_id, round_id),
    FOREIGN KEY (user_id, round_id) REFERENCES rounds ON DELETE CASCADE
);
CREATE INDEX m1_episodes_by_session ON m1_episodes (user_id, session_id, started_at);

-- A fact belongs to the round of its first message, whose words it holds; the other messages say the same.
-- Superseded facts stay: valid_to and superseded_by tell when and by what. No reference to the newer fact: when that is
-- erased, the older one becomes current again instead of going too.
ALTER TABLE m2_semantic
    ADD COLUMN observed_at   timestamptz,
    ADD COLUMN valid_from    timestamptz,
    ADD COLUMN valid_to      timestamptz,
    ADD COLUMN superseded_by uuid,
    ADD COLUMN subject       text,
    ADD COLUMN attribute     text,
    ADD COLUMN value         text,
    ADD COLUMN negated       boolean NOT NULL DEFAULT false,
    ADD COLUMN happened_at   timestamptz,
    ADD CONSTRAINT m2_semantic_superseded CHECK ((valid_to IS NULL) = (superseded_by IS NULL));
UPDATE m2_semantic SET observed_at = created_at, valid_from = created_at;
ALTER TABLE m2_semantic
    ALTER COLUMN observed_at SET NOT NULL,
    ALTER COLUMN valid_from SET NOT NULL;
CREATE INDEX m2_semantic_current ON m2_semantic (user_id, observed_at) WHERE superseded_by IS NULL;
CREATE INDEX m2_semantic_superseded_by ON m2_semantic (user_id, superseded_by) WHERE superseded_by IS NOT NULL;
COMMENT ON COLUMN m2_semantic.observed_at IS 'when it was said';
COMMENT ON COLUMN m2_semantic.happened_at IS 'the time its words name, resolved against observed_at; null when they name none';
COMMENT ON COLUMN m2_semantic.valid_from IS 'since when it holds: happened_at when it lies before observed_at, else observed_at';
