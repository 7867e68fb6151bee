package dev.memfuse.metrics;

import java.util.Locale;

/// The operations of the engine that are timed, each with its own histogram.
public enum Operation {
    /// Adding a batch of messages, until the acknowledgement.
    ADD,
    /// A query, until the ranked list is complete.
    QUERY,
    /// Listing the messages of a session.
    LIST,
    /// Reading messages by their ids.
    READ,
    /// Deleting messages, a session or a user.
    DELETE,
    /// Writing buffered rounds to the memory service, after the acknowledgement.
    FLUSH,
    /// Building M1 or M2 for one round, after the acknowledgement.
    EXTRACT;

    /// Returns the name in results and on screen: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
