package dev.memfuse.engine;

/// The order of a listing.
public enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST
}
