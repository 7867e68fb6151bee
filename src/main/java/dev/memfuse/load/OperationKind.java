package dev.memfuse.load;

import java.util.Locale;

/// The operations of a load.
public enum OperationKind {
    /// One batch of the user's conversation.
    ADD,
    /// A query about the user's conversation.
    QUERY,
    /// The newest messages of the user's session.
    LIST;

    /// Returns the name in results: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
