package dev.memfuse.engine;

import java.util.Locale;

/// Author of a message.
public enum Role {
    USER,
    ASSISTANT,
    /// Instructions of the application.
    SYSTEM,
    /// Result of a tool that the assistant called.
    TOOL,
    /// Instructions of the application, by the name that newer chat models use.
    DEVELOPER;

    /// Returns whether the author takes part in the conversation: facts and summaries are made of what users and
    /// assistants say, not of instructions and results of tools.
    public boolean conversational() {
        return this == USER || this == ASSISTANT;
    }

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
