-- Facts that contradict a fact while nothing says which of the two holds. Both name each other; null for none.
ALTER TABLE m2_semantic
    ADD COLUMN conflicts_with uuid[] CHECK (cardinality(conflicts_with) > 0);
COMMENT ON COLUMN m2_semantic.conflicts_with IS 'facts that contradict it, when nothing says which of the two holds';
