package dev.memfuse.engine;

import java.util.Locale;

/// A layer of memory; the layers that extraction builds are [DerivedLayer]s.
public enum MemoryLayer {
    /// Raw: the messages. Always on.
    M0,
    /// Episodic: chunks of messages and episodes.
    M1,
    /// Semantic: facts.
    M2;

    /// Returns the name in results and on the command line: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
