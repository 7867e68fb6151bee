-- The rounds that became dead letters. A row outlives its user: a letter whose round is here and whose session is not
-- was deleted. A letter without a row is not of this state of the database, for instance a backup, and is kept.
CREATE TABLE refused_rounds (
    user_id  uuid NOT NULL,
    round_id uuid NOT NULL,
    PRIMARY KEY (user_id, round_id)
);
