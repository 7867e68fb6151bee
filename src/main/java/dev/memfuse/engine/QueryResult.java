package dev.memfuse.engine;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// A ranked answer.
///
/// @param hits best first, at most as many as asked for
/// @param searched how many messages, chunks and facts were ranked: those that pass the filter
/// @param cached whether the answer was remembered from an equal query with no write of the user in between
/// @param degraded whether the database could not be asked, so that hits may be missing
public record QueryResult(List<Hit> hits, int searched, boolean cached, boolean degraded) {

    /// The same answer, remembered.
    public QueryResult asCached() {
        return new QueryResult(hits, searched, true, degraded);
    }

    /// The same hits, of which some may be missing.
    public QueryResult asDegraded() {
        return new QueryResult(hits, searched, cached, true);
    }

    /// Something remembered that fits.
    ///
    /// @param id of the message (M0), chunk (M1) or fact (M2)
    /// @param content its text
    /// @param message the message it comes from, the first of several, with its original id
    /// @param sources ids of all messages it comes from, at least one
    /// @param score 0..1, comparable within one result
    /// @param shares what each signal adds to the score, in sum the score; empty unless asked for
    public record Hit(MemoryLayer layer, UUID id, String content, Message message, List<UUID> sources, double score,
            List<Share> shares) {}

    /// What one signal adds to a score.
    ///
    /// @param raw the signal as it was measured: BM25, cosine similarity, or the fused score of another turn
    /// @param normalised the same, 0..1 over what was ranked
    /// @param weight what the normalised value is multiplied with
    /// @param points what it adds to the score: `normalised * weight`
    public record Share(Signal signal, double raw, double normalised, double weight, double points) {}

    /// What a score is made of.
    public enum Signal {
        /// Words: BM25.
        BM25,
        /// Meaning: cosine similarity.
        DENSE,
        /// The turn before it in its session.
        PREVIOUS,
        /// The turn after it in its session.
        NEXT,
        /// The best turn of its session.
        SESSION,
        /// The second look at the best.
        RERANK;

        /// The name in results: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
