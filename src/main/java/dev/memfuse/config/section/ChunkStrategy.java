package dev.memfuse.config.section;

/// How messages become the chunks that are embedded. No chunk is longer than the encoder's window.
public enum ChunkStrategy {
    /// One chunk for each message; a message longer than the window becomes several.
    MESSAGE,
    /// Messages of one round together until the window is full.
    TOKEN_BASED
}
