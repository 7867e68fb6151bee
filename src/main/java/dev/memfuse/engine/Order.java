package dev.memfuse.engine;

/// Order of a list of messages.
public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST,
    /// By the text of the ids, ascending.
    ID_ASCENDING,
    /// By the text of the ids, descending.
    ID_DESCENDING;

    /// Returns whether messages are ordered by their ids.
    public boolean isById() {
        return this == ID_ASCENDING || this == ID_DESCENDING;
    }

    /// Returns whether the order ascends: by place or by id.
    public boolean isAscending() {
        return this == OLDEST_FIRST || this == ID_ASCENDING;
    }
}
