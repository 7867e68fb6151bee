package dev.memfuse.engine;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Result of a query.
///
/// @param hits best first, at most the requested number
/// @param searched number of messages, chunks and facts that were ranked: those that match the filter
/// @param byWordsAlone number of those that were ranked by words alone, since they have no vector yet; with
///        `retrieval.backend: postgres` also those whose vector is far from the question
/// @param leftOut number of hits among the best that the token budget had no room for
/// @param cached whether the result comes from the cache
/// @param degraded whether the database was unreachable, so that hits may be missing
public record QueryResult(List<Hit> hits, int searched, int byWordsAlone, int leftOut, boolean cached,
        boolean degraded) {
    /// The result when neither index nor database can be read.
    public static final QueryResult UNAVAILABLE = new QueryResult(List.of(), 0, 0, 0, false, true);

    /// Returns the result marked as cached.
    public QueryResult asCached() {
        return new QueryResult(hits, searched, byWordsAlone, leftOut, true, degraded);
    }

    /// Returns the result marked as degraded.
    public QueryResult asDegraded() {
        return new QueryResult(hits, searched, byWordsAlone, leftOut, cached, true);
    }

    /// A message, chunk or fact that matches.
    ///
    /// @param id of the message (M0), chunk (M1) or fact (M2)
    /// @param content its text
    /// @param message its first source message, with its original id; for a fact by hand a message of the system with
    ///        the id and the text of the fact, without a session ([Fact#NO_ID])
    /// @param sources ids of all source messages, at least one; a fact by hand is its own source
    /// @param conflictsWith ids of the current facts that contradict this fact, when nothing says which of them holds
    /// @param score 0..1, comparable within one result
    /// @param shares contribution of each signal, with the score as their sum; empty unless the request explains
    public record Hit(MemoryLayer layer, UUID id, String content, Message message, List<UUID> sources,
            List<UUID> conflictsWith, double score, List<Share> shares) {}

    /// Contribution of one signal to a score.
    ///
    /// @param raw value of the signal: BM25, cosine similarity, the fused score of another entry, or a value 0..1
    /// @param normalised value normalised to 0..1 over the ranked entries
    /// @param weight factor of the normalised value
    /// @param points contribution to the score: `normalised * weight`
    public record Share(Signal signal, double raw, double normalised, double weight, double points) {}

    /// Components of a score.
    public enum Signal {
        /// Terms: BM25.
        BM25,
        /// Vectors: cosine similarity.
        DENSE,
        /// Score of the previous entry of the session.
        PREVIOUS,
        /// Score of the next entry of the session.
        NEXT,
        /// Score of the best entry of the session.
        SESSION,
        /// Length of its text.
        LENGTH,
        /// Its text does not end with a question.
        STATEMENT,
        /// The question names its speaker.
        SPEAKER,
        /// Nearness to a time that the question names.
        TIME,
        /// The question asks for a time, and its text states one.
        STATED_TIME,
        /// Score of the reranker.
        RERANK;

        /// Returns the name in results: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
