package dev.memfuse.engine;

import java.util.Locale;

/// Where a remembered thing lives.
public enum MemoryLayer {
    /// Raw: the messages as they were said. Always on.
    M0,
    /// Episodic: chunks of messages.
    M1,
    /// Semantic: facts.
    M2;

    /// The name in results and on the command line: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
