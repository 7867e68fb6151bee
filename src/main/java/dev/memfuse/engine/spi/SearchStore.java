package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;

/// The port to ranking inside the database (`retrieval.backend: postgres`), for several processes on one store.
/// Thread-safe; every method blocks; every statement names the user; exact within the user: what other users store
/// never costs recall.
public interface SearchStore {

    /// Why this database cannot rank, as a sentence that says what to do; empty when it can.
    Optional<String> problem();

    /// The nearest by meaning, best first.
    ///
    /// @param model name and version of the embedding model; vectors of other models are not compared
    /// @param query normalised vector
    /// @param limit at most so many of each layer of the filter
    /// @return scores are cosine similarities
    List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit);

    /// The best by words, best first.
    ///
    /// @param limit at most so many of each layer of the filter
    /// @return scores are positive and comparable within one answer
    List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit);

    /// A database that cannot rank.
    ///
    /// @param problem why, as a sentence that says what to do
    static SearchStore unavailable(String problem) {
        return new SearchStore() {
            @Override
            public Optional<String> problem() {
                return Optional.of(problem);
            }

            @Override
            public List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit) {
                throw new EngineException(problem);
            }

            @Override
            public List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit) {
                throw new EngineException(problem);
            }
        };
    }

    /// Something that fits.
    ///
    /// @param id of the message (M0), chunk (M1) or fact (M2)
    /// @param messageIds the messages it comes from; for a message itself
    /// @param session where its first message was said
    /// @param sequence place of its first message in the session
    /// @param content its text
    record Candidate(MemoryLayer layer, UUID id, List<UUID> messageIds, SessionKey session, long sequence,
            String content, double score) {}
}
