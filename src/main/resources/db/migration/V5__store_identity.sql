-- Who this database is, whatever address leads to it: journals and indexes on a client's disk belong to one database.
CREATE TABLE store_identity (
    id uuid PRIMARY KEY
);
INSERT INTO store_identity VALUES (gen_random_uuid());
