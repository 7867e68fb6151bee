package dev.memfuse.config.section;

/// What is embedded together with a message. The stored text stays the message's own.
public enum EmbeddingContext {
    /// Nothing: the message alone.
    NONE,
    /// The last sentence of the message before it in the session: an answer is found by the question it answers.
    PREVIOUS
}
