package dev.memfuse.config.section;

/// When the vectors of buffered messages are made.
public enum EmbedAt {
    /// When the RoundBuffer hands its rounds on, in the time of the writer that triggers it: the original's way.
    TRANSFER,
    /// After the messages are stored, behind every acknowledgement, if M1 is on.
    EXTRACTION
}
