-- The vector of each message that no chunk of M1 covers, made in the background (ADR 0031). A message without a row, or
-- with one of another model, is still to be embedded: the rows are their own work list. The key holds the model, so that
-- the start counts what is missing without reading vectors.
CREATE TABLE message_vectors (
    user_id         uuid NOT NULL,
    message_id      uuid NOT NULL,
    embedding       real[] NOT NULL,
    embedding_model text NOT NULL,
    PRIMARY KEY (user_id, message_id) INCLUDE (embedding_model),
    FOREIGN KEY (user_id, message_id) REFERENCES messages ON DELETE CASCADE
);
