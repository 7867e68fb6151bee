package dev.memfuse.engine;

import java.util.List;

/// A ranked answer.
///
/// @param hits best first, at most as many as asked for
/// @param searched messages that were ranked
/// @param cached whether the answer was remembered from an equal query with no write of the user in between
public record QueryResult(List<Hit> hits, int searched, boolean cached) {

    /// One remembered message.
    ///
    /// @param message the original message, with its original id
    /// @param score fused score, 0..1, comparable within one result
    /// @param dense share of meaning: normalised cosine similarity
    /// @param lexical share of words: normalised BM25
    public record Hit(Message message, double score, double dense, double lexical) {}
}
