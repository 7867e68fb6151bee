-- Only where retrieval.backend is postgres (ADR 0012). Generated, so that a row and its words are stored by one statement.
-- A tsvector holds at most 1 MB: what comes after the first characters is not found by its words.

ALTER TABLE messages ADD COLUMN words tsvector
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.english', left(content, 200000))) STORED;
ALTER TABLE m1_episodic ADD COLUMN words tsvector
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.english', left(content, 200000))) STORED;
ALTER TABLE m2_semantic ADD COLUMN words tsvector
    GENERATED ALWAYS AS (to_tsvector('pg_catalog.english', left(fact_content, 200000))) STORED;
