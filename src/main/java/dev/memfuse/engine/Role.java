package dev.memfuse.engine;

import java.util.Locale;

/// Author of a message.
public enum Role {
    USER,
    ASSISTANT,
    SYSTEM;

    /// Returns the name in the database and in results: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the role of a label.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
