package dev.memfuse.metrics;

import java.util.Locale;

/// The operations of the engine that are timed, each with its own histogram. One that the engine refuses, for instance
/// while the database is away, counts as an error of it; one with an invalid value, or with a name that exists, does
/// not. Calls that have no constant here count neither as calls nor as errors.
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
    /// Creating a user, an agent or a session.
    CREATE,
    /// Building the service of a user at the first access, inside one of the operations above.
    FIRST_ACCESS,
    /// Writing buffered rounds to the memory service, after the acknowledgement.
    FLUSH,
    /// Building M1 or M2 for one round, after the acknowledgement.
    EXTRACT;

    /// Returns whether callers wait for it, and it is no part of another operation.
    public boolean isOfCaller() {
        return this != FIRST_ACCESS && this != FLUSH && this != EXTRACT;
    }

    /// Returns the name in results and on screen: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
