package dev.memfuse.config.section;

/// How messages become chunks for embedding. No chunk is longer than the encoder's window.
public enum ChunkStrategy {
    /// One chunk for each message; a message longer than the window becomes several.
    MESSAGE,
    /// Consecutive messages of one round in one chunk, until the window is full.
    TOKEN_BASED
}
