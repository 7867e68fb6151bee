package dev.memfuse.engine;

/// Order of a list of messages.
public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
}
