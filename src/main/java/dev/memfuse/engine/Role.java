package dev.memfuse.engine;

import java.util.Locale;

/// Who speaks in a message.
public enum Role {
    USER,
    ASSISTANT,
    SYSTEM;

    /// The name in the database and in results: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role of a label.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
