package dev.memfuse.config.section;

/// When buffered messages are embedded.
public enum EmbedAt {
    /// When rounds leave the round buffer, on the thread of the writer, as MemFuse does.
    TRANSFER,
    /// In the background, after the messages are stored, if M1 is on.
    EXTRACTION
}
